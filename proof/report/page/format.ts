// Figures and names as the page writes them, the same for every reader: no locale of the machine has a say.
import { figure } from '../../../ui/format.ts';
import type { Texts } from './texts.ts';

export const usd = (value: number, decimals = 2): string =>
  `${value < 0 ? '−' : ''}$${Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;

export const signedUsd = (value: number): string => (value > 0 ? `+${usd(value)}` : usd(value));

/** `-3.2 %`, with a sign. */
export const signedPercent = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : '±'}${figure(Math.abs(share) * 100, 1)} %`;

/** Milliseconds as a person says them. */
export function duration(ms: number, units: Texts['units']): string {
  if (ms < 1_000) return `${figure(ms, 0)} ms`;
  if (ms < 60_000) return `${figure(ms / 1_000, 1)} ${units.seconds}`;
  if (ms < 3_600_000) return `${figure(ms / 60_000, 1)} ${units.minutes}`;
  return `${figure(ms / 3_600_000, 1)} ${units.hours}`;
}

/** A construct path without what CDK puts at its end, in parts that may be broken after each. */
export const pathParts = (path: string): readonly string[] =>
  path.replace(/\/(Resource|Default)$/, '').split(/(?<=\/)/);
