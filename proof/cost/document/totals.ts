// The document's totals made again: from the amounts it states, and from the products that those amounts should be.
import { environmentKeys, perEnvironment, shareOf } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import { cents } from '../money.ts';
import type { BesideLine } from './beside.ts';

export interface Total {
  /** The document's own name. */
  readonly what: string;
  readonly path: string;
  /** USD, as the document states it. */
  readonly stated: number;
  /** From the amounts of its own lines. */
  readonly fromAmounts: number;
  /** From its own figures multiplied, line by line, nothing rounded. */
  readonly fromFigures: number;
}

/** Groups, the month, each environment, the year, and what is left after savings, in the document's order. */
export function totalsOf(design: Design, beside: readonly BesideLine[]): readonly Total[] {
  const { cost } = design;
  const products = new Map(beside.map(({ path, product, stated }) => [path, product ?? stated ?? 0]));
  const groups = cost.groups.map((group, g): Total => {
    const lines = group.services.flatMap(({ lines: found }, s) =>
      found.map((line, l) => ({ line, path: `cost.groups.${g}.services.${s}.lines.${l}` })),
    );
    return {
      what: group.name,
      path: `cost.groups.${g}.total`,
      stated: group.total,
      fromAmounts: sum(lines.map(({ line }) => line.total)),
      fromFigures: sum(lines.map(({ path, line }) => products.get(path) ?? line.total)),
    };
  });
  const month = {
    fromAmounts: sum(groups.map(({ fromAmounts }) => fromAmounts)),
    fromFigures: sum(groups.map(({ fromFigures }) => fromFigures)),
  };
  const environments = environmentKeys(design).map((name): Total => {
    const share = shareOf(design, name);
    return {
      what: name,
      path: `cost.environments.${name}.monthly`,
      stated: perEnvironment(cost.environments, name).monthly,
      fromAmounts: sum([month.fromAmounts * share]),
      fromFigures: sum([month.fromFigures * share]),
    };
  });
  const year: Total = {
    what: 'year',
    path: 'cost.yearly',
    stated: cost.yearly.total,
    fromAmounts: sum(environments.map(({ fromAmounts }) => fromAmounts * cost.yearly.months)),
    fromFigures: sum(environments.map(({ fromFigures }) => fromFigures * cost.yearly.months)),
  };
  return [...groups, { what: 'month', path: 'cost.total', stated: cost.total, ...month }, ...environments, year];
}

const sum = (values: readonly number[]) => cents(values.reduce((total, value) => total + value, 0));
