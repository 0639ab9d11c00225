// The header by which the load balancer knows CloudFront: CloudFront changes over to a value that the load balancer knows already.
import { type Stack as DeployedStack, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Resource, Stack } from '../../assembly/graph.ts';
import { until } from '../../common/until.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';
import { type Rotatable, type RotationListener, shapeOf } from './rotation.ts';

/** Thirty minutes for a stack: CloudFront reaches every edge before it says that it is done. */
const stackLooks = { within: 30 * 60_000, every: 10_000 };
const replicaLooks = { within: 2 * 60_000, every: 2_000 };

/** The stage that the stacks' parameter names by default; empty means the same and is a change. */
const stage = 'AWSCURRENT';

/**
 * Current takes the value of next, next a new one; then the edge's stack is updated, which makes CloudFormation read current anew, then
 * those of other regions' load balancers, which would refuse CloudFront after a failover if they did not follow (DR-8), and last the
 * load balancer's own. Called again after an interruption it goes on where the load balancer's rule shows it to be: new values are
 * made only while the rule knows both secrets as they are.
 */
export async function rotateHeader(
  place: DeployedEnvironment,
  { secret, next, distribution, rule, others }: Extract<Rotatable, { kind: 'header' }>,
  tell: RotationListener,
): Promise<void> {
  const edge = stackOf(place, distribution);
  const balancer = stackOf(place, rule);
  const deployed = others.filter((other) => place.deployed.physical(other) !== undefined);
  const standbys = [...new Set(deployed.map((other) => stackOf(place, other)))];
  const known = await knownHeaders(place, rule);
  const [current, following] = [await textOf(place, secret), await textOf(place, next)];
  // CloudFront would be sending what the load balancer refuses: nothing here can have led to that.
  if (!known.includes(current)) throw dayTwoProblem('rotationBehind', { secret: place.nameOf(secret) });
  const inOrder = [edge, ...standbys, balancer];
  for (const stack of inOrder) await atRest(place, stack);
  if (known.includes(following)) {
    // A first step that was not followed by the second has left the two alike; it is harmless to take it again.
    await put(place, secret, following);
    const client = place.clients.secrets(place.region);
    const { RandomPassword = '' } = await client.send(new GetRandomPasswordCommand(shapeOf(next)));
    await put(place, next, RandomPassword);
    tell('made', place.nameOf(next));
  } else tell('found', place.nameOf(next));
  await untilReplicated(place, secret, edge);
  for (const standby of standbys) for (const one of [secret, next]) await untilReplicated(place, one, standby);
  tell('replicated', place.nameOf(secret));
  for (const stack of inOrder) {
    await readAnew(place, stack);
    tell('updated', stack.name);
  }
}

function stackOf(place: DeployedEnvironment, { stack }: Resource): Stack {
  const found = place.environmentGraph.stacks.find(({ id }) => id === stack);
  if (found === undefined) throw dayTwoProblem('notDeployed', { key: stack });
  return found;
}

async function knownHeaders(place: DeployedEnvironment, rule: Resource): Promise<readonly string[]> {
  const { Rules = [] } = await place.clients
    .loadBalancing(place.region)
    .send(new DescribeRulesCommand({ RuleArns: [place.nameOf(rule)] }));
  return Rules.flatMap(({ Conditions = [] }) => Conditions.flatMap((each) => each.HttpHeaderConfig?.Values ?? []));
}

async function textOf(place: DeployedEnvironment, secret: Resource): Promise<string> {
  const { SecretString = '' } = await place.clients
    .secrets(place.region)
    .send(new GetSecretValueCommand({ SecretId: place.nameOf(secret) }));
  return SecretString;
}

async function put(place: DeployedEnvironment, secret: Resource, SecretString: string): Promise<void> {
  await place.clients
    .secrets(place.region)
    .send(new PutSecretValueCommand({ SecretId: place.nameOf(secret), SecretString }));
}

/** CloudFormation reads a region's own copy, which follows within seconds. */
async function untilReplicated(place: DeployedEnvironment, secret: Resource, { region }: Stack): Promise<void> {
  const SecretId = place.nameOf(secret);
  const currentIn = async (where: string) => {
    // A replica's ARN is its original's in another region.
    const command = new DescribeSecretCommand({ SecretId: SecretId.replace(place.region, where) });
    const { VersionIdsToStages = {} } = await place.clients.secrets(where).send(command);
    return Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
  };
  const wanted = await currentIn(place.region);
  const { isSo } = await until(
    () => currentIn(region),
    (version) => version === wanted,
    { ...replicaLooks, clock: place.clock },
  );
  if (!isSo) throw dayTwoProblem('tooSlow', { what: `${SecretId} in ${region}`, minutes: 2 });
}

/** A stack as CloudFormation has it. @throws DayTwoProblem while something is being done to it */
async function atRest(place: DeployedEnvironment, { name, region }: Stack): Promise<DeployedStack> {
  const { Stacks = [] } = await place.clients
    .cloudFormation(region)
    .send(new DescribeStacksCommand({ StackName: name }));
  const [found] = Stacks;
  if (found?.StackStatus?.endsWith('_IN_PROGRESS') === false) return found;
  throw dayTwoProblem('stackBusy', { stack: name, status: found?.StackStatus ?? '' });
}

/** Updates a stack as it is, but for the parameter whose two values mean the same. */
async function readAnew(place: DeployedEnvironment, stack: Stack): Promise<void> {
  const { name, region, parameters } = stack;
  const client = place.clients.cloudFormation(region);
  const StackName = name;
  const look = async () => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const before = await atRest(place, stack);
  const Parameters = (before.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) =>
    parameters[ParameterKey] === stage
      ? { ParameterKey, ParameterValue: ParameterValue === stage ? '' : stage }
      : { ParameterKey, UsePreviousValue: true },
  );
  const Capabilities = before.Capabilities;
  await client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Parameters, Capabilities }));
  const { last: after, isSo } = await until(look, (stack) => stack?.StackStatus?.endsWith('_IN_PROGRESS') === false, {
    ...stackLooks,
    clock: place.clock,
  });
  if (!isSo || after === undefined) throw dayTwoProblem('tooSlow', { what: name, minutes: 30 });
  if (after.StackStatus !== 'UPDATE_COMPLETE') {
    throw dayTwoProblem('failed', { what: name, reason: after.StackStatusReason ?? after.StackStatus ?? '' });
  }
}
