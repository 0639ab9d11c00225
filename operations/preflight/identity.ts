// Who is signed in, and whether it is to the right account. The document gives no account numbers; it says whether the environments share
// one account or have each its own (INP-1), and a number can be given beside it.

import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { namedReasonOf } from '../../common/reason.ts';
import { environmentKeys } from '../../design/environments.ts';
import type { Environment } from '../../design/schema.ts';
import { environmentPrefix, stackId } from '../../design/stack-names.ts';
import { accessProblemOf } from '../aws/access-problem.ts';
import { describeStack } from '../aws/deployed.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

interface IdentityContext extends Pick<Context, 'clients' | 'environmentGraph' | 'design'> {
  readonly account?: string;
}

/** The findings, and the account's number; without one nothing else can be asked. */
export async function checkIdentity(
  asked: IdentityContext,
): Promise<readonly [findings: readonly PreflightFinding[], account: string | undefined]> {
  const { clients, environmentGraph } = asked;
  const signedIn = await clients
    .identity(environmentGraph.home)
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => accessProblemOf(error) ?? { kind: null, why: namedReasonOf(error) });
  if ('kind' in signedIn) return [[finding('notSignedIn', 'fail', signedIn)], undefined];
  const { Account: account = '', Arn: arn = '' } = signedIn;
  if (asked.account !== undefined && asked.account !== account)
    return [[finding('otherAccount', 'fail', { account, expected: asked.account })], undefined];
  const neighbour = asked.design.inputs.accounts === 'each' ? await neighbourIn(asked).catch(namedReasonOf) : undefined;
  if (typeof neighbour === 'string') return [[finding('unread', 'unknown', { why: neighbour })], account];
  const findings =
    neighbour === undefined
      ? [finding('signedIn', 'ok', { account, arn })]
      : [finding('sharedAccount', 'fail', { account, ...neighbour })];
  return [arn.endsWith(':root') ? [...findings, finding('rootUser', 'warn', { account })] : findings, account];
}

/** A stack of another environment in this account, found by the name that ours has here. */
async function neighbourIn({
  clients,
  design,
  environmentGraph,
}: IdentityContext): Promise<{ readonly environment: Environment; readonly stack: string } | undefined> {
  const first = environmentGraph.stacks.find(({ region }) => region === environmentGraph.home);
  if (first === undefined) return undefined;
  const name = first.id.slice(environmentPrefix(environmentGraph.environment).length);
  for (const environment of environmentKeys(design).filter((other) => other !== environmentGraph.environment)) {
    const stack = stackId(environment, name);
    if ((await describeStack(clients, stack, environmentGraph.home)) !== undefined) return { environment, stack };
  }
  return undefined;
}
