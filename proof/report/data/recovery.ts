// What the document promises of a region's failure, and what the last drill has shown of it.
import { z } from 'zod';
import type { Design } from '../../../design/schema.ts';
import type { Drill, Recovery } from '../report-data.ts';

/** What `hashira drill region` writes, as far as the page shows it. */
const drillFile = z.object({
  environment: z.literal('production'),
  target: z.string(),
  templateHash: z.string(),
  kind: z.literal('drill-region'),
  speed: z.number().positive().default(1),
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
 * @param file the drill's result as it was parsed; anything else counts as no drill
 * @param hash of the templates that the report is about
 */
export function reportRecovery(design: Design, file: unknown, hash: string): Recovery | null {
  if (design.recovery === undefined) return null;
  const { strategy, region, rpoSeconds, rtoSeconds, steps } = design.recovery;
  return { strategy, from: design.region, to: region, rpoSeconds, rtoSeconds, steps, drill: drillIn(file, hash) };
}

function drillIn(file: unknown, hash: string): Drill | null {
  const { data } = drillFile.safeParse(file);
  if (data === undefined) return null;
  const { rpoMs, rtoMs, lostOrders, steps } = data.result;
  const { target, speed, onAws, templateHash } = data;
  const current = templateHash === hash;
  return { target, speed, current, ...(onAws === undefined ? {} : { onAws }), rpoMs, rtoMs, lostOrders, steps };
}
