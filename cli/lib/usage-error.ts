/** Something about the call itself is wrong (a file, an option); told in a sentence a line, exit code 2. */
export class UsageError extends Error {
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
