// The `hashira` command: which exit code comes of what is typed (lib/exit-codes.ts).
import { CommanderError } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import { Refusal } from '../design/refusal.ts';
import { codeWith, watchOutput } from './lib/closed-output.ts';
import { fault } from './lib/exit-codes.ts';
import { isMachineFault } from './lib/machine-fault.ts';
import { catalogues } from './lib/messages.ts';
import { guardStreams, printAside } from './lib/output.ts';
import { UsageError } from './lib/usage-error.ts';
import { commandIn, makeProgram } from './program.ts';

// What nobody catches would end with 1, which says that something was judged and failed.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.removeAllListeners(event);
  process.on(event, (error) => {
    sayFault(error);
    process.exit(fault);
  });
}
guardStreams();
watchOutput();
process.exitCode = codeWith(await main(process.argv.slice(2)));

async function main(words: readonly string[]): Promise<number> {
  const lang = askedLanguage(words) ?? 'en';
  const say = catalogues[lang];
  let code = 0;
  const [first] = words;
  const name = commandIn(words);
  const done = (exit: number) => {
    code = exit;
  };
  const isVersion = first === '--version' || first === '-V';
  const program = await makeProgram(lang, done, isVersion ? [] : name === undefined ? undefined : [name]);
  if (first === undefined) {
    program.outputHelp();
    return 0;
  }
  if (first.endsWith('.md')) {
    printAside(`hashira: ${say.commandMissing(first)}`);
    return 2;
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong already; `--help` and `--version` also end here, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      const [first = '', ...others] = error.lines;
      printAside(`hashira: ${first}`, ...others);
    } else if (error instanceof Refusal) printAside(`hashira: ${error.said[lang]}`);
    else if (isMachineFault(error)) printAside(`hashira: ${say.machineRefused(error)}`);
    else {
      sayFault(error);
      return fault;
    }
    return 2;
  }
}

function sayFault(error: unknown): void {
  const { internal } = catalogues[askedLanguage(process.argv.slice(2)) ?? 'en'];
  printAside(`hashira: ${internal}`, String(error), ...framesOf(error));
}

/** Where an error comes from; its message, which may be of several lines, is told apart. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  return (error.stack ?? '').replace(String(error), '').split('\n').slice(1);
}

/** The language asked for on the command line, read ahead of everything else so that help and usage errors speak it too. */
function askedLanguage(words: readonly string[]): Language | undefined {
  const option = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const value = words[option]?.split('=')[1] ?? words[option + 1];
  return option < 0 ? undefined : languages.find((language) => language === value);
}
