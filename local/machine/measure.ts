// What was measured since somebody last looked: the sum, the number, the least and the greatest of values.

export interface Summary {
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Measure {
  add(value: number): void;
  /** What came since the last call; `undefined` when nothing did. */
  take(): Summary | undefined;
}

export function openMeasure(): Measure {
  let kept: Summary | undefined;
  return {
    add(value) {
      kept = {
        sum: (kept?.sum ?? 0) + value,
        count: (kept?.count ?? 0) + 1,
        minimum: Math.min(kept?.minimum ?? value, value),
        maximum: Math.max(kept?.maximum ?? value, value),
      };
    },
    take() {
      const taken = kept;
      kept = undefined;
      return taken;
    },
  };
}
