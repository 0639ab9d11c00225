// Two estimates side by side: what changes from the one to the other, by what is charged and by which resources.
import type { Environment } from '../../design/schema.ts';
import type { Estimate } from './estimate.ts';
import type { CostLine } from './lines.ts';
import { rounded } from './money.ts';

export interface CostChange {
  readonly environment: Environment;
  readonly item: string;
  readonly region: string;
  readonly type: string;
  /** Of the later estimate, or of the earlier for what is gone. */
  readonly resource: string;
  /** USD a month; 0 where there was none. */
  readonly before: number;
  readonly after: number;
}

/** Changed lines of an environment, the largest change first. */
export function changesBetween(before: Estimate, after: Estimate): readonly CostChange[] {
  const [old, fresh] = [keyed(before.lines), keyed(after.lines)];
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  return keys
    .flatMap((key): readonly CostChange[] => {
      const [was, is] = [old.get(key), fresh.get(key)];
      const line = is?.[0] ?? was?.[0];
      if (line === undefined) return [];
      const { item, region, type, resource } = line;
      const change = { environment: after.environment, item, region, type, resource, before: sum(was), after: sum(is) };
      return change.before === change.after ? [] : [change];
    })
    .toSorted((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}

/** Lines of one kind are compared as one, whatever tiers they reach into. */
const keyed = (lines: readonly CostLine[]) =>
  Map.groupBy(lines, ({ item, region, type, purpose = '', freeTier }) =>
    [item, region, type, purpose, freeTier].join(' '),
  );

const sum = (lines: readonly CostLine[] = []): number =>
  rounded(lines.reduce((total, { monthly }) => total + monthly, 0));
