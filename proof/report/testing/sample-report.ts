// A report of templates written by hand, judged as a build judges them.
import { buildGraph } from '../../../assembly/build-graph.ts';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../../design/schema.ts';
import { judgeCriteria } from '../../judges/judge-criteria.ts';
import { judgeStatements } from '../../judges/judge-statements.ts';
import { formLines } from '../../judges/testing/form-lines.ts';
import { sampleSources } from '../../judges/testing/sample-templates.ts';
import { makeReport, type ReportInput } from '../make-report.ts';
import type { ReportData } from '../report-data.ts';

export const sources = formEnvironments.flatMap((environment) => sampleSources(exampleDesign, environment));
export const graph = buildGraph(sources);
const lines = formLines(exampleDesign);
const input = { graph, design: exampleDesign, lines, environments: formEnvironments };

export async function sampleReport(changes: Partial<ReportInput> = {}): Promise<ReportData> {
  return makeReport({
    graph,
    design: exampleDesign,
    lines,
    source: 'design.md',
    language: 'ja',
    environments: formEnvironments.map((name) => ({ name, stacks: [] })),
    findings: [],
    statements: judgeStatements(input),
    criteria: await judgeCriteria(input),
    simulation: [],
    cost: [],
    costProblems: [],
    scenarios: [],
    architecture: [],
    templateOf: (file) => sources.find(({ templateFile }) => templateFile === file)?.template,
    decisions: [],
    results: [],
    templateHashOf: () => 'these',
    ...changes,
  });
}
