// While the second region serves, or is about to, nothing is deployed (DR-8): what is changed then would be changed under its feet.
import type { DeployPorts } from './ports.ts';

/** What the ledger says: which region serves, and how far the last failover came. */
export interface FailoverState {
  readonly serving: string;
  readonly phase: string;
}

export class FailoverUnderWay extends Error {
  readonly state: FailoverState;

  constructor(state: FailoverState) {
    super(`${state.serving} serves, failover ${state.phase}`);
    this.name = 'FailoverUnderWay';
    this.state = state;
  }
}

/** @throws FailoverUnderWay; AwsFault where the ledger does not answer: no answer is no permission */
export async function refuseDuringFailover({ recovery }: Pick<DeployPorts, 'recovery'>): Promise<void> {
  const state = await recovery.state();
  if (state === undefined) return;
  const idle = state.serving === 'primary' && state.phase !== 'running' && state.phase !== 'stopped';
  if (!idle) throw new FailoverUnderWay(state);
}
