// The account of a document's lines: what each one is, which part of the design it sets or is held against, and what is wrong
// with it. Grammars write to a `LineLedger`; nothing else decides what a line is.
import type { Assumption } from './assumptions.ts';
import type { Words } from './messages/words.ts';
import type { MessageCode, MessageParameters } from './messages.ts';
import { type Problem, problem } from './problem.ts';
import { type Environment, formEnvironments } from './schema.ts';

export type LineKind = 'statement' | 'heading' | 'prose' | 'placeholder' | 'diagram' | 'unknown';

/** DOC-8: the platform is built from an input, a claim is compared with what was built, a procedure is carried out. */
export type StatementKind = 'input' | 'claim' | 'procedure';

export interface Statement {
  readonly kind: StatementKind;
  /** Path in `Design` that the line sets or is held against, e.g. `network.subnets.0.cidr`. */
  readonly path: string;
  /** The environments that it speaks of. */
  readonly environments: readonly Environment[];
}

export interface Line {
  /** The file that it stands in, by the name that the reader was given. */
  readonly file: string;
  /** From 1. */
  readonly number: number;
  /** As it stands in the document. */
  readonly text: string;
  /** Title of the nearest heading above; empty before the first. */
  readonly section: string;
  readonly kind: LineKind;
  /** Empty unless `kind` is `statement`. One line may say several things: a size (input) and its price (claim). */
  readonly statements: readonly Statement[];
}

/** A line before it is accounted for. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
  /** For reading: NFKC (full-width digits, colons and brackets become ASCII), tabs as two spaces, no trailing space. */
  readonly plain: string;
}

/** Brings a line into the form that the grammars read. */
export function plainText(text: string): string {
  return text.replaceAll('：', ': ').normalize('NFKC').replaceAll('\t', '  ').trimEnd();
}

/** Problems of what nothing says: while a line is not understood, it may be the one that says it. */
const ofSilence: ReadonlySet<MessageCode> = new Set<MessageCode>([
  ...(['part-incomplete', 'service-absent', 'service-unused'] as const),
  ...(['snapshots-needed', 'replicas-needed', 'versions-needed'] as const),
]);

export class LineLedger {
  readonly source: readonly SourceLine[];
  readonly #file: string;
  readonly problems: Problem[] = [];
  readonly assumptions: Assumption[] = [];
  readonly #kinds = new Map<number, LineKind>();
  #hasUnknown = false;
  readonly #statements = new Map<number, Statement[]>();
  readonly #owners = new Map<string, { readonly number: number; readonly kind: StatementKind }>();
  readonly #sections = new Map<number, string>();
  readonly #refused = new Set<string>();
  /** Parts of lines, by their numbers beyond the document's own. */
  readonly #parts: SourceLine[] = [];
  readonly #partsOf = new Map<number, number[]>();

  constructor(document: string, file = 'design.md') {
    this.#file = file;
    this.source = document
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)
      .map((text, index) => ({ number: index + 1, text, plain: plainText(text) }));
  }

  /** The line with that number, from 1, or the part of a line; an empty one past the end. */
  line(number: number): SourceLine {
    return this.source[number - 1] ?? this.#parts[number - this.source.length - 1] ?? { number, text: '', plain: '' };
  }

  /**
   * Makes a part of a line, such as a cell of a table, that is accounted for by itself.
   * @param plain what the grammars read of it
   * @returns what stands for the part wherever a line's number does
   */
  part(number: number, plain: string): number {
    const part = this.source.length + this.#parts.length + 1;
    this.#parts.push({ number: this.#wholeOf(number), text: this.line(number).text, plain });
    const parts = this.#partsOf.get(this.#wholeOf(number)) ?? [];
    parts.push(part);
    this.#partsOf.set(this.#wholeOf(number), parts);
    return part;
  }

  /** The number of the line that a part belongs to; that of a line is its own. */
  #wholeOf(number: number): number {
    return this.#parts[number - this.source.length - 1]?.number ?? number;
  }

  /** Says what a line is, unless that has been said. */
  mark(number: number, kind: Exclude<LineKind, 'statement'>): void {
    if (!this.#kinds.has(number)) this.#kinds.set(number, kind);
  }

  isMarked(number: number): boolean {
    return this.#kinds.has(number);
  }

  isUnknown(number: number): boolean {
    return this.#kinds.get(number) === 'unknown';
  }

  /** Whether a line or any part of it has been said to be something. */
  isAccountedFor(number: number): boolean {
    return this.#kinds.has(number) || (this.#partsOf.get(number) ?? []).some((part) => this.#kinds.has(part));
  }

  /** Records that a line states `path` of the design. May be called several times for a line. */
  state(
    number: number,
    kind: StatementKind,
    path: string,
    where: Environment | readonly Environment[] = formEnvironments,
  ): void {
    this.#kinds.set(number, 'statement');
    const list = this.#statements.get(number) ?? [];
    list.push({ kind, path, environments: typeof where === 'string' ? [where] : where });
    this.#statements.set(number, list);
    const owner = this.#owners.get(path);
    if (owner === undefined || (owner.kind !== 'input' && kind === 'input')) this.#owners.set(path, { number, kind });
  }

  /** Records a problem of a line. A line has at most one problem of a kind. */
  refuse<C extends MessageCode>(number: number, code: C, parameters: MessageParameters<C>): void {
    this.#hasUnknown ||= code === 'unknown-line' || code === 'unknown-name';
    if (ofSilence.has(code) && this.#hasUnknown) return;
    const whole = this.#wholeOf(number);
    const key = `${whole} ${code}`;
    if (this.#refused.has(key)) return;
    this.#refused.add(key);
    const there =
      'line' in parameters && typeof parameters.line === 'number' ? { line: this.#wholeOf(parameters.line) } : {};
    this.problems.push(problem(whole, this.line(number).text, code, { ...parameters, ...there }));
  }

  /** Records what is taken to hold where the document is silent. */
  assume(assumption: Assumption): void {
    this.assumptions.push(assumption);
  }

  /** Records that nothing is known about a line of a block whose every line should be understood. */
  unknown(number: number, expected: Words | string): void {
    if (this.#kinds.has(number)) return;
    this.mark(number, 'unknown');
    this.refuse(number, 'unknown-line', { expected });
  }

  /** The line that states `path`, or the nearest part of it that a line states; an input before a claim. Line 1 when none does. */
  lineOf(path: string): number {
    for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
      const owner = this.#owners.get(part);
      if (owner !== undefined) return this.#wholeOf(owner.number);
    }
    return 1;
  }

  /** Names the section that lines from `first` on belong to. */
  section(first: number, last: number, title: string): void {
    for (let number = first; number <= last; number++) this.#sections.set(number, title);
  }

  /** The account; lines that no grammar claimed are prose. */
  lines(): Line[] {
    return this.source.map(({ number, text }) => {
      const places = [number, ...(this.#partsOf.get(number) ?? [])];
      const kind = this.#kindOf(places);
      return {
        file: this.#file,
        number,
        text,
        section: this.#sections.get(number) ?? '',
        kind,
        statements: kind === 'statement' ? places.flatMap((place) => this.#statements.get(place) ?? []) : [],
      };
    });
  }

  /** What a line is, by itself and its parts: one that is not understood anywhere is not understood. */
  #kindOf(places: readonly number[]): LineKind {
    const kinds = new Set(places.map((place) => this.#kinds.get(place)));
    return (
      (['unknown', 'statement', 'placeholder', 'heading', 'diagram'] as const).find((kind) => kinds.has(kind)) ??
      'prose'
    );
  }
}
