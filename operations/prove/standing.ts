// Which stacks of an environment stand in the account.
import type { Deployable } from '../deploy/deployable.ts';
import type { DeployPorts } from '../deploy/ports.ts';

export interface RemainingStack {
  readonly stack: string;
  readonly region: string;
  readonly status: string;
}

/** In the order of the manifest. @throws AwsFault */
export async function standingStacks(
  { cloudFormation }: Pick<DeployPorts, 'cloudFormation'>,
  { stacks }: Deployable,
): Promise<readonly RemainingStack[]> {
  const found = await Promise.all(
    stacks.map(async ({ id, place }) => ({ id, place, state: await cloudFormation.describe(place) })),
  );
  return found.flatMap(({ id, place, state }) =>
    state === undefined ? [] : [{ stack: id, region: place.region, status: state.status }],
  );
}
