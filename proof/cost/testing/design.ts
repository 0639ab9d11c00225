// A design with an estimate, for tests: the example design, its cost section filled with figures of its own.
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design } from '../../../design/schema.ts';
import type { DocumentLine } from '../../../design/words/cost-lines.ts';

type Factor = readonly [value: number, unit: string];

export const costLine = (label: string, total: number, ...factors: readonly Factor[]): DocumentLine => ({
  label,
  total,
  factors: factors.map(([value, unit]) => ({ value, unit })),
});

const sum = (values: readonly number[]) => Math.round(values.reduce((total, value) => total + value, 0) * 100) / 100;

/** The design with these lines in its estimate, by group and service, its sums and totals right. */
export function designWith(
  groups: Readonly<Record<string, Readonly<Record<string, readonly DocumentLine[]>>>>,
  changes: Partial<Design> = {},
): Design {
  const made = Object.entries(groups).map(([name, services]) => {
    const listed = Object.entries(services).map(([service, lines]) => ({
      name: service,
      lines: [...lines],
      subtotal: sum(lines.map(({ total }) => total)),
    }));
    return { name, services: listed, total: sum(listed.map(({ subtotal }) => subtotal)) };
  });
  const total = sum(made.map((group) => group.total));
  const environment = (share: number) => ({ monthly: sum([total * share]), notes: [] });
  const environments = { production: environment(1), staging: environment(0.5), development: environment(0.25) };
  const terms = Object.values(environments).map(({ monthly }) => monthly);
  return {
    ...exampleDesign,
    inputs: { ...exampleDesign.inputs, architecture: 'x86_64' },
    cost: {
      groups: made,
      total,
      environments,
      yearly: { terms, months: 12, total: sum([sum(terms) * 12]) },
      savings: [],
    },
    ...changes,
  };
}
