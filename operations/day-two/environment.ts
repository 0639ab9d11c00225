// Where a command of day 2 works: one environment in one region, what its templates say, and by which names it goes in the account.

import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type EnvironmentGraph, environmentGraphOf } from '../../assembly/environment-graph.ts';
import { isOfEnvironment } from '../../assembly/environments.ts';
import type { Assembly, Resource } from '../../assembly/graph.ts';
import type { Clock } from '../../common/clock.ts';
import type { Environment } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { type AwsClients, awsClients, type ClientSettings } from '../aws/clients.ts';
import { type Deployed, readDeployed } from '../aws/deployed.ts';
import { dayTwoProblem } from './problem.ts';

export interface DayTwoClients extends AwsClients {
  readonly secrets: (region: string) => SecretsManagerClient;
  readonly scaling: (region: string) => ApplicationAutoScalingClient;
}

export interface DeployedEnvironment {
  readonly clients: DayTwoClients;
  readonly environmentGraph: EnvironmentGraph;
  readonly deployed: Deployed;
  /** Region of the tasks. */
  readonly region: string;
  /** The templates' resources of a type in that region. */
  all(type: string): readonly Resource[];
  /** The name in the account. @throws DayTwoProblem when the resource is not there. */
  nameOf(resource: Resource): string;
  readonly clock: Clock;
}

export function dayTwoClients(settings: ClientSettings = {}): DayTwoClients {
  const base = { maxAttempts: 5, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 }, ...settings };
  return {
    ...awsClients(settings),
    secrets: (region) => new SecretsManagerClient({ ...base, region }),
    scaling: (region) => new ApplicationAutoScalingClient({ ...base, region }),
  };
}

/**
 * @param region absent: where the environment's tasks are that are not on standby
 * @throws DayTwoProblem when the assembly has no such environment, or nothing of it is deployed
 */
export async function openEnvironment(
  graph: Assembly,
  environment: Environment,
  region: string | undefined,
  clients: DayTwoClients,
  clock: Clock,
): Promise<DeployedEnvironment> {
  const home = region ?? homeOf(graph, environment);
  const environmentGraph = environmentGraphOf(graph, environment, home);
  if (!environmentGraph.regions.includes(home))
    throw dayTwoProblem('noSuchRegion', { region: home, regions: environmentGraph.regions });
  const deployed = await readDeployed(clients, environmentGraph);
  if (environmentGraph.stacks.every(({ id }) => deployed.stack(id) === undefined)) {
    throw dayTwoProblem('nothingDeployed', { environment });
  }
  return environmentAt({ clients, environmentGraph, deployed, region: home, clock });
}

/** What commands work with, once it is known what is there. */
export function environmentAt(parts: Omit<DeployedEnvironment, 'all' | 'nameOf'>): DeployedEnvironment {
  return {
    ...parts,
    all: (type) => parts.environmentGraph.all(type, parts.region),
    nameOf(resource) {
      const name = parts.deployed.physical(resource);
      if (name === undefined) throw dayTwoProblem('notDeployed', { key: resource.key });
      return name;
    },
  };
}

function homeOf({ stacks, resources }: Assembly, environment: Environment): string {
  const own = stacks.filter(isOfEnvironment(environment));
  const withTasks = own.filter(({ id }) =>
    resources.some(({ stack, type }) => stack === id && type === 'AWS::ECS::Service'),
  );
  const [home] = withTasks.filter(({ id }) => !id.startsWith(stackId(environment, '', 'standby')));
  if (home === undefined) throw dayTwoProblem('noEnvironment', { environment });
  return home.region;
}
