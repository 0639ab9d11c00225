// As much of Mermaid as says whether a line of a diagram is one of its statements: flow charts and sequence diagrams, one
// statement a line. https://mermaid.js.org/syntax/flowchart.html, https://mermaid.js.org/syntax/sequenceDiagram.html

/** What a line does to the blocks of its diagram. */
type Mermaid = 'opens' | 'closes' | 'within';

/** A kind of diagram: its first line, and what any other line is; undefined when it is no statement. */
export interface MermaidKind {
  readonly first: RegExp;
  /** An example of the first line. */
  readonly sample: string;
  readonly read: (line: string) => Mermaid | undefined;
}

export const flowchart: MermaidKind = {
  first: /^(?:graph|flowchart)(?:\s+(?:TB|TD|BT|RL|LR))?\s*;?$/,
  sample: 'graph TB',
  read(line) {
    if (/^end\s*;?$/.test(line)) return 'closes';
    if (subgraph.test(line)) return 'opens';
    if (/^(?:%%|(?:style|classDef|class|linkStyle|click)\s+\S)/.test(line)) return 'within';
    return /^direction\s+(?:TB|TD|BT|RL|LR)$/.test(line) || isChain(line) ? 'within' : undefined;
  },
};

export const sequence: MermaidKind = {
  first: /^sequenceDiagram\s*;?$/,
  sample: 'sequenceDiagram',
  read(line) {
    if (/^end\s*;?$/.test(line)) return 'closes';
    if (/^(?:alt|opt|loop|par|critical|break|rect|box)(?:\s+\S.*)?$/.test(line)) return 'opens';
    return sequenceLines.some((words) => words.test(line)) ? 'within' : undefined;
  },
};

const name = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_. ]*[\p{L}\p{N}_])?`;
const sequenceLines = [
  /^%%/,
  /^(?:else|and|option)(?:\s+\S.*)?$/,
  /^autonumber(?:\s+\d+){0,2}$/,
  /^title:?\s+\S/,
  new RegExp(String.raw`^(?:create\s+)?(?:participant|actor)\s+${name}(?:\s+as\s+\S.*)?$`, 'u'),
  new RegExp(String.raw`^(?:activate|deactivate|destroy)\s+${name}$`, 'u'),
  new RegExp(String.raw`^note\s+(?:left of|right of|over)\s+${name}(?:\s*,\s*${name})?\s*:\s*\S`, 'iu'),
  new RegExp(String.raw`^${name}\s*(?:<<)?--?(?:>>?|[x)])(?:\s*[+-])?\s*${name}\s*:\s*\S`, 'u'),
];

/** One node, or nodes with links between them: `A[Client] -->|HTTPS| B & C`. */
function isChain(line: string): boolean {
  let rest = line.endsWith(';') ? line.slice(0, -1).trimEnd() : line;
  for (;;) {
    const node = nodes.exec(rest);
    if (node === null) return false;
    rest = rest.slice(node[0].length);
    if (rest === '') return true;
    const link = links.exec(rest);
    if (link === null) return false;
    rest = rest.slice(link[0].length);
  }
}

/** The brackets round a node's caption, which say its shape. */
const shapes = [
  ['(((', ')))'],
  ['((', '))'],
  ['([', '])'],
  ['(', ')'],
  ['[(', ')]'],
  ['[[', ']]'],
  ['[/', '/]'],
  ['[/', '\\]'],
  ['[\\', '\\]'],
  ['[\\', '/]'],
  ['[', ']'],
  ['{{', '}}'],
  ['{', '}'],
  ['>', ']'],
] as const;
const escaped = (brackets: string) => brackets.replaceAll(/[[\](){}\\]/g, String.raw`\$&`);
/** A caption; a quoted one may hold brackets. */
const caption = shapes
  .map(([open, close]) => String.raw`${escaped(open)}(?:\s*"[^"]*"\s*|[^"[\](){}]*)${escaped(close)}`)
  .join('|');
const id = String.raw`[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*`;
const node = String.raw`${id}(?:${caption}|@\{[^}]*\})?(?::::[\w-]+)?`;
const nodes = new RegExp(String.raw`^${node}(?:\s*&\s*${node})*\s*`, 'u');
const subgraph = new RegExp(
  String.raw`^subgraph(?:\s+(?:${id}\s*(?:${caption})|"[^"]+"|[^"[\](){}\s][^"[\](){}]*))?$`,
  'u',
);

/** Solid, thick, dotted and invisible lines, with or without arrow heads; words stand inside, or between bars after. */
const bare = String.raw`--+[->xo]|==+[=>xo]|-\.+-[>xo]?|~~~+`;
const worded = String.raw`--\s*[^\s-].*?--+[->xo]|==\s*[^\s=].*?==+[=>xo]|-\.\s*[^\s.-].*?\.+-[>xo]?`;
const links = new RegExp(String.raw`^[<xo]?(?:${bare}|${worded})(?:\s*\|[^|]*\|)?\s*`, 'u');
