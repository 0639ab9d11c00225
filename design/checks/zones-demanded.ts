// AC-REL-1, AC-REL-2 and their like: a criterion that demands several availability zones, against a production that has one.
import { perEnvironment, productionOf } from '../environments.ts';
import type { LineLedger } from '../lines.ts';
import type { Criterion, Design } from '../schema.ts';

const zone = '(?:Availability Zone|アベイラビリティ\\s*ゾーン|AZ)';
const several = new RegExp(`複数の\\s*${zone}`, 'i');

/** How many zones a criterion asks for; undefined when it asks for none, or speaks of another environment. */
function zonesIn({ text }: Criterion): number | undefined {
  if (/開発環境|ステージング/.test(text)) return undefined;
  if (/Multi-?AZ|マルチ\s*AZ/i.test(text) || several.test(text)) return 2;
  const count = new RegExp(`(\\d+)\\s*つ(?:以上)?の\\s*${zone}`, 'i').exec(text)?.[1];
  return count === undefined || Number(count) < 2 ? undefined : Number(count);
}

/** Refuses each size of production that leaves no zone for what a criterion demands. */
export function checkZonesDemanded(design: Design, ledger: LineLedger): void {
  for (const [index, criterion] of design.criteria.entries()) {
    const zones = zonesIn(criterion);
    if (zones === undefined) continue;
    for (const { path, found, expected } of shortages(criterion, zones, design)) {
      const line = ledger.lineOf(`criteria.${index}`);
      ledger.refuse(ledger.lineOf(path), 'zones-demanded', { criterion: criterion.id, line, found, expected });
    }
  }
}

interface Shortage {
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

function shortages({ text }: Criterion, zones: number, design: Design): readonly Shortage[] {
  const production = productionOf(design);
  const { task, aurora, cache } = perEnvironment(design.sizes, production);
  const parts = [
    { speaks: /RDS|Aurora|データベース/i, what: 'RDS Aurora', path: 'aurora.instances', count: aurora.instances },
    { speaks: /ECS|Fargate|タスク/i, what: 'タスク', path: 'task.minimum', count: task.minimum },
    { speaks: /ElastiCache|Redis|キャッシュ/i, what: 'ElastiCache', path: 'cache.nodes', count: cache?.nodes ?? zones },
  ];
  const few = parts
    .filter(({ speaks, count }) => speaks.test(text) && count < zones)
    .map(({ what, path, count }) => ({
      path: `sizes.${production}.${path}`,
      found: `${what} × ${count}`,
      expected: `${what} × ${zones}`,
    }));
  const single = { path: `multiAz.${production}`, found: 'シングルAZ', expected: 'Multi-AZ' };
  return perEnvironment(design.multiAz, production) ? few : [single, ...few];
}
