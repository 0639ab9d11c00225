// The document's own amounts of the groups of costs.
import type { DocumentReport } from '../../cost/report.ts';

/** USD a month by the group's name; production's only, the others have none. */
export const statedGroups = (document: DocumentReport | null): ReadonlyMap<string, number> =>
  new Map(
    document?.totals
      .filter(({ path }) => /^cost\.groups\.\d+\.total$/.test(path))
      .map(({ what, stated }) => [what, stated]),
  );
