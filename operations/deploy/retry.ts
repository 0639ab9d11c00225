// Asks again what may be asked again: after throttling and lost connections with growing pauses, after expired credentials for as long as
// somebody may be signing in anew. Every question carries a token or changes nothing, so that asking twice does nothing twice.
import type { Clock } from '../../common/clock.ts';
import type { Words } from '../../design/messages/words.ts';
import type { CloudFormation } from './cloudformation.ts';
import { type AwsFault, type FaultKind, faultOf } from './fault.ts';

export interface RetryPolicy {
  readonly clock: Clock;
  /** How long each kind of fault may last before it is passed on; milliseconds. */
  readonly limits: Readonly<Record<Exclude<FaultKind, 'refused'>, number>>;
  readonly signal?: AbortSignal;
  /** Told once for each row of faults. */
  readonly tell: (kind: FaultKind, message: Words | string) => void;
}

const firstPause = 1_000;
const longestPause = 20_000;

/** @throws AwsFault when the policy allows no further try, or at once when AWS says no */
export async function withRetries<T>({ clock, limits, signal, tell }: RetryPolicy, ask: () => Promise<T>): Promise<T> {
  const begun = clock.now();
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await ask();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'refused' || signal?.aborted === true) throw fault;
      if (clock.now() - begun + pause > limits[fault.kind]) throw fault;
      if (pause === firstPause) tell(fault.kind, fault.said);
      await clock.sleep(pause, signal);
    }
  }
}

/** The port, asked again as the policy has it. */
export function retryingCloudFormation(port: CloudFormation, policy: RetryPolicy): CloudFormation {
  const again = <A extends readonly unknown[], T>(method: (...words: A) => Promise<T>) => {
    return (...words: A) => withRetries(policy, () => method(...words));
  };
  return {
    describe: again(port.describe),
    template: again(port.template),
    resources: again(port.resources),
    createChangeSet: again(port.createChangeSet),
    describeChangeSet: again(port.describeChangeSet),
    discard: again(port.discard),
    events: again(port.events),
    protect: again(port.protect),
    execute: (...words) => once(policy, () => port.execute(...words)),
    delete: (...words) => once(policy, () => port.delete(...words)),
  };
}

/** Asks for what must be begun once. When the first question arrived after all, and only its answer was lost, the second one is refused. */
async function once(policy: RetryPolicy, ask: () => Promise<void>): Promise<void> {
  let asked = 0;
  await withRetries(policy, async () => {
    asked++;
    try {
      await ask();
    } catch (error) {
      const fault = faultOf(error);
      if (!(asked > 1 && isBegun(fault))) throw fault;
    }
  });
}

/** Either may come: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
const isBegun = ({ code }: AwsFault): boolean => /^(InvalidChangeSetStatus|TokenAlreadyExists)/.test(code);
