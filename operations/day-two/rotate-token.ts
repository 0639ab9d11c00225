// The cache's AUTH token: both the old and the new one are good until every task has the new one.
import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeReplicationGroupsCommand, ModifyReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Resource } from '../../assembly/graph.ts';
import { until } from '../../common/until.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';
import { type RotationListener, shapeOf } from './rotation.ts';

/** Ten minutes for a change of the cache, fifteen for tasks that replace each other. */
const cacheLooks = { within: 10 * 60_000, every: 10_000 };
const taskLooks = { within: 15 * 60_000, every: 10_000 };

/**
 * The new token waits in the secret as `AWSPENDING` before the cache is told of it, and becomes current when the cache knows both. So one
 * that was interrupted goes on with the same token when it is called again, and never takes a token away that somebody still uses.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 */
export async function rotateToken(
  place: DeployedEnvironment,
  secret: Resource,
  cache: Resource,
  tell: RotationListener,
): Promise<void> {
  const client = place.clients.secrets(place.region);
  const SecretId = place.nameOf(secret);
  const group = place.nameOf(cache);
  const { AuthToken, VersionId } = await pendingToken(place, secret, tell);

  await changeToken(place, group, AuthToken, 'ROTATE');
  tell('offered', group);

  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  const current = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: VersionId,
      RemoveFromVersionId: current,
    }),
  );
  tell('current', SecretId);

  await restartTasks(place, tell);
  await changeToken(place, group, AuthToken, 'SET');
  await client.send(
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: VersionId }),
  );
  tell('closed', group);
}

interface Token {
  readonly AuthToken: string;
  readonly VersionId: string;
}

async function pendingToken(place: DeployedEnvironment, secret: Resource, tell: RotationListener): Promise<Token> {
  const client = place.clients.secrets(place.region);
  const SecretId = place.nameOf(secret);
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  const waiting = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSPENDING'))?.[0];
  if (waiting !== undefined) {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId, VersionId: waiting }));
    tell('found', SecretId);
    return { AuthToken: SecretString, VersionId: waiting };
  }
  const { RandomPassword = '' } = await client.send(new GetRandomPasswordCommand(shapeOf(secret)));
  const { VersionId = '' } = await client.send(
    new PutSecretValueCommand({ SecretId, SecretString: RandomPassword, VersionStages: ['AWSPENDING'] }),
  );
  tell('made', SecretId);
  return { AuthToken: RandomPassword, VersionId };
}

async function changeToken(
  place: DeployedEnvironment,
  ReplicationGroupId: string,
  AuthToken: string,
  AuthTokenUpdateStrategy: 'ROTATE' | 'SET',
): Promise<void> {
  const client = place.clients.cache(place.region);
  await client.send(
    new ModifyReplicationGroupCommand({
      ReplicationGroupId,
      AuthToken,
      AuthTokenUpdateStrategy,
      ApplyImmediately: true,
    }),
  );
  // It says `available` for a moment longer.
  await place.clock.sleep(cacheLooks.every);
  const { isSo } = await until(
    () => client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId })),
    ({ ReplicationGroups = [] }) =>
      ReplicationGroups[0]?.Status === 'available' &&
      ReplicationGroups[0].PendingModifiedValues?.AuthTokenStatus === undefined,
    { ...cacheLooks, clock: place.clock },
  );
  if (!isSo) throw dayTwoProblem('tooSlow', { what: ReplicationGroupId, minutes: 10 });
}

/** Tasks read their secrets when they start. */
async function restartTasks(place: DeployedEnvironment, tell: RotationListener): Promise<void> {
  const client = place.clients.containers(place.region);
  for (const resource of place.all('AWS::ECS::Service')) {
    const arn = place.nameOf(resource);
    const [, cluster = '', service = ''] = arn.split('/');
    await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
    const { isSo } = await until(
      () => client.send(new DescribeServicesCommand({ cluster, services: [service] })),
      ({ services = [] }) => {
        const [only, ...others] = services[0]?.deployments ?? [];
        if (only?.rolloutState === 'FAILED') {
          throw dayTwoProblem('failed', { what: service, reason: only.rolloutStateReason ?? 'FAILED' });
        }
        return others.length === 0 && only?.rolloutState === 'COMPLETED';
      },
      { ...taskLooks, clock: place.clock },
    );
    if (!isSo) throw dayTwoProblem('tooSlow', { what: service, minutes: 15 });
    tell('restarted', service);
  }
}
