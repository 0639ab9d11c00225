// Reads the stacks (STK-1…8): their order, what each is for, holds, hands on and waits for, and the file that it stands in.
import { stackNames, stackNeeds } from '../catalogue/stack-needs.ts';
import { neededAlways } from '../implications.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import type { Design } from '../schema.ts';
import { sectionTitles } from '../section-titles.ts';
import type { Section } from '../sections.ts';
import { isLabelled } from '../vocabulary.ts';
import { readResourceLine } from '../words/resource-line.ts';
import { readBlocks, readRows, refuseTheRest, refuseTwice, sameLabel } from './blocks.ts';
import { offered } from './nearest.ts';
import { isNone, readList, setAside, unlessRefused } from './parts.ts';

type Stack = Design['stacks'][number];

/** The stacks; undefined when something was refused. Only CacheStack may be absent, when the platform has no cache. */
export function readStacks(section: Section, ledger: LineLedger): Design['stacks'] | undefined {
  return unlessRefused(ledger, () => {
    const blocks = readBlocks(section, ledger);
    const root = blocks.find(({ key }) => isLabelled(key, 'スタック構成'));
    if (root !== undefined) ledger.mark(root.line, 'heading');
    const nodes = root?.children ?? blocks;
    const stacks = readInOrder(nodes, ledger);
    refuseTheRest(blocks, ledger, '1. NetworkStack: 目的, リソース, 出力, 依存, ファイル');
    // A heading that was refused may be the stack that is missing.
    if (section.blocks.length > 0 && stacks.length === nodes.length) {
      refuseMissing(stacks, root?.line ?? section.line, ledger);
      refuseBadDependencies(stacks, ledger);
    }
    return stacks;
  });
}

function readInOrder(nodes: readonly OutlineNode[], ledger: LineLedger): Stack[] {
  const lines = new Map<string, number>();
  return nodes.flatMap((node, index) => {
    const head = readHead(node, ledger);
    const earlier = head === undefined ? undefined : lines.get(head.name);
    if (head !== undefined && earlier !== undefined) refuseTwice(ledger, head.name, node.line, earlier);
    if (head === undefined || earlier !== undefined) {
      setAside(node, ledger);
      return [];
    }
    lines.set(head.name, node.line);
    if (head.order !== index + 1) ledger.refuse(node.line, 'step-order', { found: head.order, expected: index + 1 });
    return [readStack(node, head, index, ledger)];
  });
}

/** `1. NetworkStack:`. The number is read from the line, since an outline has none. */
function readHead(node: OutlineNode, ledger: LineLedger): Pick<Stack, 'order' | 'name'> | undefined {
  const match = /^\s*(?<order>\d{1,9})[.)]\s*(?<words>[^:\s](?:[^:]*[^:\s])?)\s*:$/.exec(
    ledger.line(node.line).plain,
  )?.groups;
  const words = match?.words;
  if (words === undefined) {
    ledger.unknown(node.line, '1. NetworkStack:');
    return undefined;
  }
  const name = stackNames.find((known) => sameLabel(known, words));
  if (name === undefined)
    ledger.refuse(node.line, 'unknown-name', { found: words, nearest: offered(words, stackNames) });
  return name === undefined ? undefined : { order: Number(match?.order), name };
}

function readStack(node: OutlineNode, head: Pick<Stack, 'order' | 'name'>, index: number, ledger: LineLedger): Stack {
  const path = `stacks.${index}`;
  ledger.state(node.line, 'input', `${path}.name`);
  const rows = readRows(node.children, node.line, ledger, ['リソース', '出力', '依存'], ['目的', 'ファイル']);
  return {
    ...head,
    purpose: readPurpose(rows.目的, head.name, `${path}.purpose`, ledger),
    resources: readResources(rows.リソース, `${path}.resources`, ledger),
    outputs: readOutputs(rows.出力, `${path}.outputs`, ledger),
    dependsOn: readDependencies(rows.依存, `${path}.dependsOn`, ledger),
    file: readFile(rows.ファイル, head.name, `${path}.file`, ledger),
  };
}

function readPurpose(row: OutlineNode | undefined, stack: string, path: string, ledger: LineLedger): string {
  if (row === undefined) return assumed(stack, `目的: ${stack}`, path, ledger);
  if (row.value === '') ledger.unknown(row.line, '目的: …');
  else ledger.state(row.line, 'input', path);
  return row.value;
}

function readResources(row: OutlineNode | undefined, path: string, ledger: LineLedger): Stack['resources'] {
  if (row === undefined) return [];
  if (row.value !== '' || row.children.length === 0) ledger.unknown(row.line, 'リソース: - VPC (10.0.0.0/16)');
  else ledger.mark(row.line, 'heading');
  return row.children.map(({ line, text }, index) => {
    ledger.state(line, 'claim', `${path}.${index}`);
    return readResourceLine(text);
  });
}

function readOutputs(row: OutlineNode | undefined, path: string, ledger: LineLedger): Stack['outputs'] {
  if (row === undefined) return [];
  if (isNone(row.value) && row.children.length === 0) ledger.state(row.line, 'claim', path);
  else if (row.value !== '' || row.children.length === 0) ledger.unknown(row.line, '出力: なし, 出力: - vpc: IVpc');
  else ledger.mark(row.line, 'heading');
  const lines = new Map<string, number>();
  return row.children.flatMap(({ line, key: name, value: type }, index) => {
    const earlier = lines.get(name);
    if (earlier !== undefined) refuseTwice(ledger, name, line, earlier);
    if (earlier !== undefined || !/^[a-z]\w*$/i.test(name) || !/^[A-Za-z]\w*(\[\])?$/.test(type)) return [];
    lines.set(name, line);
    ledger.state(line, 'claim', `${path}.${index}`);
    return [{ name, type }];
  });
}

function readDependencies(row: OutlineNode | undefined, path: string, ledger: LineLedger): string[] {
  if (row === undefined) return [];
  if (row.value === '') ledger.unknown(row.line, '依存: なし, 依存: NetworkStack, SecurityStack');
  else ledger.state(row.line, 'claim', path);
  if (row.value === '' || isNone(row.value)) return [];
  const names: string[] = [];
  for (const words of readList(row.value)) {
    const name = stackNames.find((known) => sameLabel(known, words));
    if (name === undefined) {
      ledger.refuse(row.line, 'unknown-name', { found: words, nearest: offered(words, stackNames) });
    } else if (names.includes(name)) refuseTwice(ledger, name, row.line, row.line);
    else names.push(name);
  }
  return names;
}

/** A path below `infrastructure/`, and not out of it. */
function readFile(row: OutlineNode | undefined, stack: string, path: string, ledger: LineLedger): string {
  if (row === undefined) {
    const file = `lib/stacks/${stack.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.ts`;
    return assumed(file, `ファイル: ${file}`, path, ledger);
  }
  const steps = row.value.split('/');
  if (/^[\w.-]+(\/[\w.-]+)*\.ts$/.test(row.value) && !steps.includes('..')) ledger.state(row.line, 'claim', path);
  else ledger.unknown(row.line, 'ファイル: lib/stacks/network-stack.ts');
  return row.value;
}

/** What a stack's name says where no row does. */
function assumed(value: string, sentence: string, attribute: string, ledger: LineLedger): string {
  ledger.assume({ attribute, value, why: 'from-the-name', section: sectionTitles.stacks, sentence });
  return value;
}

function refuseMissing(stacks: readonly Stack[], line: number, ledger: LineLedger): void {
  const needed = neededAlways('stack');
  const missing = stackNames.filter((name) => needed.includes(name) && !stacks.some((stack) => stack.name === name));
  if (missing.length > 0) ledger.refuse(line, 'row-missing', { rows: missing.join(', ') });
}

function refuseBadDependencies(stacks: readonly Stack[], ledger: LineLedger): void {
  const lineOf = (wanted: string) =>
    ledger.lineOf(`stacks.${stacks.findIndex(({ name }) => name === wanted)}.dependsOn`);
  for (const { name, dependsOn } of stacks) {
    for (const absent of dependsOn.filter((needed) => !stacks.some((stack) => stack.name === needed))) {
      ledger.refuse(lineOf(name), 'stack-absent', { stack: name, absent });
    }
  }
  // One circle is enough: what the author does about it may open the others.
  const [circle] = stacks.map(({ name }) => circleFrom(name, stacks)).filter((found) => found !== undefined);
  if (circle === undefined) return;
  // The line to name is one that the document could do without.
  const avoidable = circle.find((name, index) => {
    const next = circle[index + 1];
    return next !== undefined && stackNeeds[name]?.includes(next) !== true;
  });
  if (avoidable !== undefined) ledger.refuse(lineOf(avoidable), 'stack-circle', { circle: circle.join(' → ') });
}

/** The shortest way from a stack along its dependencies, the document's and those that no document can do without, back to itself. */
function circleFrom(start: string, stacks: readonly Stack[]): string[] | undefined {
  const seen = new Set<string>();
  const ways: string[][] = [[start]];
  for (const way of ways) {
    const here = way.at(-1);
    const stack = stacks.find(({ name }) => name === here);
    for (const next of stack === undefined ? [] : new Set([...stack.dependsOn, ...(stackNeeds[stack.name] ?? [])])) {
      if (next === start) return [...way, next];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
