// Figures as pages write them, the same for every reader: no locale of the machine has a say.

export const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** At most so many decimals, none that say nothing. */
export const figure = (value: number, decimals = 2): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: decimals });
