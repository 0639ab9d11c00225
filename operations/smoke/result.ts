// What the smoke test can find, as data; the sentences are the command's (cli/lib/checks/messages.ts).
import type { Words } from '../../design/messages/words.ts';
export const smokeChecks = [
  'edge',
  'tls',
  'balancer',
  'order',
  'database',
  'cache',
  'queue',
  'receipt',
  'logs',
  'alarms',
  'protection',
  'traces',
] as const;
export type SmokeCheck = (typeof smokeChecks)[number];

/**
 * `warn`: not so yet, and it comes by itself; `not-here`: such a platform has no such thing to look at, which is not the same as well; `unknown`: it could not be found out.
 */
export type SmokeVerdict = 'ok' | 'warn' | 'fail' | 'not-here' | 'unknown';

type Nothing = Readonly<Record<never, never>>;

/** Every finding, with its facts. */
export interface SmokeFindings {
  readonly throughEdge: { readonly url: string };
  readonly notThroughEdge: { readonly url: string };
  readonly walkedRound: { readonly origin: string; readonly status: number };

  readonly tlsOffered: { readonly host: string; readonly refused: string; readonly accepted: string };
  readonly tlsTooOld: { readonly host: string; readonly version: string };
  readonly tlsMissing: { readonly host: string; readonly version: string; readonly why: Words | string };
  readonly tlsUntold: { readonly host: string; readonly version: string; readonly why: Words | string };
  readonly notEncrypted: { readonly url: string };

  readonly tasksInTraffic: { readonly tasks: number; readonly minimum: number };
  readonly tooFewTasks: { readonly tasks: number; readonly minimum: number };
  readonly notReady: { readonly status: number; readonly body: string };

  readonly orderAccepted: { readonly id: string };
  readonly orderRefused: { readonly status: number; readonly body: string };

  readonly orderListed: { readonly members: number };
  readonly orderNotListed: { readonly status: number };
  readonly notWell: { readonly members: string };

  readonly cacheHit: Nothing;
  readonly cacheNotUsed: { readonly said: string };

  readonly orderFulfilled: { readonly seconds: number };
  readonly orderNotFulfilled: { readonly said: string; readonly seconds: number };
  readonly lettersDied: { readonly queue: string; readonly before: number; readonly after: number };

  readonly receiptThere: Nothing;
  readonly receiptMissing: { readonly status: number; readonly seconds: number };

  readonly logsThere: { readonly groups: number; readonly written: number };
  readonly logGroupsMissing: { readonly names: string };
  readonly otherRetention: { readonly names: string };
  readonly noLines: { readonly names: string; readonly seconds: number };

  readonly alarmsWell: { readonly alarms: number };
  readonly alarmsMissing: { readonly names: string };
  readonly alarmsRinging: { readonly names: string };
  readonly alarmsWithoutData: { readonly names: string; readonly alarms: number };

  readonly protectionOn: { readonly things: number };
  readonly protectionToCome: { readonly names: string; readonly next: string };
  readonly protectionOff: {
    readonly name: string;
    readonly region: string;
    /** When its schedule calls next; `null`: there is none. */
    readonly next: string | null;
    readonly command: string;
    readonly schedule: string;
  };
  readonly protectedMissing: { readonly names: string };

  readonly traceArrived: { readonly id: string; readonly segments: string };
  readonly traceNotArrived: { readonly id: string; readonly seconds: number };

  /** There is no such part here. */
  readonly notHere: Nothing;
  /** An earlier step of the order's way failed. */
  readonly notReached: Nothing;
  readonly unread: { readonly why: Words | string };
}

export type SmokeFinding<K extends keyof SmokeFindings = keyof SmokeFindings> = {
  readonly [P in K]: { readonly is: P; readonly verdict: SmokeVerdict; readonly facts: SmokeFindings[P] };
}[K];

export type SmokeResult = SmokeFinding & { readonly check: SmokeCheck };

export const finding = <K extends keyof SmokeFindings>(
  is: K,
  verdict: SmokeVerdict,
  facts: SmokeFindings[K],
): { readonly is: K; readonly verdict: SmokeVerdict; readonly facts: SmokeFindings[K] } => ({ is, verdict, facts });

export const notHere = finding('notHere', 'not-here', {});
