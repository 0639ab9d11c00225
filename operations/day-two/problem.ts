// What can be wrong with a command of day 2 before anything was done, as data: the words are the command's, in either language.

/** By kind: what a sentence about it needs. */
export interface DayTwoFacts {
  readonly noEnvironment: { readonly environment: string };
  readonly noSuchRegion: { readonly region: string; readonly regions: readonly string[] };
  readonly nothingDeployed: { readonly environment: string };
  readonly notDeployed: { readonly key: string };
  readonly noSuchQueue: { readonly asked: string; readonly queues: readonly string[] };
  readonly nothingToRetryInto: { readonly queue: string };
  readonly alreadyMoving: { readonly queue: string };
  readonly justPurged: { readonly queue: string };
  readonly noSuchSecret: { readonly asked: string; readonly secrets: readonly string[] };
  readonly notRotating: { readonly secret: string };
  readonly rotationBehind: { readonly secret: string };
  readonly stackBusy: { readonly stack: string; readonly status: string };
  readonly noScaling: { readonly environment: string };
  readonly badScale: { readonly minimum: number; readonly maximum: number };
  readonly noWorkingHours: { readonly environment: string };
  readonly tooSlow: { readonly what: string; readonly minutes: number };
  readonly failed: { readonly what: string; readonly reason: string };
}

export type DayTwoKind = keyof DayTwoFacts;

export class DayTwoProblem<K extends DayTwoKind = DayTwoKind> extends Error {
  readonly kind: K;
  readonly facts: DayTwoFacts[K];
  constructor(kind: K, facts: DayTwoFacts[K]) {
    super(`${kind} ${JSON.stringify(facts)}`);
    this.name = 'DayTwoProblem';
    this.kind = kind;
    this.facts = facts;
  }
}

export const dayTwoProblem = <K extends DayTwoKind>(kind: K, facts: DayTwoFacts[K]): DayTwoProblem<K> =>
  new DayTwoProblem(kind, facts);
