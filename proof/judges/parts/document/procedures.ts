// DEP-2, DEP-4, RBK-1, RBK-2: the commands of the document's procedures, as far as templates can tell: each stack that a command of the CDK
// names is built, and none is deployed before one that it waits for. Whether a person has looked is not for a template to say.
import { environmentKeys } from '../../../../design/environments.ts';
import { environmentNamedBy, stackId } from '../../../../design/stack-names.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, onStack } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/stacks.ts';

export const procedures: readonly StatementJudge[] = [
  {
    id: 'DEP-4',
    path: 'deployment.steps.*.commands.*',
    deviation: (judgeCase) => (departs(judgeCase) ? adrs.stackOrder : undefined),
    judge: (judgeCase) => judgeCommand(judgeCase, 'steps'),
  },
  { id: 'RBK-1', path: 'deployment.rollback.*.commands.*', judge: (judgeCase) => judgeCommand(judgeCase, 'rollback') },
];

type Part = 'steps' | 'rollback';

function judgeCommand(judgeCase: StatementCase, part: Part): Finding {
  const { design, everywhere, environment, indices } = judgeCase;
  const [step = 0, position = 0] = indices;
  const cdk = design.deployment[part][step]?.commands[position]?.cdk;
  if (cdk === undefined) return { notJudged: said.noCdkCommand };
  const own = cdk.stacks.filter((stack) => environmentNamedBy(stack, environmentKeys(design)) === environment);
  if (own.length === 0) {
    if (cdk.stacks.length > 0) return { notApplicable: said.otherEnvironment };
    const count = everywhere.stacks.length;
    return everywhere.stacks
      .slice(0, 1)
      .map(({ id }) => onStack(id, '', true, { expected: said.someStacks, observed: said.stacksCounted({ count }) }));
  }
  const earlier = earlierStacks(judgeCase, part, step, position);
  return own.flatMap((stack) => judgeStack(judgeCase, stack, cdk.verb === 'deploy' && part === 'steps' ? earlier : []));
}

/** The stack is built; where it is deployed in an order, what it waits for comes before it, as far as the order speaks of that. */
function judgeStack(judgeCase: StatementCase, name: string, earlier: readonly Earlier[]): readonly Observation[] {
  const { everywhere } = judgeCase;
  const stack = everywhere.stacks.find(({ id }) => id === name);
  if (stack === undefined) return [missing(parts.stackOf({ id: name }))];
  const built = onStack(name, '', true, { expected: said.isBuilt, observed: said.isBuilt });
  if (earlier.length === 0) return [built];
  const late = lateFor(judgeCase, name, earlier);
  const wrong = late.filter((one) => one.isDocumented).map(({ id }) => id);
  const taken = late.length > 0 ? said.takenAlong({ stacks: late.map(({ id }) => id) }) : said.noLaterStack;
  const observed = wrong.length > 0 ? wrong : taken;
  return [built, onStack(name, '', wrong.length === 0, { expected: said.noneLater, observed })];
}

/**
 * Stacks that come after one that waits for them. The CDK takes them along, so the order can be followed; but a document that lets the
 * one depend on the other itself contradicts itself.
 */
function lateFor({ design, everywhere, environment }: StatementCase, name: string, earlier: readonly Earlier[]) {
  const stack = everywhere.stacks.find(({ id }) => id === name);
  const own = design.stacks.find((one) => stackId(environment, one.name) === name);
  const documented = own?.dependsOn.map((other) => stackId(environment, other));
  return (stack?.dependsOn ?? [])
    .filter((other) => earlier.some(({ id, before }) => id === other && !before))
    .map((id) => ({ id, isDocumented: documented === undefined || documented.includes(id) }));
}

/** The decision that lets a stack wait for more than the document does, where the document's order shows it. */
function departs(judgeCase: StatementCase): boolean {
  const { design, environment, indices } = judgeCase;
  const [step = 0, position = 0] = indices;
  const cdk = design.deployment.steps[step]?.commands[position]?.cdk;
  if (cdk?.verb !== 'deploy') return false;
  const earlier = earlierStacks(judgeCase, 'steps', step, position);
  return cdk.stacks
    .filter((stack) => environmentNamedBy(stack, environmentKeys(design)) === environment)
    .some((stack) => lateFor(judgeCase, stack, earlier).some(({ isDocumented }) => !isDocumented));
}

interface Earlier {
  readonly id: string;
  /** Whether its command stands before the one that is judged. */
  readonly before: boolean;
}

/** The stacks that the same procedure deploys. */
function earlierStacks({ design }: StatementCase, part: Part, step: number, position: number): readonly Earlier[] {
  return design.deployment[part].flatMap(({ commands }, otherStep) =>
    commands.flatMap(({ cdk }, other) => {
      if (cdk?.verb !== 'deploy') return [];
      const before = otherStep < step || (otherStep === step && other < position);
      const same = otherStep === step && other === position;
      return same ? [] : cdk.stacks.map((id) => ({ id, before }));
    }),
  );
}
