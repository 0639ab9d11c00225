// What a command declares of itself: a file of commands/ holds one. The program, its help, the reference in docs/ and the glossary of exit
// codes are made of these declarations.
import type { Language } from '../../design/problem.ts';

/** A text in both languages. */
export type Text = Readonly<Record<Language, string>>;

export interface Argument {
  /** `<name>` when it must be typed, else `[name]`. */
  readonly name: string;
  readonly about: Text;
}

export interface Option {
  /** As commander has them: `--out <dir>`, `--no-smoke`. */
  readonly flags: string;
  readonly about: Text;
  readonly default?: string;
  readonly choices?: readonly string[];
}

/** What each code means that this command ends with; those that every command ends with stand in exit-codes.ts. */
export type ExitCodes = Readonly<Partial<Record<0 | 1 | 2 | 3 | 130, Text>>>;

/** The arguments as they were typed; those that may be left out are absent then. */
export type Typed = readonly (string | undefined)[];

interface Common {
  readonly name: string;
  readonly about: Text;
  readonly exitCodes: ExitCodes;
}

/** A command that does something. Its work is loaded by `run`: no other command should wait for it. */
export interface Command extends Common {
  readonly arguments?: readonly Argument[];
  readonly options: readonly Option[];
  /** Gives the exit code. Options are named as commander names them, and hold what the command's own interface says. */
  run(words: Typed, options: object): Promise<number>;
}

/** A word before further words, such as `prices check`. */
export interface CommandGroup extends Common {
  readonly commands: readonly Command[];
}
