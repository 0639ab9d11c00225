// Morning or evening at another hour: the calls that the environment's schedules make, made now.
import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DisableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeDBClustersCommand, StartDBClusterCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import * as z from 'zod';
import { inRegion } from '../../assembly/environments.ts';
import { isComposite, isReference, literal, type Value } from '../../assembly/graph.ts';
import { type ClockCall, scheduledCalls } from '../../assembly/questions/schedules.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';

export type HalfOfDay = 'start' | 'stop';

/** What was called, or why not. */
export interface Made {
  readonly operation: string;
  readonly about: string;
  readonly skipped?: string;
}

interface Kind {
  readonly half: HalfOfDay;
  /** Sooner first: alarms are silenced before anything stops, and the database takes longest to come. */
  readonly turn: number;
  /** What it is done to: the same thing is done once, however many schedules do it. */
  readonly key: string;
  make(): Promise<Made>;
}

/**
 * Makes every call of the morning's or the evening's schedules, as they stand in the templates, each once. Alarms are silenced by a stop;
 * they speak again when the next morning's schedule says so, since an alarm that comes back while things start would only cry.
 * @throws DayTwoProblem when no schedule of the environment starts or stops anything
 */
export async function workingHours(place: DeployedEnvironment, half: HalfOfDay): Promise<readonly Made[]> {
  const kinds = scheduledCalls(inRegion(place.environmentGraph, place.region))
    .filter(({ isOn }) => isOn)
    .flatMap((call) => kindOf(place, call) ?? []);
  const now = new Map(kinds.filter((kind) => kind.half === half).map((kind) => [`${kind.turn} ${kind.key}`, kind]));
  if (now.size === 0) throw dayTwoProblem('noWorkingHours', { environment: place.environmentGraph.environment });
  const made: Made[] = [];
  for (const [, kind] of [...now].sort(([one], [other]) => one.localeCompare(other))) made.push(await kind.make());
  return made;
}

const scalingInput = z.object({
  ServiceNamespace: z.literal('ecs'),
  ResourceId: z.string(),
  ScalableDimension: z.literal('ecs:service:DesiredCount'),
  MinCapacity: z.int(),
  MaxCapacity: z.int(),
});
const tasksInput = z.object({ Cluster: z.string(), Service: z.string(), DesiredCount: z.int() });
const databaseInput = z.object({ DbClusterIdentifier: z.string() });
const alarmsInput = z.object({ AlarmNames: z.array(z.string()) });

/** The call of a schedule; `undefined` for one that neither starts nor stops anything. */
function kindOf(place: DeployedEnvironment, { written: operation, input: told }: ClockCall): Kind | undefined {
  const { clients, region } = place;
  const text = () => JSON.parse(inAccount(place, told));
  switch (operation) {
    case 'cloudwatch:disableAlarmActions': {
      const { AlarmNames } = alarmsInput.parse(text());
      return {
        half: 'stop',
        turn: 0,
        key: AlarmNames.join(),
        async make() {
          await clients.cloudWatch(region).send(new DisableAlarmActionsCommand({ AlarmNames }));
          return { operation, about: String(AlarmNames.length) };
        },
      };
    }
    case 'rds:startDBCluster':
    case 'rds:stopDBCluster': {
      const { DbClusterIdentifier } = databaseInput.parse(text());
      const half = operation === 'rds:startDBCluster' ? 'start' : 'stop';
      return {
        half,
        turn: half === 'start' ? 1 : 4,
        key: DbClusterIdentifier,
        make: () => turnDatabase(place, half, DbClusterIdentifier, operation),
      };
    }
    case 'applicationautoscaling:registerScalableTarget': {
      const input = scalingInput.parse(text());
      return {
        half: input.MaxCapacity === 0 ? 'stop' : 'start',
        turn: 2,
        key: input.ResourceId,
        async make() {
          await clients.scaling(region).send(new RegisterScalableTargetCommand(input));
          return { operation, about: `${input.ResourceId}: ${input.MinCapacity} – ${input.MaxCapacity}` };
        },
      };
    }
    case 'ecs:updateService': {
      const { Cluster, Service, DesiredCount } = tasksInput.parse(text());
      return {
        half: DesiredCount === 0 ? 'stop' : 'start',
        turn: 3,
        key: Service,
        async make() {
          const update = { cluster: Cluster, service: Service, desiredCount: DesiredCount };
          await clients.containers(region).send(new UpdateServiceCommand(update));
          return { operation, about: `${Cluster}/${Service}: ${DesiredCount}` };
        },
      };
    }
    default:
      return undefined;
  }
}

/** A database that is on its way, or there already, is left alone: RDS refuses to be told twice. */
async function turnDatabase(place: DeployedEnvironment, half: HalfOfDay, id: string, operation: string): Promise<Made> {
  const client = place.clients.database(place.region);
  const { DBClusters = [] } = await client.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
  const status = DBClusters[0]?.Status ?? '';
  const from = half === 'start' ? 'stopped' : 'available';
  if (status !== from) return { operation, about: id, skipped: status };
  if (half === 'start') await client.send(new StartDBClusterCommand({ DBClusterIdentifier: id }));
  else await client.send(new StopDBClusterCommand({ DBClusterIdentifier: id }));
  return { operation, about: id };
}

/** A text of the templates with the account's names in it. */
function inAccount(place: DeployedEnvironment, value: Value | undefined): string {
  if (isComposite(value)) return value.$join.map((part) => inAccount(place, part)).join('');
  if (!isReference(value)) return String(literal(value) ?? '');
  const resource = place.environmentGraph.find(value);
  if (resource === undefined) throw dayTwoProblem('notDeployed', { key: value.$ref });
  const name = place.nameOf(resource);
  // CloudFormation's name of an ECS service is its ARN, its `Name` what the ARN ends with.
  return value.attribute === 'Name' ? (name.split('/').at(-1) ?? name) : name;
}
