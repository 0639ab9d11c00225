// What the backups of database, objects and cache are said in alike: on or off, a daily window, another region for each environment.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { switches, windowPattern } from '../parts/backup.ts';
import { chosen } from '../parts/term.ts';
import type { Design, PerForm } from '../schema.ts';
import { readEach } from './blocks.ts';
import { readRegion } from './region-name.ts';
import { tidyTime } from './values.ts';

type Window = Design['backup']['aurora']['window'];

/** Reads `有効` or `無効` and states `path`; an absent row is undefined. */
export function readSwitch(node: OutlineNode | undefined, path: string, ledger: LineLedger): boolean | undefined {
  const isOn = chosen(node?.value ?? '', switches);
  if (node !== undefined && isOn !== undefined) ledger.state(node.line, 'input', path);
  return isOn;
}

/** `03:00-04:00 UTC (JST 12:00-13:00)`: states `path`, and `path.local` as a claim. A window shorter than `minimum` minutes is refused. */
export function readWindow(
  node: OutlineNode | undefined,
  path: string,
  minimum: number,
  ledger: LineLedger,
): Window | undefined {
  const match = windowPattern.exec(node?.value ?? '')?.groups;
  if (node === undefined || match === undefined) return undefined;
  const [start = '', end = '', local] = [match.start, match.end, match.local].map((part) => part && tidyTime(part));
  ledger.state(node.line, 'input', path);
  if (local !== undefined) ledger.state(node.line, 'claim', `${path}.local`);
  const length = (minuteOf(end) - minuteOf(start) + minutesOfDay) % minutesOfDay;
  if (length < minimum) ledger.refuse(node.line, 'window-short', { found: length, minimum });
  return { start, end, ...(local === undefined ? {} : { local: readLocal(local) }) };
}

function readLocal(text: string): NonNullable<Window['local']> {
  const range = /\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}/.exec(text)?.[0].replaceAll(' ', '');
  return { text, ...(range === undefined ? {} : { range }) };
}

const minutesOfDay = 24 * 60;

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** `有効(us-west-2)` or `無効` for each environment; an absent row is `無効` everywhere. */
export function readCopies(
  node: OutlineNode | undefined,
  path: string,
  ledger: LineLedger,
): PerForm<string | null> | undefined {
  if (node === undefined) return { production: null, staging: null, development: null };
  if (node.value === '') ledger.mark(node.line, 'heading');
  return readEach(node, ledger, (child, where) => {
    const region = chosen(child.value, switches) === false ? null : readEnabled(child, ledger);
    if (region === undefined) return undefined;
    for (const environment of where) ledger.state(child.line, 'input', `${path}.${environment}`, environment);
    return region;
  });
}

function readEnabled({ value, line }: OutlineNode, ledger: LineLedger): string | undefined {
  const match = /^(?<word>[^(]+?)\s*\((?<region>.+)\)$/.exec(value)?.groups;
  const region = match?.region;
  return region === undefined || chosen(match?.word ?? '', switches) !== true
    ? undefined
    : readRegion(region.trim(), line, ledger);
}
