// Where everything is: what a function of the standby region is told about both regions, read once when it starts.
import * as z from 'zod';
import type { Role } from '../ledger.ts';

const regionResources = z.object({
  region: z.string().min(1),
  /** The ECS cluster's name, and the service's in it. */
  cluster: z.string().min(1),
  service: z.string().min(1),
  /** ARN of the tasks' target group. */
  targetGroup: z.string().startsWith('arn:'),
  /** The load balancer's own name. */
  loadBalancer: z.string().min(1),
  /** ARN of the Aurora cluster. */
  database: z.string().startsWith('arn:'),
  /** URL of the queue `work`. */
  workQueue: z.url(),
  dataBucket: z.string().min(1),
  /** Ends with a slash: all that the workload writes lies below it. */
  dataPrefix: z.string().endsWith('/'),
});

export type RegionResources = z.infer<typeof regionResources>;

const variables = z.object({
  /** The environment's name: the ledger's key. */
  ENVIRONMENT: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  GLOBAL_CLUSTER: z.string().min(1),
  /** Namespace and name of the latch's metric, e.g. `Hashira/Recovery Latch`. */
  LATCH_NAMESPACE: z.string().min(1),
  LATCH_METRIC: z.string().min(1),
  /** The name that people's requests reach a region by; empty without a domain. */
  ORIGIN: z.string(),
  TOPIC: z.string().startsWith('arn:'),
  REPORTS_BUCKET: z.string().min(1),
  REPORTS_PREFIX: z.string().endsWith('/'),
  /** JSON: the resources of each region. */
  PLACES: json(z.object({ primary: regionResources, standby: regionResources })),
  /** JSON: least and most tasks of production. */
  SIZE: json(z.object({ minimum: z.int().min(1), maximum: z.int().min(1) })),
  /** JSON: least capacity units of the standby's database, at work and at rest. */
  CAPACITY: json(z.object({ working: z.number().min(0), resting: z.number().min(0) })),
});

export type RecoveryVariables = z.infer<typeof variables>;

/** Read from a function's environment; throws with the names of what is missing or wrong, and no value. */
export function readVariables(environment: NodeJS.ProcessEnv): RecoveryVariables {
  const read = variables.safeParse(environment);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The function's environment is not complete.\n${wrong.join('\n')}`);
}

export const resourcesOf = ({ PLACES }: RecoveryVariables, role: Role): RegionResources => PLACES[role];

/** A value that is given as JSON text. */
function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
