// The main job, without words: from a design to a cloud assembly on disk and a verdict on every statement.
import { dirname } from 'node:path';
import { graphsOfEnvironment, isOfEnvironment } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { environmentKeys } from '../../../design/environments.ts';
import type { Line } from '../../../design/lines.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { createApp, type NagFinding, synthesize } from '../../../infrastructure/lib/app.ts';
import { buildPlatform } from '../../../infrastructure/lib/platform.ts';
import {
  type SchemaValidation,
  type SeenTemplates,
  startSchemaValidator,
} from '../../../infrastructure/lib/schema-validation/validate-templates.ts';
import type { CostProblem } from '../../../proof/cost/problem.ts';
import { type CostEntry, costReport } from '../../../proof/cost/report.ts';
import type { CriterionJudge } from '../../../proof/judges/criterion.ts';
import { type CriterionVerdict, judgeCriteria } from '../../../proof/judges/judge-criteria.ts';
import { judgeStatements, type StatementVerdict } from '../../../proof/judges/judge-statements.ts';
import { type BuiltBeyond, builtBeyond } from '../../../proof/judges/parts/stack/built.ts';
import { type Simulation, simulateEnvironment } from '../../../proof/simulation/simulate-environment.ts';
import { runtimeOf } from '../criteria/runtime.ts';
import { root } from '../root.ts';

export interface BuildInput {
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly environments: readonly Environment[];
  /** Whether the schema validator and cdk-nag run. */
  readonly validation: boolean;
  /** What the schema validator need not look at again; absent: it looks at every template. */
  readonly seen?: SeenTemplates | undefined;
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
  readonly findings: readonly NagFinding[];
  /** On every statement but the criteria, which have a list of their own. */
  readonly statements: readonly StatementVerdict[];
  readonly criteria: readonly CriterionVerdict[];
  /** What the stacks have beyond their lines. */
  readonly beyond: readonly BuiltBeyond[];
  /** How many tasks there would be under traffic that varies. */
  readonly simulation: readonly Simulation[];
  /** What each environment costs a month; empty when something has no price, which `costProblems` names. */
  readonly cost: readonly CostEntry[];
  readonly costProblems: readonly CostProblem[];
}

/** How many templates the schema validator looked at, and how many of them it had seen. */
export type Validated = Omit<SchemaValidation, 'findings'>;

/** What is known of the templates before the schema validator has looked at them. */
export type JudgedDocument = Omit<BuildResult, 'findings'>;

interface BuiltDocument<Drawn> {
  readonly result: BuildResult;
  /** The templates, as they were judged. */
  readonly graph: Assembly;
  /** What `draw` gave. */
  readonly drawn: Drawn;
  /** What the schema validator looked at; absent where nothing was validated. */
  readonly validated: Validated | undefined;
}

/**
 * Synthesizes the environments, and judges the templates as they lie on disk while the schema validator looks at them.
 * @param draw what else can be done meanwhile
 */
export async function buildDocument<Drawn = undefined>(
  input: BuildInput,
  draw?: (graph: Assembly, judged: JudgedDocument) => Promise<Drawn>,
): Promise<BuiltDocument<Drawn | undefined>> {
  const app = createApp({ outdir: input.outdir, validation: input.validation, schemaValidator: false });
  buildPlatform(app, input.design, { environments: input.environments });
  const validator = input.validation ? startSchemaValidator(app, dirname(input.outdir), input.seen) : undefined;
  try {
    const { findings, templates } = synthesize(app);
    const validation = validator?.validate(templates);
    // It may be over before anybody waits for it.
    validation?.catch(() => undefined);
    const graph = readAssembly(input.outdir);
    const judged = await judge(input, graph);
    const drawn = await draw?.(graph, judged);
    const validated = await validation;
    return {
      result: { ...judged, findings: [...findings, ...(validated?.findings ?? [])] },
      graph,
      drawn,
      validated: validated && { templates: validated.templates, seen: validated.seen },
    };
  } finally {
    validator?.close();
  }
}

async function judge(input: BuildInput, graph: Assembly): Promise<JudgedDocument> {
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
    statements: judgeStatements({
      graph,
      design: input.design,
      lines: input.lines,
      environments: input.environments,
      repository: root,
    }).filter(({ path }) => !path.startsWith('criteria.')),
    criteria,
    beyond: builtBeyond(graph, input.design, input.environments),
    simulation: input.environments.flatMap((environment) =>
      simulateEnvironment(
        graphsOfEnvironment(graph, environment, input.design.region, known).graph,
        input.design,
        environment,
      ),
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
