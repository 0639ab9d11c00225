// The keys of the front matter's `hashira:` block (INP-1): the field of `Inputs` that each gives, how it is written, and what AWS and
// the builder can use beyond what the schema says.
import { isRegion } from '../../aws/regions.ts';
import { inputsSchema } from '../schema.ts';

export interface InputKey {
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

export const inputKeys: Readonly<Record<string, InputKey>> = {
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
  budget: {
    field: 'budget',
    expected: '`production: 1500`, `staging: 800`, `development: 400` (USD)',
    fits: (text) => /^\d{1,9}(?:\.\d{1,2})?$/.test(text),
    parts: { production: 'production', staging: 'staging', development: 'development' },
  },
  working_hours: {
    field: 'workingHours',
    expected: '`start: 09:00`, `stop: 19:00`, `time_zone: Asia/Tokyo`',
    parts: { start: 'start', stop: 'stop', time_zone: 'timeZone' },
  },
  public_holidays: { field: 'publicHolidays', expected: '`- YYYY-MM-DD`', fits: isRealDate },
  region: { field: 'region', expected: '`ap-northeast-1`', fits: isRegion },
};

/** Whether the parts of a value go together, beyond what each must be by itself. */
export function fitsTogether({ field }: InputKey, value: unknown): boolean {
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
    minutesOf(hours.stop) - minutesOf(hours.start) >= 60 &&
    isTimeZone(hours.timeZone)
  );
}

/** Minutes from midnight of `HH:MM`. */
function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** A zone by its name in the IANA database, as EventBridge Scheduler takes it; Intl alone would take `+09:00` and `asia/tokyo` too. */
function isTimeZone(name: string): boolean {
  if (!/^(?:UTC|[A-Z]\w+\/[\w/+-]+)$/.test(name)) return false;
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
