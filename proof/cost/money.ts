// Rounding of dollars, the same everywhere.

/** To a ten-thousandth of a cent, so that sums of what is printed are what is printed. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** To the cent, halves up: 0.285 is 0.29 although the machine's 0.285 is a little less. */
export const cents = (value: number): number => Math.round(Number((value * 100).toPrecision(12))) / 100;
