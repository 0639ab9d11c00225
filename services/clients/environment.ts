// What the tasks take from their environment: read once, at the start, and refused as a whole when something is missing. The
// infrastructure sets these names; README.md tells what each of them means.
import * as z from 'zod';
import type { Collector } from './start-tracing.ts';

const onOff = z.enum(['on', 'off']);
const port = z.coerce.number().int().min(0).max(65_535);

/** How to reach the database: for tasks, functions and migrations alike. */
export const databaseVariables = {
  /** The cluster's (writer's) endpoint. */
  DATABASE_HOST: z.string().min(1),
  DATABASE_PORT: port,
  DATABASE_NAME: z.string().min(1),
  /** The secret that holds `username` and `password`; asked again when the password is refused. */
  DATABASE_SECRET: z.string().min(1).optional(),
  /** User and password as ECS takes them from the secret; functions, which ECS does not serve, leave them out. */
  DATABASE_USERNAME: z.string().min(1).optional(),
  DATABASE_PASSWORD: z.string().min(1).optional(),
  /** `verify`: TLS, the server's certificate checked. `off`: for a database on this machine. */
  DATABASE_TLS: z.enum(['verify', 'off']).default('verify'),
  /** Certificates to trust, a PEM file; absent: those of Amazon RDS. */
  DATABASE_CA_FILE: z.string().min(1).optional(),
};

/** Who may call: for tasks and the function behind the load balancer. */
export const authenticationVariables = {
  /** `jwt`, or `off` for a run on this machine only. */
  AUTHENTICATION: z.enum(['jwt', 'off']).default('jwt'),
  JWT_ISSUER: z.url().optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  /** Where the issuer's keys are; absent: the issuer says so itself (OpenID Connect discovery). */
  JWKS_URL: z.url().optional(),
  /** Set by ECS and Lambda: there, nobody is let in without a token. */
  AWS_EXECUTION_ENV: z.string().optional(),
};

/** The data bucket and the one prefix of it that the roles reach. */
export const bucketVariables = {
  DATA_BUCKET: z.string().min(1),
  /** Ends with a slash. */
  DATA_PREFIX: z.string().regex(/^([\w.-]+\/)+$/, 'must be path segments that each end with a slash'),
};

/** Where traces go. */
export const collectorVariables = {
  /** The collector beside the task or function; absent: traces have ids, but nobody collects them. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_SERVICE_NAME: z.string().min(1).optional(),
  /** The part of all traces that is kept, 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.05),
};

const taskVariables = z.object({
  ...databaseVariables,
  ...authenticationVariables,
  ...bucketVariables,
  PORT: port,
  /** Where the API listens; everywhere in a container, which has an address to itself. */
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** The cache; absent where the platform has none. */
  CACHE_HOST: z.string().min(1).optional(),
  CACHE_PORT: port.optional(),
  CACHE_TOKEN: z.string().min(1).optional(),
  CACHE_TLS: onOff.default('on'),
  /** The DynamoDB table of first answers; absent where the platform has none. */
  ANSWERS_TABLE: z.string().min(1).optional(),
  /** Where accepted orders go: the queue `fulfilment`, or `work` on a platform without functions. */
  FULFILMENT_QUEUE: z.url(),
  WORK_QUEUE: z.url(),
  ORDER_EVENTS: z.string().startsWith('arn:'),
  /** Requests of one customer to one task in a minute. */
  RATE_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  /** Whose days the daily export counts. */
  TIME_ZONE: z.string().refine(isTimeZone, 'is no time zone, e.g. Asia/Tokyo').default('Asia/Tokyo'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ...collectorVariables,
});

export type TaskEnvironment = z.infer<typeof taskVariables>;

/** The environment of the API's tasks. */
export function readTaskEnvironment(variables: NodeJS.ProcessEnv): TaskEnvironment {
  return readEnvironment(taskVariables, variables, checkLogin, checkAuthentication, ({ CACHE_HOST, CACHE_PORT }) =>
    CACHE_HOST !== undefined && CACHE_PORT === undefined ? { CACHE_PORT: 'is missing beside CACHE_HOST' } : {},
  );
}

/** What `read` gives; where it refuses, one line in the log and the end of the process, since nobody can go on. */
export function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    console.error(
      JSON.stringify({ level: 60, time: Date.now(), msg: error instanceof Error ? error.message : 'unknown' }),
    );
    return process.exit(1);
  }
}

/** What is wrong with variables that depend on each other: a sentence for each name. */
type Check = (variables: NodeJS.ProcessEnv) => Readonly<Record<string, string | undefined>>;

/**
 * Reads variables by a schema and further checks; an error names every variable that is missing or wrong, and no value, which may be a
 * secret.
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  variables: NodeJS.ProcessEnv,
  ...checks: readonly Check[]
): z.infer<Schema> {
  // An empty variable is how many tools say "not set".
  const present: NodeJS.ProcessEnv = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = schema.safeParse(present);
  const wrong = Object.fromEntries((read.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
  for (const name of Object.keys(wrong)) if (present[name] === undefined) wrong[name] = 'is missing';
  for (const check of checks) Object.assign(wrong, check(present));
  if (read.success && Object.keys(wrong).length === 0) return read.data;
  const lines = Object.entries(wrong).map(([name, what]) => `  ${name}: ${what}`);
  throw new Error(`The environment is not complete; services/README.md describes each variable.\n${lines.join('\n')}`);
}

/** The collector that the environment names; `service` is the name where it gives none. */
export function collectorOf(variables: z.output<z.ZodObject<typeof collectorVariables>>, service: string): Collector {
  return {
    endpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, ''),
    service: variables.OTEL_SERVICE_NAME ?? service,
    ratio: variables.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** The secret, or user and password. */
export const checkLogin: Check = ({ DATABASE_SECRET, DATABASE_USERNAME, DATABASE_PASSWORD }) =>
  DATABASE_SECRET === undefined && (DATABASE_USERNAME === undefined || DATABASE_PASSWORD === undefined)
    ? { DATABASE_SECRET: 'is missing, and so is DATABASE_USERNAME or DATABASE_PASSWORD' }
    : {};

export const checkAuthentication: Check = ({ AUTHENTICATION, AWS_EXECUTION_ENV, JWT_ISSUER, JWT_AUDIENCE }) => {
  if (AUTHENTICATION === 'off')
    return AWS_EXECUTION_ENV === undefined
      ? {}
      : { AUTHENTICATION: 'is "off", which is for local runs only: on AWS every caller needs a token' };
  return {
    ...(JWT_ISSUER === undefined ? { JWT_ISSUER: 'is missing' } : {}),
    ...(JWT_AUDIENCE === undefined ? { JWT_AUDIENCE: 'is missing' } : {}),
  };
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
