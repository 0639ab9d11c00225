// What a run of `hashira prove` would do, and the digest that it is approved by. It asks which stacks stand, and changes nothing.
import { createHash } from 'node:crypto';
import { canonical } from '../deploy/canonical.ts';
import type { Deployable } from '../deploy/deployable.ts';
import type { DeployPorts } from '../deploy/ports.ts';
import { type FailingCreation, failingCreation } from './failing-creation.ts';
import { type RemainingStack, standingStacks } from './standing.ts';

export interface ProofPlan {
  readonly failing: FailingCreation;
  /** SHA-256 over the names and templates of the stacks. */
  readonly templates: string;
  /** Sixteen hexadecimal digits over the account, all that is deployed in it, and what fails. */
  readonly digest: string;
}

/** @throws AwsFault */
export async function planProof(
  ports: Pick<DeployPorts, 'cloudFormation'>,
  deployable: Deployable,
): Promise<ProofPlan | { readonly standing: readonly RemainingStack[] }> {
  // What is taken away at the end must not be what somebody else has deployed.
  const standing = await standingStacks(ports, deployable);
  if (standing.length > 0) return { standing };
  const failing = failingCreation(deployable);
  const { account, environment, stacks } = deployable;
  const built = stacks.map(({ id, place, hash, tags }) => ({ id, region: place.region, hash, tags }));
  const templates = sha256(canonical(built));
  const digest = sha256(canonical({ account, environment, templates, fails: failing.stack.hash })).slice(0, 16);
  return { failing, templates, digest };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
