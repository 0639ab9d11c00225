// IPv4 address ranges in CIDR notation: as much arithmetic as the checks of a network need.

/** A range that may have bits set below its prefix: `10.0.0.5/24` is the one from 10.0.0.0 to 10.0.0.255, written badly. */
export interface Cidr {
  /** Lowest and highest address, as whole numbers. */
  readonly first: number;
  readonly last: number;
  /** 0 to 32. */
  readonly prefix: number;
  /** Written with its lowest address, as AWS wants it. */
  readonly canonical: string;
}

/** What a document writes for a range: whether AWS knows such a range is a question for `readCidr`. */
export const looksLikeCidr = (words: string): boolean => new RegExp(`^${shape}$`).test(words);

/** The first range that some words name, as written; a longer chain of digits and dots is none. */
export const cidrIn = (words: string): string | undefined =>
  new RegExp(`(?<![\\d.])${shape}(?![\\d.]*\\d)`).exec(words)?.[0];

const shape = String.raw`\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}`;

/** The range, or undefined when it is none: an octet above 255 or with a leading zero (octal to some), a prefix above 32. */
export function readCidr(words: string): Cidr | undefined {
  if (!looksLikeCidr(words) || /(^|[./])0\d/.test(words)) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = words.split(/[./]/).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1, prefix, canonical: `${dotted(first)}/${prefix}` };
}

/** An address as it is written: `10.0.0.0`. */
export const dotted = (address: number): string =>
  [2 ** 24, 2 ** 16, 2 ** 8, 1].map((place) => Math.floor(address / place) % 256).join('.');

export const overlaps = (one: Cidr, other: Cidr): boolean => one.first <= other.last && other.first <= one.last;

export const contains = (outer: Cidr, inner: Cidr): boolean => outer.first <= inner.first && inner.last <= outer.last;
