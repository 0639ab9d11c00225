// From what a build knows to what the page shows. Nothing here looks at a disk or a clock: the same build gives the same page.

import type { Assembly } from '../../assembly/graph.ts';
import { environmentName, productionOf } from '../../design/environments.ts';
import type { Line } from '../../design/lines.ts';
import type { Language } from '../../design/problem.ts';
import type { Design, Environment } from '../../design/schema.ts';
import type { CostProblem } from '../cost/problem.ts';
import type { CostEntry } from '../cost/report.ts';
import type { Scenario } from '../cost/scenarios/scenarios.ts';
import type { CriterionVerdict } from '../judges/judge-criteria.ts';
import type { StatementVerdict } from '../judges/judge-statements.ts';
import type { Simulation } from '../simulation/simulate-environment.ts';
import { alarmRows } from './data/alarms.ts';
import { reportCost } from './data/cost.ts';
import { type DecisionFile, reportDecisions } from './data/decisions.ts';
import { differencesOf } from './data/differences.ts';
import { evidenceTable } from './data/evidence.ts';
import { reportCriteria, reportLines } from './data/lines.ts';
import { reportRecovery } from './data/recovery.ts';
import { reportRuns } from './data/runs.ts';
import { groupMatrices } from './data/security-groups.ts';
import type { Architecture, EnvironmentOverview, ReportData } from './report-data.ts';

export interface ReportInput {
  readonly graph: Assembly;
  readonly design: Design;
  readonly lines: readonly Line[];
  /** File name of the document, and the language it is written in. */
  readonly source: string;
  readonly language: Language;
  readonly environments: readonly EnvironmentOverview[];
  readonly findings: ReportData['findings'];
  readonly statements: readonly StatementVerdict[];
  readonly criteria: readonly CriterionVerdict[];
  readonly simulation: readonly Simulation[];
  readonly cost: readonly CostEntry[];
  readonly costProblems: readonly CostProblem[];
  readonly scenarios: readonly Scenario[];
  readonly architecture: readonly Architecture[];
  /** A template as it was parsed, by its file name; `undefined` for what is no template. */
  readonly templateOf: (file: string) => unknown;
  readonly decisions: readonly DecisionFile[];
  /** The results of loads and drills as they were parsed, and the hash of the templates of an environment. */
  readonly results: readonly unknown[];
  readonly templateHashOf: (environment: Environment) => string;
}

export function makeReport(input: ReportInput): ReportData {
  const { graph, design, lines, language, source } = input;
  const names: readonly Environment[] = input.environments.map(({ name }) => name);
  const table = evidenceTable(graph, input.templateOf);
  const criteria = reportCriteria(input.criteria, table);
  const documented = reportLines(lines, input.statements, criteria, table);
  const { id, feature, title, version, created, region } = design;
  return {
    design: { id, feature, title, version, created, source, region, language },
    environments: input.environments,
    environmentNames: Object.fromEntries(
      design.environments.map((environment) => [
        environment.key,
        { en: environmentName(environment, 'en'), ja: environmentName(environment, 'ja') },
      ]),
    ),
    production: productionOf(design),
    findings: input.findings.map(({ rule, description, resource }) => ({ rule, description, resource })),
    texts: table.texts,
    resources: table.resources,
    evidence: table.rows,
    lines: documented,
    criteria,
    decisions: reportDecisions(documented, criteria, input.decisions),
    architecture: input.architecture,
    securityGroups: groupMatrices(graph, design, names),
    alarms: alarmRows(graph, design, input.statements, names),
    scaling: input.simulation,
    runs: reportRuns(input.results, names, input.templateHashOf),
    recovery: reportRecovery(design, input.results, input.templateHashOf),
    cost: reportCost(input.cost, input.costProblems, input.scenarios, design),
    differences: differencesOf(graph, names),
  };
}
