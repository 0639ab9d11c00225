// `hashira preflight`: whether a deploy can begin. The list of checks, asked at once; one that cannot look says so and hides no other.
import type { Assembly } from '../../assembly/graph.ts';
import type { Design, Environment } from '../../design/schema.ts';
import type { AwsClients } from '../aws/clients.ts';
import { readDeployed } from '../aws/deployed.ts';
import { sceneOf } from '../aws/scene.ts';
import { reasonOf } from '../reason.ts';
import { checkBackup } from './backup.ts';
import { checkBootstrap } from './bootstrap.ts';
import { checkBudget } from './budget.ts';
import type { Check, Machine } from './context.ts';
import { checkDomain } from './domain.ts';
import { checkIdentity } from './identity.ts';
import { checkImage } from './image.ts';
import { checkQuotas } from './quotas.ts';
import { finding, type PreflightCheck, type PreflightResult, preflightChecks } from './result.ts';
import { checkStacks } from './stacks.ts';

const checks: Readonly<Record<Exclude<PreflightCheck, 'identity'>, Check>> = {
  bootstrap: checkBootstrap,
  stacks: checkStacks,
  quotas: checkQuotas,
  domain: checkDomain,
  image: checkImage,
  backup: checkBackup,
  budget: checkBudget,
};

export interface PreflightInput {
  readonly clients: AwsClients;
  readonly graph: Assembly;
  /** Directory of the cloud assembly that the graph was read from. */
  readonly assembly: string;
  readonly design: Pick<Design, 'inputs' | 'region'>;
  readonly environment: Environment;
  /** The account that it must be, where somebody said so. */
  readonly account?: string;
  readonly machine: Machine;
  readonly now: Date;
}

/** In the order of `preflightChecks`. Never throws for what AWS refuses: that is a result, too. */
export async function runPreflight(input: PreflightInput): Promise<readonly PreflightResult[]> {
  const scene = sceneOf(input.graph, input.environment, input.design.region);
  const [identity, account] = await checkIdentity({ ...input, scene });
  const found = new Map<PreflightCheck, Awaited<ReturnType<Check>>>([['identity', identity]]);
  const others = preflightChecks.filter((name) => name !== 'identity');
  if (account === undefined) {
    for (const name of others) found.set(name, [finding('notLooked', 'unknown', {})]);
  } else {
    const deployed = readDeployed(input.clients, scene);
    // Told by each check that asks for it, and by nobody else.
    deployed.catch(() => {});
    const context = { ...input, scene, account, deployed };
    await Promise.all(
      others.map(async (name) => {
        const look = checks[name](context);
        found.set(name, await look.catch((error) => [finding('unread', 'unknown', { why: reasonOf(error) })]));
      }),
    );
  }
  return preflightChecks.flatMap((check) => (found.get(check) ?? []).map((each) => ({ ...each, check })));
}
