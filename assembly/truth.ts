// Truths of which some are not known. `undefined` is a truth that the templates do not settle; it is never taken for false.

export type Truth = boolean | undefined;

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

/** True when all are; false as soon as one is. */
export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** True as soon as one is; false when all are. */
export const any = (truths: readonly Truth[]): Truth => not(all(truths.map(not)));

/** Of what was not found: false, unless it may be there all the same. */
export const unknownIf = (mayBe: boolean): Truth => (mayBe ? undefined : false);

/** Those of which something holds, and those of which the templates do not say whether it does. */
export function sift<T>(
  candidates: readonly T[],
  holds: (candidate: T) => Truth,
): { readonly found: readonly T[]; readonly possible: readonly T[] } {
  const byTruth = Map.groupBy(candidates, holds);
  return { found: byTruth.get(true) ?? [], possible: byTruth.get(undefined) ?? [] };
}
