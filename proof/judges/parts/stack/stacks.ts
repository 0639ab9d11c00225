// STK-1…8 besides their resources: that the stack exists, says what it is for, waits for what the document says, and stands in the
// file with the public outputs that the document names.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foreignRules, namelessGroups } from '../../../../assembly/questions/security-groups.ts';
import { stackId } from '../../../../design/stack-names.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on, onFile, onStack } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/stacks.ts';
import { foreignGroups } from '../security-group/security-groups.ts';
import { stackRequirement, wantedStack } from './stack-resources.ts';

type WantedStack = NonNullable<ReturnType<typeof wantedStack>>;

/** Dependencies that the document leaves out and the platform cannot do without. */
const furtherDependencies: Readonly<Record<string, readonly string[]>> = {
  ComputeStack: ['MessagingStack'],
  MonitoringStack: ['CacheStack', 'MessagingStack'],
};

const further = (name: string | undefined): readonly string[] =>
  name === undefined ? [] : (furtherDependencies[name] ?? []);

const aspects = ['', '.name', '.order'] as const;

export const stacks: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({ id: stackRequirement, path: `stacks.*${aspect}`, judge: onStackOf(judgeExistence) })),
  { id: stackRequirement, path: 'stacks.*.purpose', judge: onStackOf(judgePurpose) },
  {
    id: stackRequirement,
    path: 'stacks.*.dependsOn',
    deviation: (judgeCase) => (departs(judgeCase) ? adrs.stackOrder : undefined),
    judge: onStackOf(judgeDependencies),
  },
  { id: stackRequirement, path: 'stacks.*.file', ofFiles: true, judge: onStackOf(judgeFile) },
  { id: stackRequirement, path: 'stacks.*.outputs.*', ofFiles: true, judge: onStackOf(judgeOutput) },
  {
    id: stackRequirement,
    path: 'stacks.*.outputs',
    judge: () => ({ notJudged: said.noPlaceForNone }),
  },
];

function onStackOf(judge: (judgeCase: StatementCase, wanted: WantedStack, id: string) => Finding) {
  return (judgeCase: StatementCase): Finding => {
    const wanted = wantedStack(judgeCase);
    const id = stackId(judgeCase.environment, wanted?.name ?? '');
    if (wanted === undefined || !judgeCase.graph.stacks.some((stack) => stack.id === id))
      return [missing(parts.stackOf({ id }))];
    return judge(judgeCase, wanted, id);
  };
}

/** The stack exists; and all security groups, and all rules, are SecurityStack's and the document's. */
function judgeExistence(judgeCase: StatementCase, { name }: WantedStack, id: string): Finding {
  const { graph } = judgeCase;
  const exists = onStack(id, '', true, { expected: id, observed: id });
  if (name !== 'SecurityStack') return [exists];
  return [
    exists,
    ...foreignRules(graph).map((rule) => on(rule).property('GroupId').holds(false, { expected: said.groupOfDocument })),
    ...foreignGroups(judgeCase).map((group) =>
      on(group).holds(namelessGroups(graph).includes(group) ? undefined : false, {
        expected: said.noFurtherGroup,
        observed: said.furtherGroup,
      }),
    ),
  ];
}

function judgePurpose({ graph }: StatementCase, { purpose }: WantedStack, id: string): Finding {
  const description = graph.stacks.find((stack) => stack.id === id)?.description;
  return [onStack(id, '/Description', description === purpose, { expected: purpose, observed: description })];
}

/** It waits for each stack of its line, if only by way of another, and for none beyond it but those that it cannot do without. */
function judgeDependencies(judgeCase: StatementCase, wanted: WantedStack, id: string): Finding {
  const others = waitsFor(judgeCase, wanted.name);
  const allowed: readonly string[] = [...wanted.dependsOn, ...further(wanted.name)];
  const surplus = others.some((name) => !allowed.includes(name));
  const reached = reachedFrom(judgeCase, wanted.name);
  const isWhole = wanted.dependsOn.every((name) => reached.has(name));
  return [onStack(id, '', isWhole && !surplus, { expected: wanted.dependsOn, observed: others })];
}

/** Stacks of the document that a stack waits for itself. */
function waitsFor({ graph, design, environment }: StatementCase, name: string): readonly string[] {
  const found = graph.stacks.find(({ id }) => id === stackId(environment, name))?.dependsOn ?? [];
  return design.stacks.map((stack) => stack.name).filter((other) => found.includes(stackId(environment, other)));
}

/** All that a stack waits for, directly or by way of others. */
function reachedFrom(judgeCase: StatementCase, name: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...waitsFor(judgeCase, name)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...waitsFor(judgeCase, next));
  }
  return reached;
}

/** Whether the stack waits for one that its line leaves out: a document that names it itself is carried out as it stands. */
function departs(judgeCase: StatementCase): boolean {
  const wanted = wantedStack(judgeCase);
  if (wanted === undefined) return false;
  return waitsFor(judgeCase, wanted.name).some((name) => !wanted.dependsOn.includes(name));
}

/** Claims about the source tree: observed there, and only when it is at hand. */
function sourceOf(
  { repository }: StatementCase,
  { file }: WantedStack,
): { readonly file: string; readonly text?: string } {
  const place = join('infrastructure', file);
  const path = repository === undefined ? undefined : join(repository, place);
  return path !== undefined && existsSync(path) ? { file: place, text: readFileSync(path, 'utf8') } : { file: place };
}

const noTree = { notJudged: parts.noSourceTree };

function judgeFile(judgeCase: StatementCase, wanted: WantedStack, id: string): Finding {
  if (judgeCase.repository === undefined) return noTree;
  const { file, text } = sourceOf(judgeCase, wanted);
  const observed = text === undefined ? parts.noSuchFile : parts.fileIsThere;
  return [onFile(file, text !== undefined, { expected: parts.fileIsThere, observed }, id)];
}

/** An output is a public property of the stack's class, as its source declares it. */
function judgeOutput(judgeCase: StatementCase, wanted: WantedStack, id: string): Finding {
  if (judgeCase.repository === undefined) return noTree;
  const output = wanted.outputs[judgeCase.indices[1] ?? 0];
  const { file, text } = sourceOf(judgeCase, wanted);
  if (output === undefined || text === undefined)
    return [missing(said.outputIn({ file, output: output?.name ?? '' }), id)];
  // What the constructor takes is declared above the class, and is no output.
  const body = text.slice(text.search(/^export class /m));
  const declared = new RegExp(`^ +readonly ${escaped(output.name)}\\??: *(.+?);`, 'm').exec(body)?.[1];
  const plain = declared?.replace(/^readonly /, '').replace(/^(\w+\.)+/, '');
  return [onFile(file, plain === output.type, { expected: output.type, observed: declared ?? said.notDeclared }, id)];
}

const escaped = (name: string) => name.replace(/[^\w]/g, '\\$&');
