// INP-1: the `hashira:` block of the front matter, key by key.
import { isMap, isScalar, type Node } from 'yaml';
import { z } from 'zod';
import type { LineLedger } from '../lines.ts';
import { type FormEnvironment, formEnvironments, inputsSchema } from '../schema.ts';
import { fitsTogether, type InputKey, inputKeys } from './input-keys.ts';
import { offered } from './nearest.ts';
import { type Entry, listOf, textOf, type YamlBlock } from './yaml-block.ts';

/** `standbyCidr` has no default here: it lies beside the VPC's, which the document says further down. */
const givenInputs = inputsSchema.partial({ standbyCidr: true });
type GivenInputs = z.infer<typeof givenInputs>;

export interface InputsReading {
  readonly inputs: GivenInputs | undefined;
  /** For a document without a DR section, which names the region otherwise. */
  readonly region: { readonly code: string; readonly line: number } | undefined;
}

/** What holds where the document is silent; x86_64, since the form's Fargate prices are x86's. */
const defaults = {
  accounts: 'each',
  failover: 'manual',
  interfaceEndpoints: false,
  architecture: 'x86_64',
  cacheEngine: 'redis',
  maxTasks: 10,
  workingHours: { start: '09:00', stop: '19:00', timeZone: 'Asia/Tokyo' },
  publicHolidays: [],
} as const;

/** What only the author can know, with what stands in for it in lenient mode. */
const demanded = { owner: 'platform', alert_email: 'alerts@example.com', domain: 'example.com' } as const;

/**
 * Reads the block; `hashira` is its entry in the front matter, if any, and `line` where to name what is missing. The project is
 * the feature unless the block says otherwise.
 */
export function readInputs(
  yaml: YamlBlock,
  hashira: Entry | undefined,
  line: number,
  feature: string,
  ledger: LineLedger,
): InputsReading {
  const entries = blockOf(yaml, hashira, ledger);
  const values: Record<string, unknown> = { project: feature, ...defaults };
  let region: InputsReading['region'];
  for (const [name, entry] of entries) {
    const key = Object.hasOwn(inputKeys, name) ? inputKeys[name] : undefined;
    if (key === undefined) {
      ledger.refuse(entry.line, 'front-matter-key', { found: name, nearest: offered(name, Object.keys(inputKeys)) });
      continue;
    }
    if (Object.hasOwn(demanded, name) && isLeftOut(entry, ledger)) continue;
    const value = readValue(name, key, entry, yaml, ledger);
    if (value === undefined) continue;
    if (key.field === 'region') region = { code: String(value), line: entry.line };
    else values[key.field] = value;
  }
  const missing = Object.entries(demanded).filter(([name]) => isLeftOut(entries.get(name), ledger));
  if (missing.length > 0) {
    ledger.refuse(hashira?.line ?? line, 'missing-input', {
      inputs: missing.map(([name]) => name),
      standIns: missing.map(([, standIn]) => standIn),
    });
  }
  for (const [name, standIn] of Object.entries(demanded)) {
    const field = inputKeys[name]?.field;
    if (field !== undefined && values[field] === undefined) values[field] = standIn;
  }
  return { inputs: givenInputs.safeParse(values).data, region };
}

/** A demanded key that is not there or has no value; a placeholder in its place is a problem of its own. */
const isLeftOut = (entry: Entry | undefined, ledger: LineLedger): boolean =>
  entry === undefined || (textOf(entry.value) === '' && !ledger.isMarked(entry.line));

function blockOf(yaml: YamlBlock, hashira: Entry | undefined, ledger: LineLedger): ReadonlyMap<string, Entry> {
  if (hashira === undefined) return new Map();
  ledger.mark(hashira.line, 'heading');
  if (isMap(hashira.value)) return yaml.entriesOf(hashira.value);
  const found = textOf(hashira.value);
  if (found !== '') {
    ledger.refuse(hashira.line, 'front-matter-value', {
      key: 'hashira',
      found: quoteValue(found),
      expected: '`key: value`',
    });
  }
  return new Map();
}

/** The value of a key; undefined when it is refused, or a placeholder stands there. */
function readValue(name: string, key: InputKey, entry: Entry, yaml: YamlBlock, ledger: LineLedger): unknown {
  if (textOf(entry.value) === '' && ledger.isMarked(entry.line)) return undefined;
  const path = key.field === 'region' ? 'region' : `inputs.${key.field}`;
  const places = new Map<number, string>();
  const candidates = valuesOf(key, entry.value, yaml, path, places, ledger);
  const fits = key.fits ?? (() => true);
  const schema = key.field === 'region' ? z.string() : inputsSchema.shape[key.field];
  const accepted = candidates
    .filter((value) => textsOf(value).every(fits) && fitsTogether(key, value))
    .map((value) => schema.safeParse(value))
    .find(({ success, data }) => success && data !== undefined);
  if (accepted === undefined) {
    ledger.refuse(entry.line, 'front-matter-value', {
      key: name,
      found: quoteValue(textOf(entry.value)),
      expected: key.expected,
    });
    return undefined;
  }
  if (places.size === 0) places.set(entry.line, path);
  for (const line of places.keys()) {
    if (line === entry.line) places.set(line, path);
    else ledger.mark(entry.line, 'heading');
  }
  for (const [line, place] of places) {
    // A value with a placeholder in it is not what the author says.
    if (!ledger.isMarked(line)) ledger.state(line, 'input', place, environmentOf(place));
  }
  return accepted.data;
}

/** `inputs.budget.staging` speaks of one environment, everything else of all. */
function environmentOf(place: string): FormEnvironment | undefined {
  return formEnvironments.find((environment) => place === `inputs.budget.${environment}`);
}

/** What a node can mean: a scalar its value or its text (`owner: 007` is text), a list its members, a mapping its parts. */
function valuesOf(
  key: InputKey,
  node: Node | null,
  yaml: YamlBlock,
  path: string,
  places: Map<number, string>,
  ledger: LineLedger,
): unknown[] {
  if (key.parts !== undefined) {
    if (!isMap(node)) return [];
    const parts: Record<string, string> = {};
    for (const [name, { line, value }] of yaml.entriesOf(node)) {
      const field = Object.hasOwn(key.parts, name) ? key.parts[name] : undefined;
      const text = textOf(value);
      if (field === undefined) {
        ledger.refuse(line, 'front-matter-key', { found: name, nearest: offered(name, Object.keys(key.parts)) });
        continue;
      }
      if (text === undefined) return [];
      parts[field] = text;
      places.set(line, `${path}.${field}`);
    }
    return [{ ...(key.field === 'workingHours' ? defaults.workingHours : {}), ...parts }];
  }
  if (key.field === 'publicHolidays') {
    const members = listOf(node);
    members?.forEach((member, index) => {
      places.set(yaml.lineOf(member.node), `${path}.${index}`);
    });
    return members === undefined ? [] : [members.map(({ text }) => text)];
  }
  return isScalar(node) && textOf(node) !== '' ? [node.value, textOf(node)] : [];
}

const textsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).map(String) : [String(value)];

/** A value as a message quotes it; a list or mapping is too long to. */
export const quoteValue = (text: string | undefined): string => (text === undefined ? '`[…]`' : `\`${text}\``);
