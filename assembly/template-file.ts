// The text of a template file as data: JSON, or YAML with CloudFormation's short tags (`!Ref`, `!Sub` …) put into their long form.
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
} from 'yaml';
import { reasonOf } from '../common/reason.ts';
import { Refusal } from '../design/refusal.ts';
import { amounts, faults, refusals } from './refusals.ts';
import { isNode, type Node } from './scope.ts';

/**
 * What a file may hold. CloudFormation takes a template of one megabyte from S3
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html); a manifest of the CDK may be larger.
 */
export const limits = {
  bytes: 16_000_000,
  /** YAML is read far more slowly than JSON, so less of it is. */
  yamlCharacters: 2_000_000,
  nodes: 1_000_000,
  /** Mappings and lists within one another. Whoever reads on goes down a call or more for each. */
  levels: 100,
} as const;

const unfit = (file: string, found: Refusal['said'], limit: number): Refusal =>
  new Refusal(refusals.unfit({ file, found, limit }));

const tooMany = (file: string): Refusal => unfit(file, amounts.values(limits.nodes), limits.nodes);
const tooDeep = (file: string): Refusal => unfit(file, amounts.levels(limits.levels), limits.levels);

/** What is neither JSON nor YAML as CloudFormation takes it. */
export class Unparsed extends Refusal {}

const unparsed = (file: string, why: Refusal['said'], place?: Refusal['said']): Unparsed =>
  new Unparsed(refusals.unparsed({ file, place, why }));

/**
 * Parses a template.
 * @param file named in errors
 * @throws Refusal naming the file when it is neither JSON nor YAML, or beyond what is read
 */
export function parseTemplate(text: string, file: string): Node {
  const isJson = /^\s*[{[]/.test(text);
  if (!isJson) refuseLongOrDeepYaml(text, file);
  try {
    // A byte order mark is no part of JSON.
    const node: Node = isJson ? parseJson(text.replace(/^\uFEFF/, ''), file) : parseYaml(text, file);
    refuseLarge(node, file);
    return node;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof RangeError) throw tooDeep(file);
    throw unparsed(file, faults.json(reasonOf(error)), placeInJson(text, file));
  }
}

/** Where JSON is wrong: its own parser does not always say, and the one of YAML stops at most of what is no JSON. */
function placeInJson(text: string, file: string): Refusal['said'] | undefined {
  try {
    refuseLongOrDeepYaml(text, file);
    return documentIn(text).errors[0]?.place;
  } catch {
    return undefined;
  }
}

/** Of a key that stands twice the parser keeps the last, and the first would be dropped without a word. */
function parseJson(text: string, file: string): Node {
  const node: Node = JSON.parse(text);
  const keys: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') keys.push(new Set());
    else if (token === '}') keys.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 40))) {
      if (keys.at(-1)?.has(token)) {
        const lines = text.slice(0, index).split('\n');
        throw unparsed(file, faults.keyTwice(token), faults.place(lines.length, (lines.at(-1) ?? '').length + 1));
      }
      keys.at(-1)?.add(token);
    }
  }
  return node;
}

/** Before the parser sees it: the parser goes down several calls for each level, of brackets and of indentation. */
function refuseLongOrDeepYaml(text: string, file: string): void {
  if (text.length > limits.yamlCharacters) {
    throw unfit(file, amounts.yaml(text.length), limits.yamlCharacters);
  }
  let brackets = 0;
  const indents: number[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [opening = ''] = /^(?:[ \t]*[-?](?=[ \t]|$))*[ \t]*/.exec(line) ?? [];
    if (opening.length === line.length) continue;
    while ((indents.at(-1) ?? -1) >= opening.length) indents.pop();
    indents.push(opening.length);
    // Texts have brackets too, and not always in pairs, so more of them are let through than there may be levels.
    for (const [bracket] of line.matchAll(/[[\]{}]/g)) {
      brackets = Math.max(0, brackets + (bracket === '[' || bracket === '{' ? 1 : -1));
      if (brackets > limits.levels * 10) throw tooDeep(file);
    }
    if (indents.length + (opening.match(/[-?]/g)?.length ?? 0) > limits.levels) throw tooDeep(file);
  }
}

function refuseLarge(node: Node, file: string): void {
  let nodes = 0;
  const waiting: [Node, number][] = [[node, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [inner, level] = next;
    nodes += 1;
    if (nodes > limits.nodes) throw tooMany(file);
    if (level > limits.levels) throw tooDeep(file);
    if (typeof inner !== 'object' || inner === null) continue;
    for (const each of isNode(inner) ? Object.values(inner) : inner) waiting.push([each, level + 1]);
  }
}

/** Its errors with the places, of which the library makes sentences of its own otherwise. */
function documentIn(text: string) {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { logLevel: 'error', prettyErrors: false, lineCounter });
  const errors = document.errors.map(({ code, message, pos: [start] }) => {
    const { line, col } = lineCounter.linePos(start);
    return { code, message, start, place: faults.place(line, col) };
  });
  return { document, errors };
}

function parseYaml(text: string, file: string): Node {
  const document = documentOf(text, file);
  const targets = targetsOf(document);
  const above = new Set<unknown>();
  let nodes = 0;

  /** An alias of a few letters stands for the whole of its anchor, so what comes of it is counted and not what is written. */
  function plain(node: unknown): Node {
    nodes += 1;
    if (nodes > limits.nodes) throw tooMany(file);
    if (above.size > 2 * limits.levels) throw tooDeep(file);
    if (above.has(node)) throw unparsed(file, faults.ownAnchor);
    if (isScalar(node)) return tagged(node.tag, scalar(node));
    above.add(node);
    const value = isAlias(node) ? plain(targetOf(node)) : collection(node);
    above.delete(node);
    return value;
  }

  function targetOf(alias: Alias): unknown {
    const target = targets.get(alias);
    if (target === undefined) throw unparsed(file, faults.noAnchor(alias.source));
    return target;
  }

  function collection(node: unknown): Node {
    if (isSeq(node)) return tagged(node.tag, node.items.map(plain));
    if (!isMap(node)) return null;
    const members = node.items.map(({ key, value }) => [
      isScalar(key) ? keyOf(key.value) : keyOf(plain(key)),
      plain(value),
    ]);
    return tagged(node.tag, Object.fromEntries(members));
  }

  return plain(document.contents);
}

/** Lines that are moved in for the parser; each takes a reading of its own. */
const mostMoved = 60;

/** CloudFormation takes a list in brackets that goes on at the column of its key; the parser wants it further in. */
function documentOf(text: string, file: string, moved = 0): Document {
  // Unknown tags are warnings to the parser, which leaves them on their nodes; `tagged` reads them there.
  const {
    document,
    errors: [error],
  } = documentIn(text);
  if (error === undefined) return document;
  const { start } = error;
  const before = text.slice(0, start);
  const isInList = error.code === 'BAD_INDENT' && /(?:^|\n)[ ]*$/.test(before) && error.message.startsWith('Flow');
  if (!isInList || moved === mostMoved) throw unparsed(file, faults.yaml(error.message, error.code), error.place);
  return documentOf(`${before} ${text.slice(start)}`, file, moved + 1);
}

const keyOf = (key: unknown): string => (typeof key === 'object' ? JSON.stringify(key) : String(key));

/** What each alias stands for: the last node above it with that anchor. The library's own way goes through the document for each. */
function targetsOf(document: Document): ReadonlyMap<Alias, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** CloudFormation reads YAML 1.1, where these are truths too. */
const truths: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function scalar({ value, type }: Scalar): Node {
  if (typeof value === 'string' && type === Scalar.PLAIN) return truths[value.toLowerCase()] ?? value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function tagged(tag: string | undefined, value: Node): Node {
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value };
}
