// What CloudFormation says is there: the stacks of an environment, their state and outputs, and by which name each resource of the
// templates goes in the account.
import {
  type Stack as DeployedStack,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import type { Resource } from '../../assembly/graph.ts';
import { type AwsClients, isNamed } from './clients.ts';

export interface Deployed {
  /** By the assembly's id; `undefined`: CloudFormation knows no such stack. */
  stack(id: string): DeployedStack | undefined;
  /** The physical id; `undefined` where the resource is not there. */
  physical(resource: Pick<Resource, 'key'>): string | undefined;
  /** When a deployment last made or changed it; `undefined` where the resource is not there. */
  changedAt(resource: Pick<Resource, 'key'>): Date | undefined;
}

/** Asks for all stacks of the environment. @throws what AWS refuses */
export async function readDeployed(clients: AwsClients, environmentGraph: EnvironmentGraph): Promise<Deployed> {
  const stacks = new Map<string, DeployedStack>();
  const ids = new Map<string, string>();
  const times = new Map<string, Date>();
  await inTurn(environmentGraph.stacks, async ({ id, name, region }) => {
    const found = await describeStack(clients, name, region);
    if (found === undefined) return;
    stacks.set(id, found);
    const pages = paginateListStackResources({ client: clients.cloudFormation(region) }, { StackName: name });
    for await (const { StackResourceSummaries = [] } of pages) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus = '', ...summary } of StackResourceSummaries) {
        const isThere = !/^DELETE_COMPLETE$|^CREATE_FAILED$|^CREATE_IN_PROGRESS$/.test(ResourceStatus);
        if (!isThere || !PhysicalResourceId) continue;
        ids.set(`${id}/${LogicalResourceId}`, PhysicalResourceId);
        if (summary.LastUpdatedTimestamp !== undefined)
          times.set(`${id}/${LogicalResourceId}`, summary.LastUpdatedTimestamp);
      }
    }
  });
  return {
    stack: (id) => stacks.get(id),
    physical: ({ key }) => ids.get(key),
    changedAt: ({ key }) => times.get(key),
  };
}

/** A stack by its name; `undefined` when there is none. @throws what else AWS refuses */
export async function describeStack(
  clients: AwsClients,
  name: string,
  region: string,
): Promise<DeployedStack | undefined> {
  try {
    const { Stacks = [] } = await clients.cloudFormation(region).send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for this; the name is the one it gives to every fault of a request.
    if (isNamed(error, 'ValidationError') && error instanceof Error && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

/** How many questions are put at once: CloudFormation throttles an account that asks for much at a time. */
const atOnce = 4;

/** Does the work for each, a few at a time. */
export async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}
