// Cuts a document into its sections and code blocks (CommonMark, by mdast), each with its lines.
import type { Code, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Ledger, SourceLine } from './lines.ts';
import { plainText } from './lines.ts';

export interface CodeBlock {
  /** `yaml`, `mermaid`, `bash`, …; empty when the fence names none. */
  readonly language: string;
  /** Lines of the opening and the closing fence. */
  readonly open: number;
  readonly close: number;
  /** The lines between the fences. */
  readonly lines: readonly SourceLine[];
}

export interface Section {
  /** The heading's words, in plain form. */
  readonly title: string;
  /** 1 for `#`, 2 for `##`, … */
  readonly depth: number;
  /** Title of the nearest `##` at or above. */
  readonly chapter: string;
  /** The heading's line. */
  readonly line: number;
  /** Last line before the next heading of any depth. */
  readonly last: number;
  readonly blocks: readonly CodeBlock[];
  /** Lines of the section that are neither its heading, nor in or at a code block, nor in a comment. */
  readonly body: readonly SourceLine[];
}

/** The document's sections in order; the front matter must have been cut off: `from` is the first line after it. */
export function readSections(ledger: Ledger, from: number): Section[] {
  const text = ledger.source
    .map(({ text: line, number }) => (number < from ? '' : line.replaceAll('\t', '  ')))
    .join('\n');
  const tree = fromMarkdown(text, { extensions: [blocksOnly] });
  const headings = [...nodesOf(tree)].filter((node) => node.type === 'heading');
  const codes = [...nodesOf(tree)].filter((node) => node.type === 'code').filter(isFenced(ledger));
  const commented = new Set(
    [...nodesOf(tree)]
      .filter((node) => node.type === 'html' && node.value.startsWith('<!--'))
      .flatMap((comment) => range(startOf(comment), endOf(comment))),
  );
  let chapter = '';
  return headings.map((heading, index) => {
    const line = startOf(heading);
    const next = headings[index + 1];
    const last = next === undefined ? ledger.source.length : startOf(next) - 1;
    const title = plainText(ledger.line(line).text)
      .replace(/^\s*#+\s*/, '')
      .replace(/\s*#+$/, '')
      .trim();
    if (heading.depth <= 2) chapter = title;
    const blocks = codes
      .filter((code) => startOf(code) > line && startOf(code) <= last)
      .map((code) => block(ledger, code));
    const taken = new Set(blocks.flatMap(({ open, close }) => range(open, close)));
    const body = range(line + 1, last)
      .filter((number) => !taken.has(number) && !commented.has(number))
      .map((number) => ledger.line(number));
    return { title, depth: heading.depth, chapter, line, last, blocks, body };
  });
}

/** Headings and code blocks are all that is asked for: what stands inside a line of text need not be parsed. */
const blocksOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

/** Every node, top-down. By a list of what is still to do, since quotes within quotes can be nested deeper than the stack is. */
function* nodesOf(root: Root): Generator<Nodes> {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
}

const startOf = (node: Nodes): number => node.position?.start.line ?? 1;
const endOf = (node: Nodes): number => node.position?.end.line ?? 1;
const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

const fence = /^[\s>]*(`{3,}|~{3,})/;
const isFenced = (ledger: Ledger) => (code: Code) => fence.test(ledger.line(startOf(code)).text);

function block(ledger: Ledger, code: Code): CodeBlock {
  const open = startOf(code);
  const close = endOf(code);
  if (close === open || !fence.test(ledger.line(close).text)) ledger.refuse(open, 'unclosed-fence', {});
  const lines = range(open + 1, fence.test(ledger.line(close).text) ? close - 1 : close).map((number) =>
    ledger.line(number),
  );
  return { language: code.lang ?? '', open, close, lines };
}
