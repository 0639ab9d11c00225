// Drills at the press of a button: one at a time, each with its last result kept to be shown.

import type { Words } from '../design/messages/words.ts';
import { reasonsOf } from '../design/refusal.ts';
import type { CriterionResult } from './criterion-result.ts';
import { type Disturbance, disturbancesOf, type MachineSeen, undisturbed, watchMachine } from './disturbance.ts';
import {
  type DrillReport,
  type DrillResult,
  type DrillStep,
  missingFaults,
  type Progress,
  runDrill,
} from './drills/drill.ts';
import { type DrillName, drillNames } from './drills/drill-names.ts';
import { drills } from './drills/drills.ts';
import { type LocalRunLock, localRunLock, whileHeld } from './run-lock.ts';
import type { Target } from './target.ts';

interface DrillState {
  readonly name: DrillName;
  /** Whether the target can do it. */
  readonly able: boolean;
  /** While it runs. */
  readonly step?: DrillStep;
  readonly progress?: Progress;
  /** Seconds that it may take, where those are minutes by its nature. */
  readonly lasts?: number;
  /** What a command is running against the platform, so that no drill can begin. */
  readonly busy?: string;
  /** Of the last run. */
  readonly result?: DrillResult;
  readonly criteria?: readonly CriterionResult[];
  readonly failure?: Words;
  /** Whether the machine disturbed it, so that it judges nothing. */
  readonly disturbed?: boolean;
}

/** What came of a drill, with what the machine was like. */
export interface ObservedDrillReport extends DrillReport {
  readonly machine: MachineSeen;
  readonly disturbed: readonly Disturbance[];
}

export interface DrillRunner {
  states(): readonly DrillState[];
  /** Begins a drill and does not wait for it. */
  start(name: string): 'started' | 'busy' | 'unknown' | 'unable';
}

/** `keep` is told of each drill that has ended; `turn` is shared with whoever else runs something here. */
export function drillRunner(
  target: Target,
  keep: (report: ObservedDrillReport) => void,
  { run = runDrill, turn = localRunLock() }: { readonly run?: typeof runDrill; readonly turn?: LocalRunLock } = {},
): DrillRunner {
  const last = new Map<DrillName, Pick<DrillState, 'result' | 'criteria' | 'failure' | 'disturbed'>>();
  let running: { readonly name: DrillName; step: DrillStep; progress?: Progress } | undefined;
  const able = (name: DrillName) => missingFaults(drills[name], target).length === 0;

  async function begin(name: DrillName): Promise<void> {
    const tell = (step: DrillStep, progress?: Progress) => {
      running = { name, step, progress };
    };
    tell('calm');
    try {
      const { done, machine } = await watchMachine(() => run(target, drills[name], { tell }));
      const disturbed = disturbancesOf(machine);
      const report = { ...done, criteria: undisturbed(done.criteria, disturbed), machine, disturbed };
      last.set(name, { result: report.result, criteria: report.criteria, disturbed: disturbed.length > 0 });
      keep(report);
    } catch (error) {
      last.set(name, { failure: reasonsOf(error) });
    } finally {
      running = undefined;
    }
  }

  function stateOf(name: DrillName): DrillState {
    const { lasts } = drills[name];
    const busy = running === undefined ? turn.holder() : undefined;
    return {
      name,
      able: able(name),
      ...(lasts === undefined ? {} : { lasts: lasts(target).seconds }),
      ...last.get(name),
      ...(busy === undefined ? {} : { busy }),
      ...(running?.name === name ? running : {}),
    };
  }

  return {
    states: () => drillNames.map(stateOf),
    start(asked) {
      const name = drillNames.find((one) => one === asked);
      if (name === undefined) return 'unknown';
      if (!able(name)) return 'unable';
      const taken = turn.take(`drill ${name}`, process.pid);
      if ('busy' in taken) return 'busy';
      void whileHeld(turn, taken.ticket, () => begin(name));
      return 'started';
    },
  };
}
