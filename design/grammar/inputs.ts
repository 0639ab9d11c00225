// INP-1: the `hashira:` block of the front matter, key by key.
import { isMap, isScalar, type Node } from 'yaml';
import { z } from 'zod';
import { isRegion } from '../catalogue/regions.ts';
import type { Ledger } from '../lines.ts';
import { inputsSchema } from '../schema.ts';
import { nearest } from './nearest.ts';
import { type Entry, listOf, textOf, type YamlBlock } from './yaml-block.ts';

/** `standbyCidr` has no default here: it lies beside the VPC's, which the document says further down. */
const givenInputs = inputsSchema.partial({ standbyCidr: true });
type GivenInputs = z.infer<typeof givenInputs>;

export interface InputsReading {
  readonly inputs: GivenInputs | undefined;
  /** For a document without a DR section, which names the region otherwise. */
  readonly region: { readonly code: string; readonly line: number } | undefined;
}

interface Key {
  /** The field of `Inputs`; `region` is the design's own. */
  readonly field: keyof typeof inputsSchema.shape | 'region';
  /** How to write it, in both languages. */
  readonly expected: string;
  /** What the schema does not say: whether AWS or the builder can use the text. */
  readonly fits?: (text: string) => boolean;
  /** Keys of a mapping; the schema has them in camel case. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** A value that AWS takes for a tag. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const isTagValue = (text: string): boolean => /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u.test(text);
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const certificateName = /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const keys: Readonly<Record<string, Key>> = {
  project: { field: 'project', expected: '`web-platform`', fits: isTagValue },
  owner: { field: 'owner', expected: '`platform-team`', fits: isTagValue },
  alert_email: { field: 'alertEmail', expected: '`alerts@example.com`' },
  domain: {
    field: 'domain',
    expected: '`example.com` | `none`',
    fits: (text) => text === 'none' || hostName.test(text),
  },
  hosted_zone_id: {
    field: 'hostedZoneId',
    expected: '`Z0123456789ABC`',
    fits: (text) => /^Z[A-Z0-9]{1,31}$/.test(text),
  },
  certificates: {
    field: 'certificates',
    expected: '`edge: arn:aws:acm:us-east-1:<account>:certificate/<id>`, `origin: arn:aws:acm:<region>:…`',
    fits: (text) => certificateName.test(text),
    parts: { edge: 'edge', origin: 'origin' },
  },
  accounts: { field: 'accounts', expected: '`each` | `one`' },
  failover: { field: 'failover', expected: '`manual` | `automatic`' },
  interface_endpoints: { field: 'interfaceEndpoints', expected: '`true` | `false`' },
  architecture: { field: 'architecture', expected: '`x86_64` | `arm64`' },
  cache_engine: { field: 'cacheEngine', expected: '`redis` | `valkey`' },
  max_tasks: { field: 'maxTasks', expected: '`10` (1–5000)', fits: (text) => Number(text) <= 5000 },
  standby_cidr: { field: 'standbyCidr', expected: '`10.1.0.0/16`' },
  jwt_issuer: {
    field: 'jwtIssuer',
    expected: '`https://issuer.example.com`',
    fits: (text) => text.startsWith('https://'),
  },
  working_hours: {
    field: 'workingHours',
    expected: '`start: 09:00`, `stop: 19:00`, `time_zone: Asia/Tokyo`',
    parts: { start: 'start', stop: 'stop', time_zone: 'timeZone' },
  },
  public_holidays: { field: 'publicHolidays', expected: '`- YYYY-MM-DD`', fits: isRealDate },
  region: { field: 'region', expected: '`ap-northeast-1`', fits: isRegion },
};

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
  ledger: Ledger,
): InputsReading {
  const entries = blockOf(yaml, hashira, ledger);
  const values: Record<string, unknown> = { project: feature, ...defaults };
  let region: InputsReading['region'];
  for (const [name, entry] of entries) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (key === undefined) {
      ledger.refuse(entry.line, 'front-matter-key', { found: name, nearest: nearest(name, Object.keys(keys)) });
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
    const field = keys[name]?.field;
    if (field !== undefined && values[field] === undefined) values[field] = standIn;
  }
  return { inputs: givenInputs.safeParse(values).data, region };
}

/** A demanded key that is not there or has no value; a placeholder in its place is a problem of its own. */
const isLeftOut = (entry: Entry | undefined, ledger: Ledger): boolean =>
  entry === undefined || (textOf(entry.value) === '' && !ledger.isMarked(entry.line));

function blockOf(yaml: YamlBlock, hashira: Entry | undefined, ledger: Ledger): ReadonlyMap<string, Entry> {
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
function readValue(name: string, key: Key, entry: Entry, yaml: YamlBlock, ledger: Ledger): unknown {
  if (textOf(entry.value) === '' && ledger.isMarked(entry.line)) return undefined;
  const path = key.field === 'region' ? 'region' : `inputs.${key.field}`;
  const places = new Map<number, string>();
  const candidates = valuesOf(key, entry.value, yaml, path, places, ledger);
  const fits = key.fits ?? (() => true);
  const schema = key.field === 'region' ? z.string() : inputsSchema.shape[key.field];
  const accepted = candidates
    .filter((value) => textsOf(value).every(fits) && isConsistent(key, value))
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
    if (!ledger.isMarked(line)) ledger.state(line, 'input', place);
  }
  return accepted.data;
}

/** What a node can mean: a scalar its value or its text (`owner: 007` is text), a list its members, a mapping its parts. */
function valuesOf(
  key: Key,
  node: Node | null,
  yaml: YamlBlock,
  path: string,
  places: Map<number, string>,
  ledger: Ledger,
): unknown[] {
  if (key.parts !== undefined) {
    if (!isMap(node)) return [];
    const parts: Record<string, string> = {};
    for (const [name, { line, value }] of yaml.entriesOf(node)) {
      const field = Object.hasOwn(key.parts, name) ? key.parts[name] : undefined;
      const text = textOf(value);
      if (field === undefined) {
        ledger.refuse(line, 'front-matter-key', { found: name, nearest: nearest(name, Object.keys(key.parts)) });
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

function isConsistent({ field }: Key, value: unknown): boolean {
  if (field === 'certificates') {
    // CloudFront takes its certificate from us-east-1 alone.
    const edge = inputsSchema.shape.certificates.safeParse(value).data?.edge;
    return edge === undefined || edge.startsWith('arn:aws:acm:us-east-1:');
  }
  if (field !== 'workingHours') return true;
  const hours = inputsSchema.shape.workingHours.safeParse(value).data;
  return (
    hours !== undefined &&
    timeOfDay.test(hours.start) &&
    timeOfDay.test(hours.stop) &&
    hours.start < hours.stop &&
    isTimeZone(hours.timeZone)
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // The only way to ask: Intl throws at a zone that it does not know.
    return false;
  }
}

/** Whether a text is a day of the calendar, `2026-02-28`. */
export function isRealDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A value as a message quotes it; a list or mapping is too long to. */
export const quoteValue = (text: string | undefined): string => (text === undefined ? '`[…]`' : `\`${text}\``);
