// Money and quantities as they are printed; the same everywhere, whatever the machine's locale.

/** `$1,451.70`; a saving has its sign before the dollar. */
export function usd(value: number): string {
  const amount = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${value < 0 && amount !== '0.00' ? '-' : ''}$${amount}`;
}

/** With its sign, as differences are. */
export const signed = (value: number): string => (value > 0 ? `+${usd(value)}` : usd(value));

export const quantity = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** All digits that a price is quoted with. */
export const unitPrice = (value: number): string => `$${value.toLocaleString('en-US', { maximumFractionDigits: 12 })}`;

/** `25.8 %` */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
