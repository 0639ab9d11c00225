// STK-1…8 besides their resources: that the stack exists, says what it is for, waits for no more than the document says, and stands in
// the file with the public outputs that the document names.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackName } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { stackId } from '../relations.ts';
import { foreignGroups } from './security-groups.ts';
import { stackRequirement, wantedStack } from './stack-resources.ts';

type WantedStack = NonNullable<ReturnType<typeof wantedStack>>;

/** Dependencies that the document leaves out and the platform cannot do without. */
const furtherDependencies: Readonly<Partial<Record<StackName, readonly StackName[]>>> = {
  ComputeStack: ['MessagingStack'],
  MonitoringStack: ['CacheStack', 'MessagingStack'],
};

const further = (name: StackName | undefined): readonly StackName[] =>
  name === undefined ? [] : (furtherDependencies[name] ?? []);

const aspects = ['', '.name', '.order'] as const;

export const stacks: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({ id: stackRequirement, path: `stacks.*${aspect}`, judge: onStackOf(judgeExistence) })),
  { id: stackRequirement, path: 'stacks.*.purpose', judge: onStackOf(judgePurpose) },
  {
    id: stackRequirement,
    path: 'stacks.*.dependsOn',
    deviation: (judgeCase) => (further(wantedStack(judgeCase)?.name).length > 0 ? adrs.stackOrder : undefined),
    judge: onStackOf(judgeDependencies),
  },
  { id: stackRequirement, path: 'stacks.*.file', judge: onStackOf(judgeFile) },
  { id: stackRequirement, path: 'stacks.*.outputs.*', judge: onStackOf(judgeOutput) },
  {
    id: stackRequirement,
    path: 'stacks.*.outputs',
    judge: () => ({ notJudged: 'each output has a line of its own; that there is none cannot be observed' }),
  },
];

function onStackOf(judge: (judgeCase: JudgeCase, wanted: WantedStack, id: string) => Finding) {
  return (judgeCase: JudgeCase): Finding => {
    const wanted = wantedStack(judgeCase);
    const id = stackId(judgeCase.environment, wanted?.name ?? '');
    if (wanted === undefined || !judgeCase.graph.stacks.some((stack) => stack.id === id))
      return [nothing(`a stack ${id}`)];
    return judge(judgeCase, wanted, id);
  };
}

/** The stack exists; and all security groups are SecurityStack's and the document's. */
function judgeExistence(judgeCase: JudgeCase, { name }: WantedStack, id: string): Finding {
  const { graph } = judgeCase;
  const exists = onStack(graph, id, '', id, id, true);
  if (name !== 'SecurityStack') return [exists];
  const foreign = foreignGroups(judgeCase);
  return [
    exists,
    ...foreign.map((group) => seen(graph, group, [], 'a further security group', 'none beyond the document', false)),
  ];
}

function judgePurpose({ graph }: JudgeCase, { purpose }: WantedStack, id: string): Finding {
  const description = graph.stacks.find((stack) => stack.id === id)?.description;
  return [onStack(graph, id, '/Description', description, purpose, description === purpose)];
}

function judgeDependencies({ graph, design, environment }: JudgeCase, wanted: WantedStack, id: string): Finding {
  const found = graph.stacks.find((stack) => stack.id === id)?.dependsOn ?? [];
  const others = design.stacks.filter(({ name }) => found.includes(stackId(environment, name))).map(({ name }) => name);
  const expected: readonly StackName[] = [...wanted.dependsOn, ...further(wanted.name)];
  const surplus = others.filter((name) => !expected.includes(name));
  return [onStack(graph, id, '', others, expected, surplus.length === 0)];
}

/** Claims about the source tree: observed there, and only when it is at hand. */
function sourceOf({ repository }: JudgeCase, { file }: WantedStack): { readonly file: string; readonly text?: string } {
  const place = join('infrastructure', file);
  const path = repository === undefined ? undefined : join(repository, place);
  return path !== undefined && existsSync(path) ? { file: place, text: readFileSync(path, 'utf8') } : { file: place };
}

const noTree = { notJudged: 'the source tree is not at hand' };

function judgeFile(judgeCase: JudgeCase, wanted: WantedStack, id: string): Finding {
  if (judgeCase.repository === undefined) return noTree;
  const { file, text } = sourceOf(judgeCase, wanted);
  return [inFile(id, file, text === undefined ? 'no such file' : 'exists', 'exists', text !== undefined)];
}

/** An output is a public property of the stack's class, as its source declares it. */
function judgeOutput(judgeCase: JudgeCase, wanted: WantedStack, id: string): Finding {
  if (judgeCase.repository === undefined) return noTree;
  const output = wanted.outputs[judgeCase.indices[1] ?? 0];
  const { file, text } = sourceOf(judgeCase, wanted);
  if (output === undefined || text === undefined) return [nothing(`${file} with ${output?.name ?? 'the output'}`, id)];
  const declared = new RegExp(`^ +readonly ${escaped(output.name)}\\??: *(.+?);`, 'm').exec(text)?.[1];
  const plain = declared?.replace(/^readonly /, '').replace(/^(\w+\.)+/, '');
  return [inFile(id, file, declared ?? 'not declared', output.type, plain === output.type)];
}

const escaped = (name: string) => name.replace(/[^\w]/g, '\\$&');

function inFile(stack: string, file: string, observed: string, expected: string, holds: boolean): Evidence {
  return {
    resource: stack,
    logicalId: '',
    stack,
    template: file,
    property: '',
    observed,
    expected,
    verdict: holds ? 'pass' : 'fail',
  };
}
