// `hashira preflight`: whether a deploy can begin. The list of checks, asked at once; one that cannot look says so and hides no other.

import { environmentGraphOf } from '../../assembly/environment-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { namedReasonsOf } from '../../design/refusal.ts';
import type { Design, Environment } from '../../design/schema.ts';
import type { AwsClients } from '../aws/clients.ts';
import { readDeployed } from '../aws/deployed.ts';
import { checkBackup } from './backup.ts';
import { checkBootstrap } from './bootstrap.ts';
import { checkBudget } from './budget.ts';
import type { Check, Context, Machine } from './context.ts';
import { checkDatabase } from './database.ts';
import { checkDomain } from './domain.ts';
import { checkIdentity } from './identity.ts';
import { checkImage } from './image.ts';
import { checkOptIn } from './opt-in.ts';
import { checkQuotas } from './quotas.ts';
import { finding, type PreflightCheck, type PreflightResult, preflightChecks } from './result.ts';
import { checkRoles } from './roles.ts';
import { checkStacks } from './stacks.ts';

const checks: Readonly<Record<Exclude<PreflightCheck, 'identity'>, Check>> = {
  bootstrap: checkBootstrap,
  roles: checkRoles,
  stacks: checkStacks,
  quotas: checkQuotas,
  domain: checkDomain,
  image: checkImage,
  database: checkDatabase,
  backup: checkBackup,
  'opt-in': checkOptIn,
  budget: checkBudget,
};

export interface PreflightInput {
  readonly clients: AwsClients;
  readonly graph: Assembly;
  /** Directory of the cloud assembly that the graph was read from. */
  readonly assembly: string;
  readonly design: Pick<Design, 'inputs' | 'region' | 'environments'>;
  readonly environment: Environment;
  /** The account that it must be, where somebody said so. */
  readonly account?: string;
  readonly machine: Machine;
  readonly now: Date;
  readonly makesRoles?: boolean;
}

/** In the order of `preflightChecks`. Never throws for what AWS refuses: that is a result, too. */
export async function runPreflight(input: PreflightInput): Promise<readonly PreflightResult[]> {
  const environmentGraph = environmentGraphOf(input.graph, input.environment, input.design.region);
  const [identity, account] = await checkIdentity({ ...input, environmentGraph });
  const others = preflightChecks.filter((name) => name !== 'identity');
  return [
    ...identity.map((each) => ({ ...each, check: 'identity' as const })),
    ...(account === undefined
      ? others.map((check) => ({ ...finding('notLooked', 'unknown', {}), check }))
      : await look(others, { ...input, environmentGraph, account })),
  ];
}

/**
 * What a deployment would come to grief over on its way, and its plan cannot know. Whoever deploys is signed in to the right account
 * already.
 */
export async function runRefusing(
  input: PreflightInput & { readonly account: string },
): Promise<readonly PreflightResult[]> {
  const environmentGraph = environmentGraphOf(input.graph, input.environment, input.design.region);
  const withData = new Set(
    ['AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster']
      .flatMap((type) => environmentGraph.all(type))
      .map(({ stack }) => stack),
  );
  return look(['roles', 'database'], {
    ...input,
    environmentGraph: { ...environmentGraph, stacks: environmentGraph.stacks.filter(({ id }) => withData.has(id)) },
  });
}

async function look(
  names: readonly (keyof typeof checks)[],
  input: Omit<Context, 'deployed'>,
): Promise<readonly PreflightResult[]> {
  const deployed = readDeployed(input.clients, input.environmentGraph);
  // Told by each check that asks for it, and by nobody else.
  deployed.catch(() => {});
  const found = await Promise.all(
    names.map(async (check) => {
      const findings = checks[check]({ ...input, deployed });
      const said = await findings.catch((error) => [finding('unread', 'unknown', { why: namedReasonsOf(error) })]);
      return said.map((each) => ({ ...each, check }));
    }),
  );
  return found.flat();
}
