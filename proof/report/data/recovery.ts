// What the document promises of a region's failure, and what the last drill has shown of it.

import { z } from 'zod';
import { productionOf } from '../../../design/environments.ts';
import { type Design, type Environment, environmentKey } from '../../../design/schema.ts';
import type { RecoverySummary, RegionDrillSummary } from '../report-data.ts';

/** What `hashira drill region` writes, as far as the page shows it. */
const drillFile = z.object({
  environment: environmentKey,
  target: z.string(),
  templateHash: z.string(),
  kind: z.literal('drill-region'),
  speed: z.number().positive().default(1),
  /** One that the machine disturbed shows nothing. */
  disturbed: z.array(z.unknown()).max(0).default([]),
  onAws: z.object({ seconds: z.number(), unknown: z.array(z.string()) }).optional(),
  result: z.object({
    rpoMs: z.number(),
    lostOrders: z.number(),
    rtoMs: z.number().nullable(),
    steps: z.array(z.object({ name: z.string(), ms: z.number().nonnegative() })),
  }),
});

/**
 * `null` for a document without a second region.
 * @param files results of drills as they were parsed; anything that is no drill of a region's failure is passed over
 * @param hashOf hash of the templates of an environment that the report is about
 */
export function reportRecovery(
  design: Design,
  files: readonly unknown[],
  hashOf: (environment: Environment) => string,
): RecoverySummary | null {
  if (design.recovery === undefined) return null;
  const { strategy, region, rpoSeconds, rtoSeconds } = design.recovery;
  const steps = design.recovery.steps.map(({ title, details }) => ({
    title,
    details: details.map(({ text }) => text),
  }));
  const production = productionOf(design);
  const drill = drillIn(files, production, () => hashOf(production));
  return { strategy, from: design.region, to: region, rpoSeconds, rtoSeconds, steps, drill };
}

function drillIn(files: readonly unknown[], environment: Environment, hash: () => string): RegionDrillSummary | null {
  const data = files.map((file) => drillFile.safeParse(file).data).find((found) => found?.environment === environment);
  if (data === undefined) return null;
  const { rpoMs, rtoMs, lostOrders, steps } = data.result;
  const { target, speed, onAws, templateHash } = data;
  const current = templateHash === hash();
  return { target, speed, current, onAws, rpoMs, rtoMs, lostOrders, steps };
}
