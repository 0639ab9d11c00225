// The commands that a text tells people to type.

/** `hashira <command> …` of a text, each with its words; placeholders (`<environment>`) stay as they are. */
export function typedCommands(text: string): string[][] {
  const commands = [
    ...text.matchAll(
      /(?<![\w/.-])hashira ((?:[a-z<"$][^\s`|)&;]*|--?[a-z-]+|[0-9][^\s`|)]*)(?: (?:[a-z<"$0-9][^\s`|)&;]*|--[a-z-]+))*)/g,
    ),
  ];
  return commands.map(([, words = '']) => words.split(' '));
}

/** Options among the words of a command. */
export const optionsOf = (words: readonly string[]): string[] => words.filter((word) => word.startsWith('--'));
