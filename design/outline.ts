// Reads the half-YAML of the form's blocks: indentation or tree glyphs make a tree of `key: value` lines. Four of the form's
// twelve blocks are no YAML at all (the subnet tree, the security rules, recovery, cost), so one outline reads them all.
import type { SourceLine } from './lines.ts';
import { bullet } from './marks.ts';

export interface OutlineNode {
  readonly line: number;
  /** The line's words, without indentation, bullet, number or tree glyph. */
  readonly text: string;
  /** Before the first colon that a space or the end of the line follows; the whole text when there is none. */
  readonly key: string;
  /** After that colon; empty when there is none. */
  readonly value: string;
  readonly children: readonly OutlineNode[];
}

interface Growing extends OutlineNode {
  readonly depth: number;
  readonly children: Growing[];
}

/** Trees are drawn in many ways (`├──`, `┣━`, `|--`, `+--`). */
const tree = String.raw`[├└┣┗╠╚╰][─━═]*\s*|(?:[+\x60\\]|(?<=\|))-{2,}(?!-)\s*(?=\S)`;
const item = String.raw`${bullet}|\d{1,9}[.)]\s+|\(\d{1,9}\)\s*`;
const marker = new RegExp(String.raw`^(?<indent>[\s│|┃║]*)(?<glyph>${tree}|(?<item>${item}))?(?<text>.*)$`, 'u');

interface Marked {
  /** How far the line is indented. */
  readonly column: number;
  /** The bullet, number or tree glyph; empty for a line without. */
  readonly glyph: string;
  readonly isItem: boolean;
  readonly text: string;
  readonly key: string;
  /** Undefined where no colon parts key and value. */
  readonly value: string | undefined;
}

/** What a line of a block is made of. */
export function readTree(plain: string): Marked {
  const { indent = '', glyph = '', item, text = '' } = marker.exec(plain)?.groups ?? {};
  return { column: indent.length, glyph, isItem: item !== undefined, text: text.trim(), ...splitKey(text.trim()) };
}

/** The tree of a block's lines; empty lines are left out. */
export function readOutline(lines: readonly SourceLine[]): OutlineNode[] {
  const roots: Growing[] = [];
  const open: Growing[] = [];
  for (const { number, plain } of lines) {
    const { column, glyph, isItem, text, key, value = '' } = readTree(plain);
    if (text === '') continue;
    // A marked line belongs to an unmarked one of the same column (`key:` then `- item`, `VPC:` then `├── item`), unless that one is complete in itself.
    const depth = glyph === '' ? column : column + 0.5;
    const above = open.at(-1);
    if (isItem && above?.depth === column && above.value !== '') open.pop();
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const node: Growing = { line: number, text, key, value, children: [], depth };
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

function splitKey(text: string): { key: string; value: string | undefined } {
  const colon = /:(?=\s|$)/.exec(text);
  if (colon === null) return { key: text, value: undefined };
  return { key: text.slice(0, colon.index).trim(), value: text.slice(colon.index + 1).trim() };
}

/** Every node of the trees, top-down. */
export function* walkOutline(nodes: readonly OutlineNode[]): Generator<OutlineNode> {
  for (const node of nodes) {
    yield node;
    yield* walkOutline(node.children);
  }
}
