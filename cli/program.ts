// Everything that can be typed after `hashira`, in one language, made of what the commands declare. Whoever runs it is told the exit code.
import { Command as Program, Argument as ProgramArgument, Option as ProgramOption } from 'commander';
import type { Language } from '../design/problem.ts';
import { commands } from './commands.ts';
import type { Argument, Command, CommandGroup, Option, Text } from './lib/command.ts';
import { exitCodeLines, exitCodes } from './lib/exit-codes.ts';
import { version } from './lib/version.ts';

const tagline: Text = {
  en: 'Builds an AWS platform from an infrastructure design document and proves that the one is the other.',
  ja: '設計書から AWS 基盤を構築し、両者が一致することを一行ずつ証明します。',
};
const firstSteps: Text = {
  en: 'First steps:\n  hashira build            build the one specs/stories/*/design.md\n  hashira read design.md   see how a document is understood',
  ja: '最初の一歩:\n  hashira build            specs/stories/*/design.md を構築する\n  hashira read design.md   設計書がどう解釈されるかを見る',
};

/**
 * The program with the named commands.
 * @param done told the exit code of what was run
 */
export async function makeProgram(
  lang: Language,
  done: (code: number) => void,
  names: readonly string[] = Object.keys(commands),
): Promise<Program> {
  const program = new Program('hashira')
    .description(tagline[lang])
    .version(version)
    .showHelpAfterError('(hashira --help)')
    .addHelpText('after', `\n${firstSteps[lang]}\n\n${exitCodeLines(exitCodes, lang)}`)
    .exitOverride();
  for (const load of names.map((name) => commands[name])) {
    if (load !== undefined) add(program, (await load()).command, lang, done);
  }
  return program;
}

/** The name of a command among the words that were typed, which then needs no other to be loaded. */
export const commandIn = ([first = '']: readonly string[]): string | undefined =>
  Object.hasOwn(commands, first) ? first : undefined;

/** Subcommands inherit settings only when they are made after them. */
function add(above: Program, declared: Command | CommandGroup, lang: Language, done: (code: number) => void): void {
  const program = above
    .command(declared.name)
    .description(declared.about[lang])
    .addHelpText('after', `\n${exitCodeLines(declared.exitCodes, lang)}`);
  if ('commands' in declared) {
    for (const command of declared.commands) add(program, command, lang, done);
    return;
  }
  const { arguments: words = [], options } = declared;
  for (const argument of words) program.addArgument(argumentIn(lang, argument));
  for (const option of options) program.addOption(optionIn(lang, option));
  program.action(async () => {
    done(await declared.run(program.processedArgs, program.opts()));
  });
}

const argumentIn = (lang: Language, { name, about }: Argument) => new ProgramArgument(name, about[lang]);

function optionIn(lang: Language, { flags, about, default: value, choices }: Option): ProgramOption {
  const option = new ProgramOption(flags, about[lang]);
  if (value !== undefined) option.default(value);
  return choices === undefined ? option : option.choices([...choices]);
}
