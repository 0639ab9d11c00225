// The parts of a document that Hashira writes of its own accord: each stands at the end of a section between two HTML comments, which
// Markdown does not show. They are taken out before a document is read and put in afresh, so that documenting twice changes nothing.

/** The first of the two comments; `name` tells the parts apart for a person who reads the source. */
const opening = (name: string): string => `<!-- hashira:${name} -->`;
const closing = '<!-- /hashira -->';

const opens = /^<!-- hashira:[a-z-]+ -->$/;

/** A text cut into lines, with what belongs to the whole of it: byte order mark and line ends, which the author's editor chose. */
export interface Text {
  readonly mark: string;
  readonly lines: readonly string[];
  readonly end: string;
}

export function textIn(content: string): Text {
  const mark = content.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ends = Map.groupBy(content.match(/\r\n|\r|\n/g) ?? [], (end) => end);
  // Of several kinds the most frequent one: the others came in by a paste.
  const [end = '\n'] = [...ends.keys()].toSorted(
    (one, other) => (ends.get(other) ?? []).length - (ends.get(one) ?? []).length,
  );
  return { mark, end, lines: content.slice(mark.length).split(/\r\n|\r|\n/) };
}

export const contentOf = ({ mark, lines, end }: Text): string => `${mark}${lines.join(end)}`;

/** Stands before an answer of Hashira's on a line of the author's own. */
export const answerMark = '<!-- hashira -->';

/** The line without the answer, and without the colon that led to nothing else. */
const withoutAnswer = (line: string): string => {
  const place = line.indexOf(answerMark);
  return place < 0 ? line : line.slice(0, place).replace(/[:：]?\s*$/, '');
};

/** The document without what Hashira wrote. A part that nobody closed before the next heading is the author's now, and stays. */
export function withoutManaged(content: string): string {
  const { lines, ...text } = textIn(content);
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const last = opens.test(line) ? endOf(lines, index) : -1;
    if (last < 0) {
      kept.push(withoutAnswer(line));
      continue;
    }
    if (kept.at(-1)?.trim() === '') kept.pop();
    index = last;
  }
  return contentOf({ ...text, lines: kept });
}

/** Where the part that opens there is closed; -1 when a heading or another part begins before that. */
function endOf(lines: readonly string[], open: number): number {
  const next = lines.findIndex(
    (line, index) => index > open && (line === closing || opens.test(line) || /^#{1,6}\s/.test(line)),
  );
  return lines[next] === closing ? next : -1;
}

/** A part as it is put below the last line of a section. */
export const managed = (name: string, words: readonly string[]): readonly string[] => [
  '',
  opening(name),
  '',
  ...words,
  '',
  closing,
];

/** A Markdown table; what would end a cell is escaped. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), `|${'---|'.repeat(head.length)}`, ...body.map(row)];
}
