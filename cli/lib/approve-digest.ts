// How somebody approves what does not come back: by its digest, typed in part or given whole.
import type { DeployDependencies } from './deploy/deploy-surroundings.ts';
import { UsageError } from './usage-error.ts';

interface ApprovalMessages {
  readonly notApproved: string;
  readonly needsApproval: (command: string) => string;
  readonly otherDigest: (given: string, found: string) => string;
}

export interface ToApprove {
  readonly digest: string;
  readonly question: string;
  /** What was typed, without the option of approval. */
  readonly command: string;
}

/** @throws UsageError when exactly this is not approved */
export async function approveDigest(
  { digest, question, command }: ToApprove,
  given: string | undefined,
  { ask }: Pick<DeployDependencies, 'ask'>,
  signal: AbortSignal,
  say: ApprovalMessages,
): Promise<void> {
  if (given !== undefined) {
    if (given !== digest) throw new UsageError(say.otherDigest(given, digest));
    return;
  }
  if (ask === undefined) throw new UsageError(say.needsApproval(`${command} --approve ${digest}`));
  // A "yes" is typed before it is thought of: what does not come back wants the digest.
  const answer = (await ask(question, signal)).trim().toLowerCase();
  if (answer.length < 4 || !digest.startsWith(answer)) throw new UsageError(say.notApproved);
}
