// Claims about a design whose environments have names of their own: all but the reader take them as they are. The design is the
// project's own with `prod` for production, `qa` for staging, and no development.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../assembly/read-assembly.ts';
import type { Line } from '../design/lines.ts';
import { readDesign } from '../design/read-design.ts';
import { type Design, designSchema, type PerEnvironment } from '../design/schema.ts';
import { writeDocument } from '../proof/document/write-document.ts';
import { architectures } from '../proof/report/diagram/architecture.ts';
import { buildDocument } from './lib/build/build-document.ts';
import { surroundings } from './lib/document/documented.ts';
import { ownDocument } from './testing/variations.ts';

const workshop = mkdtempSync(join(tmpdir(), 'hashira-environments-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

/** By the names of the form. */
const names: Readonly<Record<string, string>> = { production: 'prod', staging: 'qa' };

const renamed = <T>(values: PerEnvironment<T>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([old, key]) => {
      const value = values[old];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

function otherDesign({ backup, cost, inputs, ...design }: Design): Design {
  const { aurora, s3, cache } = backup;
  const costs = renamed(cost.environments);
  const terms = Object.values(costs).map(({ monthly }) => monthly);
  const total = Math.round(terms.reduce((sum, term) => sum + term, 0) * cost.yearly.months * 100) / 100;
  return designSchema.parse({
    ...design,
    inputs: { ...inputs, ...(inputs.budget && { budget: renamed(inputs.budget) }) },
    environments: design.environments.flatMap(({ key, ...environment }) => {
      const other = names[key];
      return other === undefined ? [] : [{ ...environment, key: other }];
    }),
    logs: renamed(design.logs),
    workingHours: renamed(design.workingHours),
    multiAz: renamed(design.multiAz),
    sizes: renamed(design.sizes),
    backup: {
      aurora: { ...aurora, retentionDays: renamed(aurora.retentionDays), copyTo: renamed(aurora.copyTo) },
      s3: { ...s3, replicateTo: renamed(s3.replicateTo) },
      ...(cache && { cache: { ...cache, retentionDays: renamed(cache.retentionDays) } }),
    },
    cost: { ...cost, environments: costs, yearly: { ...cost.yearly, terms, total } },
    deployment: JSON.parse(
      JSON.stringify(design.deployment).replaceAll('Production', 'Prod').replaceAll('Staging', 'Qa'),
    ),
  });
}

const otherPath = (path: string): string =>
  path
    .split('.')
    .map((part) => names[part] ?? part)
    .join('.');

const otherLines = (lines: readonly Line[]): readonly Line[] =>
  lines.map(({ statements, ...line }) => ({
    ...line,
    statements: statements
      .map(({ path, environments, ...statement }) => ({
        ...statement,
        path: otherPath(path),
        environments: environments.flatMap((environment) => names[environment] ?? []),
      }))
      .filter(({ environments }) => environments.length > 0),
  }));

const own = readDesign(ownDocument);
if (own.design === undefined) throw new Error("the project's own document is refused");
const design = otherDesign(own.design);
const lines = otherLines(own.lines);
const build = async (
  name: string,
  read: Pick<Parameters<typeof buildDocument>[0], 'design' | 'lines' | 'environments'>,
) => (await buildDocument({ ...read, validation: false, outdir: join(workshop, name) })).result;
const ours = await build('ours', { design: own.design, lines: own.lines, environments: Object.keys(names) });
const theirs = await build('theirs', { design, lines, environments: Object.values(names) });

describe('environments called `prod` and `qa`', () => {
  test('have stacks of these names, as many as under the names of the form', () => {
    const [prod = [], qa = []] = theirs.environments.map(({ stacks }) => stacks.map(({ id }) => id));
    expect(prod).toEqual(expect.arrayContaining(['ProdNetworkStack', 'ProdStandbyNetworkStack', 'ProdRecoveryStack']));
    expect(qa).toContain('QaNetworkStack');
    expect(qa.filter((id) => !id.startsWith('Qa'))).toEqual([]);
    expect(theirs.environments.map(({ stacks }) => stacks.length)).toEqual(
      ours.environments.map(({ stacks }) => stacks.length),
    );
  });

  test('get the same verdict on every line and criterion', () => {
    const verdicts = ({ statements, criteria }: typeof ours, nameOf: (word: string) => string) => [
      ...statements.map((one) => [one.line, otherPath(one.path), nameOf(one.environment), one.verdict].join(' ')),
      ...criteria.map((one) => [one.id, nameOf(one.environment), one.verdict, one.deviation].join(' ')),
    ];
    const inOurs = verdicts(ours, (name) => names[name] ?? name);
    expect(verdicts(theirs, (name) => name)).toEqual(inOurs);
    expect(inOurs.length).toBeGreaterThan(500);
  });

  test('cost the same', () => {
    const costs = ({ cost }: typeof ours) => cost.map(({ monthly, budget, lines }) => [monthly, budget, lines.length]);
    expect(costs(theirs)).toEqual(costs(ours));
    expect(theirs.costProblems).toEqual([]);
  });

  test('are documented and drawn', async () => {
    const graph = readAssembly(join(workshop, 'theirs'));
    const { statements, criteria } = theirs;
    const input = { content: ownDocument, design, lines, statements, criteria, graph, ...surroundings() };
    const { denied } = writeDocument({ ...input, lang: 'ja' });
    expect(denied.map(({ line }) => line)).toEqual([]);
    const drawn = await architectures(graph, design, Object.values(names));
    expect(drawn.map(({ environment }) => environment)).toEqual(['prod', 'qa']);
  });
});
