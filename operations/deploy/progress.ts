// What a deployment tells while it runs; the command puts it into words.
import type { Words } from '../../design/messages/words.ts';
import type { FaultKind } from './fault.ts';

/** A resource that CloudFormation is busy with. */
export interface Busy {
  readonly logicalId: string;
  readonly type: string;
  /** E.g. `UPDATE_IN_PROGRESS`. */
  readonly status: string;
  /** Seconds so far. */
  readonly seconds: number;
}

export type Progress =
  | { readonly at: 'planning'; readonly stack: string }
  | { readonly at: 'publishing'; readonly stack: string }
  | { readonly at: 'wave'; readonly stacks: readonly string[] }
  | {
      readonly at: 'stack';
      readonly stack: string;
      readonly does: 'starts' | 'done' | 'unchanged' | 'failed' | 'restored';
    }
  | { readonly at: 'waiting'; readonly stack: string; readonly status: string; readonly busy: readonly Busy[] }
  | { readonly at: 'migrating' | 'smoke' | 'restoring' }
  | { readonly at: 'fault'; readonly kind: FaultKind; readonly message: Words | string };
