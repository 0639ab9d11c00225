// Reads the front matter's YAML as mappings whose entries know their lines. Nothing of it becomes a JavaScript value except by the
// text of a scalar, so that no alias, tag or merge of YAML can bring in what the lines do not say.
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { LineLedger } from '../lines.ts';

export interface Entry {
  readonly line: number;
  readonly value: Node | null;
}

export interface YamlBlock {
  readonly entries: ReadonlyMap<string, Entry>;
  /** The entries of a mapping further down; a key that is there twice is refused. */
  readonly entriesOf: (node: YAMLMap) => ReadonlyMap<string, Entry>;
  readonly lineOf: (node: Node) => number;
}

/** The mapping that `text` is; its first line follows line `offset` of the document. What is no mapping or no YAML is refused. */
export function readYaml(text: string, offset: number, ledger: LineLedger): YamlBlock | undefined {
  const counter = new LineCounter();
  const lineAt = (position: number): number => offset + counter.linePos(position).line;
  const document = parse(text, counter);
  if (document === undefined) {
    ledger.refuse(offset, 'front-matter-syntax', {
      found: { en: 'values nested too deep', ja: '値の入れ子が深すぎます' },
    });
    return undefined;
  }
  for (const { code, message, pos } of document.errors) {
    ledger.refuse(lineAt(pos[0]), 'front-matter-syntax', { found: { en: message, ja: code } });
  }
  if (document.errors.length > 0) return undefined;
  const { contents } = document;
  if (!isMap(contents)) {
    if (contents !== null)
      ledger.refuse(offset + 1, 'front-matter-syntax', { found: { en: 'no keys', ja: 'キーがありません' } });
    return contents === null ? { entries: new Map(), entriesOf: () => new Map(), lineOf: () => offset } : undefined;
  }
  const entriesOf = ({ items }: YAMLMap): ReadonlyMap<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const { key, value } of items as Pair<Node, Node | null>[]) {
      const name = textOf(key) ?? '';
      const line = lineAt(key.range?.[0] ?? 0);
      const earlier = entries.get(name);
      if (earlier === undefined) entries.set(name, { line, value });
      else ledger.refuse(line, 'row-twice', { what: `\`${name}\``, line: earlier.line });
    }
    return entries;
  };
  return { entries: entriesOf(contents), entriesOf, lineOf: ({ range }) => lineAt(range?.[0] ?? 0) };
}

function parse(text: string, counter: LineCounter): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text, { lineCounter: counter, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  } catch (error) {
    // The library goes down one call for each level of nesting, and a line of ten thousand brackets is deeper than the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The text of a scalar as it is written, without quotes; empty for none; undefined for anything but a scalar. */
export function textOf(node: unknown): string | undefined {
  if (node === null || node === undefined) return '';
  if (!isScalar(node)) return undefined;
  return node.value === null ? '' : (node.source ?? String(node.value)).trim();
}

/** The members of a list, or undefined for anything but a list of scalars. */
export function listOf(node: unknown): { text: string; node: Node }[] | undefined {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isSeq<Node>(node)) return undefined;
  const members = node.items.map((item) => ({ text: textOf(item) ?? '', node: item }));
  return members.every(({ text }) => text !== '') ? members : undefined;
}
