// The shape of a design: what a design document says, as plain data. Everything that builds, proves or runs the platform reads
// this and nothing else of the document. Each value's place in the document is kept beside it, in `Line` (see lines.ts).
import { z } from 'zod';
import { type Environment, environmentKey, roleKinds, tiers } from './names.ts';
import { commandSchema } from './words/command.ts';
import { primaryPartSchema, recoveryStepSchema, standbyPartSchema } from './words/recovery-line.ts';
import { resourceLineSchema } from './words/resource-line.ts';
import { scopeSchema } from './words/scope.ts';
import { sentenceShape } from './words/sentence.ts';
import { subnetUseSchema } from './words/subnet-use.ts';

export {
  type Environment,
  environmentKey,
  type FormEnvironment,
  formEnvironments,
  type PerForm,
  type RoleKind,
  roleKinds,
  type Tier,
  tiers,
} from './names.ts';

/** One value for each environment, by its key: see `perEnvironment` in environments.ts, which reads it. */
const perEnvironment = <T extends z.ZodType>(value: T) => z.record(environmentKey, value);
export type PerEnvironment<T> = Readonly<Record<Environment, T>>;

const text = z.string();
const count = z.int().nonnegative();
/** A part of which a design may have several. */
const named = z.strictObject({ name: text });
const positive = z.number().positive();
/** Days a log, backup or object is kept. */
const days = z.int().positive();
/** An AWS region code, e.g. `ap-northeast-1`. */
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);
/** Written as a number or as text: a mapping of the front matter gives text. */
const dollars = z.coerce.number().positive();
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/);

/** INP-1: what the form has no field for; the optional `hashira:` block of the front matter. */
export const inputsSchema = z.strictObject({
  project: text.min(1),
  owner: text.min(1),
  alertEmail: z.email(),
  /** `none` means that the platform answers at CloudFront's own name (AC-SEC-3 then fails). */
  domain: text.min(1),
  hostedZoneId: text.optional(),
  certificates: z.strictObject({ edge: text.optional(), origin: text.optional() }).optional(),
  accounts: z.enum(['one', 'each']),
  failover: z.enum(['manual', 'automatic']),
  /** Whether the interface endpoints that the document lists as optional are built (NET-6). */
  interfaceEndpoints: z.boolean(),
  architecture: z.enum(['x86_64', 'arm64']),
  cacheEngine: z.enum(['redis', 'valkey']),
  maxTasks: z.int().positive(),
  standbyCidr: cidr,
  jwtIssuer: z.url().optional(),
  /** USD a month from which on an environment's cost is told; see budget.ts for one without. */
  budget: perEnvironment(dollars).optional(),
  workingHours: z.strictObject({ start: text, stop: text, timeZone: text }),
  /** ISO dates on which environments with working hours stay off. */
  publicHolidays: z.array(text),
});

const subnet = z.strictObject({
  tier: z.enum(tiers),
  /** The letter of the availability zone within its region: `a` of ap-northeast-1a. */
  zone: z.string().regex(/^[a-z]$/),
  cidr,
  uses: z.array(subnetUseSchema),
  /** Where 0.0.0.0/0 goes. */
  defaultRoute: z.enum(['internet-gateway', 'nat-gateway', 'none']),
});

/** The other end of a security group rule: an address range, or another group of the document by its key. */
const peer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cidr'), cidr }),
  z.strictObject({ kind: z.literal('group'), group: text }),
]);
const rule = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  fromPort: z.int().min(0).max(65535),
  toPort: z.int().min(0).max(65535),
  peer,
  description: text,
});
const securityGroup = z.strictObject({
  /** `alb`, `ecs`, `lambda`, `rds`, `cache`: the document's short name without `-sg`. */
  key: text,
  /** The document's short name, e.g. `alb-sg`; the group's Name tag. */
  name: text,
  /** The document's heading, e.g. `ALB Security Group`. */
  title: text,
  ingress: z.array(rule),
  egress: z.array(rule),
});

const stack = z.strictObject({
  order: count,
  /** E.g. `NetworkStack`; unique. */
  name: text,
  purpose: text,
  resources: z.array(resourceLineSchema),
  outputs: z.array(z.strictObject({ name: text, type: text })),
  /** Names of other stacks. */
  dependsOn: z.array(text),
  file: text,
});

const role = z.strictObject({
  /** Who wears it; a design may have several of a kind. */
  kind: z.enum(roleKinds),
  /** The document's short name, e.g. `ecs-task-role`, unique; the role's Name tag. */
  name: text,
  title: text,
  purpose: text,
  /** The service principal that may assume the role, e.g. `ecs-tasks.amazonaws.com`. */
  principal: text,
  /** Names of AWS managed policies, without path. */
  managedPolicies: z.array(text),
  statements: z.array(
    z.strictObject({
      /** The document's name of the service, e.g. `Secrets Manager`. */
      service: text,
      /** The service's IAM prefix, e.g. `secretsmanager`. */
      prefix: text,
      actions: z.array(text),
      /** On which resources; absent: the document does not say. */
      scope: scopeSchema.optional(),
    }),
  ),
});

const alarmServices = ['alb', 'ecs', 'lambda', 'rds', 'cache'] as const;
const threshold = z.strictObject({
  statistic: z.enum(['Average', 'Sum', 'Minimum', 'Maximum']),
  comparison: z.enum(['>', '>=', '<', '<=']),
  value: z.number().nonnegative(),
  /** As the document writes it; `% of max` is a share of the resource's own limit. */
  unit: z.enum(['s', 'ms', '%', '% of max', 'GB', 'MB', 'count']),
});
const alarm = z.strictObject({
  service: z.enum(alarmServices),
  /** The document's name of the metric; see catalogue/metrics.ts for AWS's. */
  metric: text,
  warning: threshold.optional(),
  critical: threshold.optional(),
  periodSeconds: z.int().positive(),
  evaluationPeriods: z.int().positive(),
});

const dashboard = z.strictObject({
  title: text,
  widgets: z.array(
    z.strictObject({
      /** The document's words, e.g. `ALB TargetResponseTime`. */
      title: text,
      kind: z.enum(['line', 'bar', 'number']),
    }),
  ),
});

/** How long each log is kept, in days; `null`: there is no such log. */
const logRetention = z.strictObject({
  application: days,
  albAccess: days,
  vpcFlow: days.nullable(),
  cloudTrail: days,
  cloudTrailForever: z.boolean(),
});

/** A daily window, `HH:MM`, in UTC; `local` is the document's own conversion, held against it. */
const window = z.strictObject({
  start: text,
  end: text,
  /** `range` is the window in the words, `12:00-13:00` of `JST 12:00-13:00`. */
  local: z.strictObject({ text, range: text.optional() }).optional(),
});
const backup = z.strictObject({
  aurora: z.strictObject({
    automatic: z.boolean(),
    retentionDays: perEnvironment(count),
    window,
    weeklySnapshot: z
      .strictObject({ weekday: z.enum(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']), time: text })
      .optional(),
    /** The region that backups are copied to. */
    copyTo: perEnvironment(region.nullable()),
  }),
  s3: z.strictObject({
    versioning: z.boolean(),
    transitions: z.array(
      z.strictObject({
        afterDays: days,
        storageClass: z.enum([
          'STANDARD_IA',
          'GLACIER',
          'DEEP_ARCHIVE',
          'GLACIER_IR',
          'INTELLIGENT_TIERING',
          'ONEZONE_IA',
        ]),
      }),
    ),
    replicateTo: perEnvironment(region.nullable()),
  }),
  cache: z
    .strictObject({
      automatic: z.boolean(),
      /** `null`: backups are off. */
      retentionDays: perEnvironment(days.nullable()),
      window,
    })
    .optional(),
});

const recovery = z.strictObject({
  /** The one strategy that the platform knows how to build. */
  strategy: z.literal('Pilot Light'),
  rpoSeconds: positive,
  rtoSeconds: positive,
  /** The region that takes over. */
  region,
  primary: z.array(primaryPartSchema),
  standby: z.array(standbyPartSchema),
  steps: z.array(recoveryStepSchema),
});

const sizes = z.strictObject({
  task: z.strictObject({
    /** Fargate CPU units: 1024 are one vCPU. */
    cpu: z.int().positive(),
    memoryMiB: z.int().positive(),
    minimum: z.int().positive(),
    maximum: z.int().positive(),
  }),
  aurora: z.strictObject({ instanceClass: text, instances: z.int().positive() }),
  cache: z.strictObject({ nodeType: text, nodes: z.int().positive() }).optional(),
  natGateways: z.int().positive(),
  functions: z.strictObject({ memoryMiB: z.int().positive(), timeoutSeconds: z.int().positive() }).optional(),
});

/** A figure in a cost line: what it says, without knowing what it means; `$0.04048/vCPU時間` is `{ value: 0.04048, unit: '$/vCPU時間' }`. */
const figure = z.strictObject({ value: z.number(), unit: text });
const costLine = z.strictObject({ label: text, factors: z.array(figure), note: text.optional(), total: z.number() });
const cost = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: text,
      services: z.array(z.strictObject({ name: text, lines: z.array(costLine), subtotal: z.number() })),
      total: z.number(),
    }),
  ),
  /** USD a month in production. */
  total: z.number(),
  environments: perEnvironment(z.strictObject({ monthly: z.number(), notes: z.array(text) })),
  yearly: z.strictObject({ terms: z.array(z.number()), months: z.number(), total: z.number() }),
  savings: z.array(z.strictObject({ label: text, percent: z.number(), total: z.number(), unit: text })),
});

const criterionPatterns = ['ubiquitous', 'event-driven', 'state-driven', 'optional', 'unwanted'] as const;
const criterion = z.strictObject({
  id: text,
  group: text,
  /** EARS pattern. */
  pattern: z.enum(criterionPatterns),
  ...sentenceShape,
});

/** Those that the document speaks of, in its order. */
const environment = z.strictObject({
  key: environmentKey,
  /** What the document calls it, e.g. `本番環境`. */
  title: text,
  /** Whether it is the one that serves people; see environments.ts for what follows. */
  isProduction: z.boolean(),
  /** Whether it may be taken away whole, with its data. */
  disposable: z.boolean(),
});

const shape = z.strictObject({
  id: text,
  feature: text,
  version: text,
  created: text,
  basedOn: text,
  relatedAdr: z.array(text),
  title: text,
  inputs: inputsSchema,
  overview: z.strictObject({
    summary: text,
    purpose: text,
    included: text,
    excluded: text,
    preconditions: z.array(text),
  }),
  decisions: z.array(z.strictObject({ id: text, title: text, link: text, decision: text })),
  /** Mermaid sources, as they stand. */
  diagrams: z.strictObject({ architecture: text, dataFlow: text }),
  /** The region that the platform lives in. */
  region,
  stacks: z.array(stack),
  network: z.strictObject({
    cidr,
    subnets: z.array(subnet),
    gatewayEndpoints: z.array(z.enum(['s3', 'dynamodb'])),
    interfaceEndpoints: z.strictObject({
      /** The document says that they may be left out. */
      optional: z.boolean(),
      services: z.array(z.enum(['secretsmanager', 'ecr.api', 'ecr.dkr', 'logs', 'sqs', 'sns', 'kms', 'xray'])),
    }),
  }),
  securityGroups: z.array(securityGroup),
  roles: z.array(role),
  alarms: z.array(alarm),
  logs: perEnvironment(logRetention),
  dashboards: z.array(dashboard),
  backup,
  /** Absent: no second region. */
  recovery: recovery.optional(),
  /** Expected traffic in production, requests a second. */
  requestsPerSecond: positive,
  environments: z.array(environment),
  /** Fargate services. */
  services: z.array(named),
  /** Lambda functions. */
  functions: z.array(named),
  queues: z.array(named),
  topics: z.array(named),
  /** DynamoDB tables. */
  tables: z.array(named),
  buckets: z.array(named),
  /** Whether an environment is off at night and at weekends. */
  workingHours: perEnvironment(z.boolean()),
  /** Whether an environment is said to be in several availability zones. */
  multiAz: perEnvironment(z.boolean()),
  sizes: perEnvironment(sizes),
  cost,
  criteria: z.array(criterion),
  tests: z.array(z.strictObject({ title: text, items: z.array(z.strictObject(sentenceShape)) })),
  deployment: z.strictObject({
    steps: z.array(z.strictObject({ title: text, items: z.array(text), commands: z.array(commandSchema) })),
    rollback: z.array(z.strictObject({ title: text, items: z.array(text), commands: z.array(commandSchema) })),
  }),
  checklist: z.array(text),
  references: z.array(z.strictObject({ title: text, target: text, notes: z.array(text) })),
  related: z.array(z.strictObject({ title: text, target: text })),
});

export type Design = z.infer<typeof shape>;

export const designSchema = shape.superRefine(({ environments, ...design }, context) => {
  const refuse = (path: readonly string[], message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message });
  const keys = environments.map(({ key }) => key);
  if (new Set(keys).size < keys.length) refuse(['environments'], 'expected each key once');
  if (environments.filter(({ isProduction }) => isProduction).length !== 1)
    refuse(['environments'], 'expected one that is production');
  for (const [path, values] of valuesByEnvironment(design)) {
    const found = Object.keys(values);
    for (const key of keys) if (!found.includes(key)) refuse([...path, key], 'expected a value for each environment');
    for (const key of found) if (!keys.includes(key)) refuse([...path, key], `expected one of ${keys.join(', ')}`);
  }
});

/** What has a value for each environment, by its path. */
const valuesByEnvironment = (
  design: Omit<Design, 'environments'>,
): readonly (readonly [path: readonly string[], values: PerEnvironment<unknown>])[] => [
  [['logs'], design.logs],
  [['backup', 'aurora', 'retentionDays'], design.backup.aurora.retentionDays],
  [['backup', 'aurora', 'copyTo'], design.backup.aurora.copyTo],
  [['backup', 's3', 'replicateTo'], design.backup.s3.replicateTo],
  ...(design.backup.cache === undefined
    ? []
    : [[['backup', 'cache', 'retentionDays'], design.backup.cache.retentionDays] as const]),
  [['workingHours'], design.workingHours],
  [['multiAz'], design.multiAz],
  [['sizes'], design.sizes],
  [['cost', 'environments'], design.cost.environments],
];

export type Inputs = z.infer<typeof inputsSchema>;
export type Subnet = z.infer<typeof subnet>;
export type SecurityGroup = z.infer<typeof securityGroup>;
export type SecurityGroupRule = z.infer<typeof rule>;
export type Role = z.infer<typeof role>;
export type Alarm = z.infer<typeof alarm>;
export type AlarmService = (typeof alarmServices)[number];
export type Threshold = z.infer<typeof threshold>;
export type Sizes = z.infer<typeof sizes>;
export type Criterion = z.infer<typeof criterion>;
export type LogRetention = z.infer<typeof logRetention>;
