// What a command that is printed for approval must repeat of what was typed, so that it does the same.
interface Repeated {
  readonly lenient?: boolean;
  readonly allowCode?: boolean;
  readonly smoke?: boolean;
  readonly sequential?: boolean;
  readonly tokenCommand?: string;
}

/** Words for a shell. */
export const typedAgain = ({
  lenient = false,
  allowCode = false,
  smoke = true,
  sequential = false,
  tokenCommand,
}: Repeated): readonly string[] => [
  ...(lenient ? ['--lenient'] : []),
  ...(allowCode ? ['--allow-code'] : []),
  ...(smoke ? [] : ['--no-smoke']),
  ...(sequential ? ['--sequential'] : []),
  ...(tokenCommand === undefined ? [] : ['--token-command', `'${tokenCommand.replaceAll("'", String.raw`'\''`)}'`]),
];
