// A document while it is written.
import type { CodeBlock, Section } from '../../design/sections.ts';
import { managed } from './managed.ts';

/** The document's lines: each may become others, and lines may be added below a section. */
export class Page {
  readonly #original: readonly string[];
  readonly #lines: (readonly string[])[];

  constructor(lines: readonly string[]) {
    this.#original = lines;
    this.#lines = lines.map((line) => [line]);
  }

  /** The line of that number, from 1, as it reads so far. */
  at(number: number): string {
    return this.#lines[number - 1]?.[0] ?? '';
  }

  /** Writes a line anew; `more` come directly below it. */
  set(number: number, line: string, ...more: readonly string[]): void {
    this.#lines[number - 1] = [line, ...more, ...(this.#lines[number - 1] ?? []).slice(1)];
  }

  /** Puts lines in the place of a line, and of whatever has come below it. */
  replace(number: number, ...lines: readonly [string, ...string[]]): void {
    this.#lines[number - 1] = lines;
  }

  /** Puts lines in the place of what is between a block's fences; comments of the author's (`%%`) stay, above them. */
  fill(block: CodeBlock | undefined, lines: readonly string[]): void {
    if (block === undefined) return;
    const remarks = block.lines.filter(({ plain }) => plain.trimStart().startsWith('%%')).map(({ text }) => text);
    for (let number = block.open + 1; number < block.close; number++) this.#lines[number - 1] = [];
    this.#lines[block.open - 1] = [this.at(block.open), ...remarks, ...lines];
  }

  /** Adds a part of Hashira's own below the last words of a section. */
  append(section: Section | undefined, name: string, lines: readonly string[]): void {
    if (section === undefined || lines.length === 0) return;
    let last = section.last;
    while (last > section.line && this.#original[last - 1]?.trim() === '') last--;
    this.#lines[last - 1] = [...(this.#lines[last - 1] ?? []), ...managed(name, lines)];
  }

  lines(): readonly string[] {
    return this.#lines.flat();
  }
}
