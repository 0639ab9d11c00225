// A secret that has a function of its own to rotate it: asks for it, and waits for the new version.
import { DescribeSecretCommand, RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Resource } from '../../assembly/graph.ts';
import { until } from '../../common/until.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';
import type { RotationListener } from './rotation.ts';

/** Five minutes: the function sets a password, tries it, and may be called again when it failed. */
const looks = { within: 5 * 60_000, every: 5_000 };

/** @throws DayTwoProblem when the secret has no rotation in the account, or the new version does not come in time */
export async function rotateByFunction(
  place: DeployedEnvironment,
  secret: Resource,
  tell: RotationListener,
): Promise<void> {
  const client = place.clients.secrets(place.region);
  const SecretId = place.nameOf(secret);
  const { RotationEnabled } = await client.send(new DescribeSecretCommand({ SecretId }));
  if (RotationEnabled !== true) throw dayTwoProblem('notRotating', { secret: SecretId });
  const { VersionId = '' } = await client.send(new RotateSecretCommand({ SecretId, RotateImmediately: true }));
  tell('asked', SecretId);
  const { isSo } = await until(
    () => client.send(new DescribeSecretCommand({ SecretId })),
    ({ VersionIdsToStages = {} }) => (VersionIdsToStages[VersionId] ?? []).includes('AWSCURRENT'),
    { ...looks, clock: place.clock },
  );
  if (!isSo) throw dayTwoProblem('tooSlow', { what: SecretId, minutes: 5 });
  tell('current', SecretId);
}
