// Drills at the press of a button: one at a time, each with its last result kept to be shown.
import type { CriterionResult } from './criterion-result.ts';
import {
  type DrillName,
  type DrillReport,
  type DrillResult,
  type DrillStep,
  drillNames,
  missingFaults,
  runDrill,
} from './drills/drill.ts';
import { drills } from './drills/drills.ts';
import type { Target } from './target.ts';

interface BoardEntry {
  readonly name: DrillName;
  /** Whether the target can do it. */
  readonly able: boolean;
  /** While it runs. */
  readonly step?: DrillStep;
  /** Of the last run. */
  readonly result?: DrillResult;
  readonly criteria?: readonly CriterionResult[];
  readonly failure?: string;
}

export interface Board {
  states(): readonly BoardEntry[];
  /** Begins a drill and does not wait for it. */
  start(name: string): 'started' | 'busy' | 'unknown' | 'unable';
}

/** `keep` is told of each drill that has ended. */
export function drillBoard(
  target: Target,
  keep: (report: DrillReport) => void,
  run: typeof runDrill = runDrill,
): Board {
  const last = new Map<DrillName, Pick<BoardEntry, 'result' | 'criteria' | 'failure'>>();
  let running: { readonly name: DrillName; step: DrillStep } | undefined;
  const able = (name: DrillName) => missingFaults(drills[name], target).length === 0;

  async function begin(name: DrillName): Promise<void> {
    const now = { name, step: 'calm' as DrillStep };
    running = now;
    const tell = (step: DrillStep) => {
      now.step = step;
    };
    try {
      const report = await run(target, drills[name], { tell });
      last.set(name, { result: report.result, criteria: report.criteria });
      keep(report);
    } catch (error) {
      last.set(name, { failure: error instanceof Error ? error.message : String(error) });
    } finally {
      running = undefined;
    }
  }

  return {
    states: () =>
      drillNames.map((name) => ({
        name,
        able: able(name),
        ...last.get(name),
        ...(running?.name === name ? { step: running.step } : {}),
      })),
    start(asked) {
      const name = drillNames.find((one) => one === asked);
      if (name === undefined) return 'unknown';
      if (!able(name)) return 'unable';
      if (running !== undefined) return 'busy';
      void begin(name);
      return 'started';
    },
  };
}
