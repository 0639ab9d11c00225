// The main job, without words: from a design to a cloud assembly on disk and a verdict on every statement.
import { isOfEnvironment, placesOf } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { environmentKeys } from '../../../design/environments.ts';
import type { Line } from '../../../design/lines.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { createApp, type Finding, synthesize } from '../../../infrastructure/lib/app.ts';
import { buildPlatform } from '../../../infrastructure/lib/platform.ts';
import type { CostProblem } from '../../../proof/cost/problem.ts';
import { type CostEntry, costReport } from '../../../proof/cost/report.ts';
import type { CriterionJudge } from '../../../proof/judges/criteria/criterion.ts';
import { type CriterionVerdict, judgeCriteria } from '../../../proof/judges/criteria/judge-criteria.ts';
import { judgeStatements, type StatementVerdict } from '../../../proof/judges/judge-statements.ts';
import { type Simulation, simulateEnvironment } from '../../../proof/simulation/simulate-environment.ts';
import { runtimeOf } from '../criteria/runtime.ts';
import { root } from '../root.ts';

export interface BuildInput {
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly environments: readonly Environment[];
  /** Whether the schema validator and cdk-nag run. */
  readonly validation: boolean;
  /** Where the cloud assembly goes. */
  readonly outdir: string;
  /** Where `runtime/` with the results of load and drills lies, if there are any. */
  readonly results?: string;
  /** Judges of criteria of the team's own. */
  readonly judges?: readonly CriterionJudge[];
}

export interface BuildResult {
  readonly environments: readonly {
    name: Environment;
    stacks: readonly { id: string; region: string; resources: number }[];
  }[];
  /** What the validator and cdk-nag found and nobody acknowledged. */
  readonly findings: readonly Finding[];
  /** On every statement but the criteria, which have a list of their own. */
  readonly statements: readonly StatementVerdict[];
  readonly criteria: readonly CriterionVerdict[];
  /** How many tasks there would be under traffic that varies. */
  readonly simulation: readonly Simulation[];
  /** What each environment costs a month; empty when something has no price, which `costProblems` names. */
  readonly cost: readonly CostEntry[];
  readonly costProblems: readonly CostProblem[];
}

/** Synthesizes the environments and judges the templates as they lie on disk. */
export async function buildDocument(input: BuildInput): Promise<BuildResult> {
  const app = createApp({ outdir: input.outdir, validation: input.validation });
  buildPlatform(app, input.design, { environments: input.environments });
  const { findings } = synthesize(app);
  const graph = readAssembly(input.outdir);
  const known = environmentKeys(input.design);
  const { cost, problems: costProblems } = costReport({ ...input, graph });
  const criteria = await judgeCriteria({
    ...input,
    graph,
    runtimeOf: runtimeOf(graph, input.outdir, input.results),
    further: input.judges ?? [],
  });
  return {
    environments: input.environments.map((name) => ({ name, stacks: stacksOf(graph, name, known) })),
    findings,
    statements: judgeStatements({
      graph,
      design: input.design,
      lines: input.lines,
      environments: input.environments,
      repository: root,
    }).filter(({ path }) => !path.startsWith('criteria.')),
    criteria,
    simulation: input.environments.flatMap((environment) =>
      simulateEnvironment(placesOf(graph, environment, input.design.region, known).graph, input.design, environment),
    ),
    cost,
    costProblems,
  };
}

function stacksOf(
  graph: Assembly,
  environment: Environment,
  known: readonly Environment[],
): BuildResult['environments'][number]['stacks'] {
  return graph.stacks.filter(isOfEnvironment(environment, known)).map(({ id, region }) => ({
    id,
    region,
    resources: graph.resources.filter(({ stack, type }) => stack === id && type !== 'AWS::CDK::Metadata').length,
  }));
}
