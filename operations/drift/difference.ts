// One place where what is there is not what was expected.
export interface Difference {
  /** Logical id; of what is no resource, the part of the template, e.g. `Outputs`. */
  readonly subject: string;
  readonly type?: string;
  /** Within it, as a JSON pointer; empty: the whole of it. */
  readonly path: string;
  /** As the build, or the template, has it; absent: not at all. */
  readonly expected?: unknown;
  /** As it is; absent: not at all. */
  readonly found?: unknown;
  /** The command that puts it back, where one does. */
  readonly command?: string;
}
