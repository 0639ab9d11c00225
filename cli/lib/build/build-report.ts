// The shape of build.json, which the command writes and the summary prints.

import type { Assumption } from '../../../design/assumptions.ts';
import type { lineCounts } from '../print.ts';
import type { BuildResult } from './build-document.ts';

/** What `build.json` holds. */
export interface BuildReport extends BuildResult {
  readonly design: { readonly id: string; readonly feature: string; readonly version: string; readonly source: string };
  readonly lines: ReturnType<typeof lineCounts>;
  /** What the design has that no line states. */
  readonly assumptions: readonly Assumption[];
  /** Files of judges that came with the working directory and were not run. */
  readonly judgesNotRun: readonly string[];
  readonly problems: readonly { line: number; text: string; message: string; forgiven: boolean }[];
}
