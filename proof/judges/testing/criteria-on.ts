// The criteria on templates as people write them, judged without a document as one environment.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inRegion } from '../../../assembly/environments.ts';
import { type ReadingOptions, readAssembly } from '../../../assembly/read-assembly.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import type { Verdict } from '../verdict.ts';
import { criterionLines, designWithCriteria } from './sentences.ts';

/** Files by name; a text alone is one template in YAML. */
export type Templates = string | Readonly<Record<string, string>>;

/** The verdict on each criterion. */
export async function criteriaOn(
  templates: Templates,
  reading: ReadingOptions = {},
): Promise<(id: string) => Verdict | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'hashira-criteria-'));
  try {
    const files = typeof templates === 'string' ? { 'template.yaml': templates } : templates;
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    const verdicts = await judgeCriteria({
      graph: readAssembly(directory, reading),
      design: designWithCriteria,
      lines: criterionLines,
      environments: ['production'],
      documented: false,
      graphsOfEnvironment: (graph, _, region) => ({ everywhere: graph, graph: inRegion(graph, region) }),
    });
    return (id) => verdicts.find((one) => one.id === id)?.verdict;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
