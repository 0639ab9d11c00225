// What was observed of a running platform, kept beside the build that it was observed of: `DIR/runtime/<environment>-<kind>.json`. The
// judges of behaviour read these, and take no notice of one whose template hash is not that of the templates they judge.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CriterionResult } from './criterion-result.ts';
import type { Disturbance, MachineSeen } from './disturbance.ts';
import type { DrillResult } from './drills/drill.ts';
import type { DrillName } from './drills/drill-names.ts';
import type { RegionReport } from './drills/region.ts';
import type { RestoreResult } from './drills/restore.ts';
import type { LoadResult } from './load.ts';
import type { Extrapolation } from './recovery/extrapolate.ts';
import type { Target } from './target.ts';
import type { TaskCount } from './watch-tasks.ts';

interface Observed {
  readonly environment: Target['environment'];
  readonly target: Target['kind'];
  /** See assembly/template-hash.ts. */
  readonly templateHash: string;
  readonly criteria: readonly CriterionResult[];
  /** What the machine was like that measured it, and what of that disturbed it, so that it judges nothing. */
  readonly machine: MachineSeen;
  readonly disturbed: readonly Disturbance[];
}

/** A file of `DIR/runtime/`. */
export type RuntimeResult =
  | (Observed & { readonly kind: 'load'; readonly result: LoadResult })
  | (Observed & {
      readonly kind: `drill-${DrillName}`;
      readonly result: DrillResult;
      readonly tasks: readonly TaskCount[];
    })
  | (Observed & { readonly kind: 'drill-restore'; readonly result: RestoreResult })
  | (Observed &
      RegionReport & {
        readonly kind: 'drill-region';
        /** Health checks, alarms and pauses passed so many times faster than on AWS. */
        readonly speed: number;
        /** Whether there are no records that health checks could move, so that the drill moved the traffic. */
        readonly movedByHand: boolean;
        /** What the same steps would take on AWS: an extrapolation. */
        readonly onAws: Extrapolation;
      });

/** The last run takes the place of the one before, whole or not at all. Returns the file's name. */
export function writeRuntimeResult(directory: string, result: RuntimeResult): string {
  const folder = join(directory, 'runtime');
  if (!existsSync(folder)) mkdirSync(folder);
  const file = join(folder, `${result.environment}-${result.kind}.json`);
  // A name that nobody could have put a link in the place of.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(result, undefined, 2)}\n`, { flag: 'wx' });
  renameSync(draft, file);
  return file;
}

/** What every result says of where it was observed. */
export function observedOf({
  environment,
  kind,
  templateHash,
}: Target): Pick<Observed, 'environment' | 'target' | 'templateHash'> {
  return { environment, target: kind, templateHash };
}
