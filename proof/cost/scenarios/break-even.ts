// From where on a scenario pays: the figure of use at which it costs as much as the platform as designed.

import { committedPrices, findPrice } from '../../../aws/prices/price-table.ts';
import { monthHours } from '../../../aws/schedule.ts';
import { zonesOfTier } from '../../../design/parts.ts';
import { type EstimateInput, estimate } from '../estimate.ts';
import type { CostLine } from '../lines.ts';
import { type Usage, usageOf } from '../usage/usage.ts';
import { ioOptimized } from './changes.ts';
import { type Sentence, sentences } from './sentences.ts';

/** I/O-Optimized costs more for instances and storage and nothing for I/O: it pays from so many I/Os a month on. */
export function ioBreakEven(input: EstimateInput): Sentence | undefined {
  // Writes are a part of the I/Os where nobody states them; they must not vanish with them.
  const databaseWrites = usageFor(input).read('databaseWrites');
  const without = estimate({ ...input, overrides: { ...input.overrides, databaseIos: 0, databaseWrites } }).estimate;
  const optimized = estimate(ioOptimized(input)).estimate;
  const io = listed(input, 'aurora.io');
  if (without === undefined || optimized === undefined || io === undefined) return undefined;
  return sentences.ioBreakEven(Math.round((optimized.monthly - without.monthly) / io));
}

/** Serverless pays below so many ACU on average: as many as the instance's hour buys. */
export function acuBreakEven(input: EstimateInput, lines: readonly CostLine[]): Sentence | undefined {
  const instance = lines.find(({ item }) => item.startsWith('aurora.instance.'));
  const acu = listed(input, 'aurora.serverless.acu-hour');
  if (instance === undefined || acu === undefined) return undefined;
  return sentences.acuBreakEven(Math.round((instance.unitPrice / acu) * 100) / 100);
}

/** Interface endpoints cost by the hour and save the difference between two prices for a GB. */
export function endpointBreakEven(input: EstimateInput): Sentence | undefined {
  const { design } = input;
  const [hour, through, beside] = ['endpoint.hour', 'nat.gb', 'endpoint.gb'].map((item) => listed(input, item));
  if (design === undefined || hour === undefined || through === undefined || beside === undefined) return undefined;
  const monthly =
    design.network.interfaceEndpoints.services.length * zonesOfTier(design, 'private').length * hour * monthHours;
  return through > beside && monthly > 0
    ? sentences.endpointBreakEven(Math.round(monthly / (through - beside)))
    : undefined;
}

/** USD for a single thing at home. */
function listed({ prices = committedPrices, design, graph }: EstimateInput, item: string): number | undefined {
  const price = findPrice(prices, design?.region ?? graph.stacks[0]?.region ?? '', item);
  const first = price?.tiers[0]?.price;
  return price === undefined || first === undefined ? undefined : first / price.per;
}

/** The figures of use that an estimate would read. */
export function usageFor({ design, overrides, environment }: EstimateInput): Usage {
  return usageOf({
    environment,
    stopsAtNight: false,
    design,
    overrides,
  });
}
