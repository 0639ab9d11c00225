// What the grammars of block sections share: the outline of a section's blocks, its named rows, one value for each environment,
// and an account of every line that was not understood.
import type { LineLedger } from '../lines.ts';
import { type OutlineNode, readOutline, walkOutline } from '../outline.ts';
import { label } from '../parts/term.ts';
import { type FormEnvironment, formEnvironments, type PerForm } from '../schema.ts';
import type { Section } from '../sections.ts';
import { isLabelled } from '../vocabulary.ts';
import { guesses } from './nearest.ts';
import { environmentNames, readEnvironment } from './values.ts';

/** The outline of a section's code blocks, without lines that are accounted for (placeholders). A section without any is refused. */
export function readBlocks(section: Section, ledger: LineLedger): readonly OutlineNode[] {
  if (section.blocks.length === 0) ledger.refuse(section.line, 'block-missing', { section: section.title });
  return section.blocks.flatMap(({ lines }) => readOutline(lines.filter(({ number }) => !ledger.isMarked(number))));
}

/** Refuses every line of an outline that no reader claimed. */
export function refuseTheRest(nodes: readonly OutlineNode[], ledger: LineLedger, expected: string): void {
  for (const node of nodes) {
    if (ledger.isMarked(node.line)) refuseTheRest(node.children, ledger, expected);
    else {
      // What stands below a line that is not understood cannot be either, and one problem tells enough.
      ledger.unknown(node.line, expected);
      markBelow(node, ledger);
    }
  }
}

/** Ignores case and spaces. */
export const sameLabel = (one: string, other: string): boolean => label(one) === label(other);

/**
 * The rows of a block by their labels, in any of the words that the vocabulary has for them. A row that is there twice is refused, and a missing one of `needed`
 * at `line`.
 */
export function readRows<Name extends string>(
  nodes: readonly OutlineNode[],
  line: number,
  ledger: LineLedger,
  needed: readonly Name[],
  optional: readonly Name[] = [],
): Partial<Record<Name, OutlineNode>> {
  const rows: Partial<Record<Name, OutlineNode>> = {};
  for (const name of [...needed, ...optional]) {
    const [first, second] = nodes.filter(({ key }) => isLabelled(key, name));
    if (first !== undefined) rows[name] = first;
    if (first !== undefined && second !== undefined) refuseNodeTwice(ledger, name, second, first);
  }
  const known = [...needed, ...optional];
  const strangers = nodes.filter(({ key }) => known.every((name) => !isLabelled(key, name)));
  const isAbsent = (name: Name) => rows[name] === undefined && !refuseMistyped([name], strangers, ledger);
  const missing = needed.filter(isAbsent);
  if (missing.length > 0) ledger.refuse(line, 'row-missing', { rows: missing.join(', ') });
  for (const name of optional) isAbsent(name);
  return rows;
}

/**
 * Refuses the row whose label may be a missing one with a slip in it: one fault, told where it is. What stands in brackets is an
 * explanation; of a label of two letters one may be wrong.
 * @param names what the missing row is called, the form's word first
 * @returns whether there is such a row
 */
export function refuseMistyped(
  names: readonly string[],
  strangers: readonly OutlineNode[],
  ledger: LineLedger,
): boolean {
  const isNear = (key: string) =>
    guesses(key, names).length > 0 ||
    names.some((name) => name.length === 2 && key.length === 2 && [...name].some((letter) => key.includes(letter)));
  const meant = strangers.find(
    ({ key, line }) => !ledger.isMarked(line) && (isNear(key) || isNear(key.split('(', 1).join().trimEnd())),
  );
  if (meant === undefined) return false;
  ledger.mark(meant.line, 'unknown');
  markBelow(meant, ledger);
  ledger.refuse(meant.line, 'unknown-name', { found: meant.key, nearest: names.slice(0, 1) });
  return true;
}

/** Refuses a line that says again what an earlier one says. */
export function refuseTwice(ledger: LineLedger, what: string, line: number, earlier: number): void {
  ledger.mark(line, 'unknown');
  ledger.refuse(line, 'row-twice', { what, line: earlier });
}

/** The same of a node: what stands below it is not understood either, and one problem tells enough. */
export function refuseNodeTwice(ledger: LineLedger, what: string, node: OutlineNode, earlier: OutlineNode): void {
  refuseTwice(ledger, what, node.line, earlier.line);
  markBelow(node, ledger);
}

/** Nodes without those that say again what an earlier one says, by their labels or by `says`; those are refused. */
export function distinct(
  nodes: readonly OutlineNode[],
  ledger: LineLedger,
  says: (node: OutlineNode) => string = ({ key }) => key,
): OutlineNode[] {
  const first = new Map<string, OutlineNode>();
  return nodes.filter((node) => {
    const earlier = first.get(label(says(node)));
    if (earlier !== undefined) refuseNodeTwice(ledger, says(node), node, earlier);
    else first.set(label(says(node)), node);
    return earlier === undefined;
  });
}

/** Marks what stands below a node that was refused as not understood, without a problem of its own. */
export function markBelow(node: OutlineNode, ledger: LineLedger): void {
  for (const { line } of walkOutline(node.children)) ledger.mark(line, 'unknown');
}

/**
 * One value for each environment, from the lines below `parent`; `その他` stands for those that have no line of their own. `read`
 * answers undefined to a line that it cannot read, which then stays unclaimed. An environment without a line is refused.
 */
export function readEach<T>(
  parent: OutlineNode,
  ledger: LineLedger,
  read: (node: OutlineNode, where: readonly FormEnvironment[]) => T | undefined,
): PerForm<T> | undefined {
  const found = new Map<FormEnvironment | 'others', OutlineNode>();
  for (const node of parent.children) {
    const where = readEnvironment(node.key);
    const earlier = where === undefined ? undefined : found.get(where);
    if (earlier !== undefined) refuseNodeTwice(ledger, node.key, node, earlier);
    else if (where !== undefined) found.set(where, node);
  }
  const others = found.get('others');
  const unnamed = formEnvironments.filter((environment) => !found.has(environment));
  const strangers = parent.children.filter(({ key }) => readEnvironment(key) === undefined);
  const isAbsent = (name: FormEnvironment | 'others') => !refuseMistyped(environmentNames(name), strangers, ledger);
  const missing = others === undefined && unnamed.length > 0 && isAbsent('others') ? unnamed.filter(isAbsent) : [];
  if (missing.length > 0) ledger.refuse(parent.line, 'environment-missing', { row: parent.key, missing });
  const values = new Map<FormEnvironment, T>();
  for (const [name, node] of found) {
    const where = name === 'others' ? unnamed : [name];
    const value = where.length === 0 ? undefined : read(node, where);
    if (value !== undefined) for (const environment of where) values.set(environment, value);
  }
  const [production, staging, development] = formEnvironments.map((environment) => values.get(environment));
  if (production === undefined || staging === undefined || development === undefined) return undefined;
  return { production, staging, development };
}
