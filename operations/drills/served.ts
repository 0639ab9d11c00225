// When customers are served again after the loss of a region, by their orders; and why that cannot be said, where it cannot.
import { tenths } from '../percentile.ts';
import type { OpenWrite, Outcome, Traffic } from '../traffic.ts';

/** Times in milliseconds since the loss. */
export type NoRto =
  | { readonly why: 'undetected' | 'stopped' }
  /** No order that was begun after the loss was ever accepted. */
  | { readonly why: 'none-accepted'; readonly waitedMs: number }
  /** Orders were accepted, but until the end new ones failed at their first try too: how many did lately, the last one when. */
  | {
      readonly why: 'not-steady';
      readonly waitedMs: number;
      readonly failedLately: number;
      readonly lastFailedMs: number;
    };

/** An order that somebody places; `ended` is absent while it has no answer that ends it. */
export type Write = OpenWrite & Partial<Pick<Outcome, 'ended' | 'ok'>>;

export const writesOf = (traffic: Traffic): readonly Write[] => [
  ...traffic.outcomes.filter(({ kind }) => kind === 'write'),
  ...traffic.open(),
];

/**
 * From when on new orders were taken at once: the moment from which, for `steady` milliseconds, each order that was due was accepted at its
 * first try. `undefined` while that is not so, or not known of one of them. Only orders count: who reads one that was lost gets no answer
 * ever again.
 */
export function servedAt(writes: readonly Write[], lost: number, steady: number): number | undefined {
  const since = writes.filter(({ ended = Number.POSITIVE_INFINITY }) => ended >= lost);
  const first = Math.min(
    ...since.flatMap(({ ok, due, ended }) => (ok === true && due >= lost && ended !== undefined ? [ended] : [])),
  );
  if (!Number.isFinite(first)) return undefined;
  const at = Math.max(first, ...since.filter(({ failures }) => failures > 0).map(({ due }) => due));
  const taken = ({ ended, ok, failures }: Write) => ended !== undefined && ok === true && failures === 0;
  const isSteady = since.filter(({ due, failures }) => due >= at && due <= at + steady && failures === 0).every(taken);
  // Nothing is known of a time in which nobody ordered.
  return isSteady && since.some((write) => write.due >= at + steady && taken(write)) ? at : undefined;
}

/** When the last of those who had been waiting had theirs, or gave up. */
export function allServed(outcomes: readonly Outcome[], lost: number, served: number): number {
  const waited = outcomes.filter(
    ({ kind, failures, due, ended }) => kind === 'write' && failures > 0 && ended >= lost && due <= served,
  );
  return Math.max(served, ...waited.map(({ ended }) => ended));
}

/** Milliseconds: how long ago counts as lately where the reason is told. */
const lately = 10_000;

interface Missed {
  /** Whether the state machine came to its end. */
  readonly run: { readonly ok: boolean };
  /** On the clock of `performance.now()`, as all moments here. */
  readonly detected: number | undefined;
  readonly served: number | undefined;
  readonly writes: readonly Write[];
  readonly lost: number;
}

export function whyNot({ detected, run, served, writes, lost }: Missed): NoRto | undefined {
  if (!run.ok) return { why: 'stopped' };
  if (detected === undefined) return { why: 'undetected' };
  if (served !== undefined) return undefined;
  const now = performance.now();
  const waitedMs = tenths(now - lost);
  if (!writes.some(({ ok, due }) => ok === true && due >= lost)) return { why: 'none-accepted', waitedMs };
  const failed = writes.filter(({ failures, due }) => failures > 0 && due >= lost).map(({ due }) => due);
  const failedLately = failed.filter((due) => due >= now - lately).length;
  return { why: 'not-steady', waitedMs, failedLately, lastFailedMs: tenths(Math.max(lost, ...failed) - lost) };
}
