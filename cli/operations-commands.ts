// The commands of operations as they can be typed. What they do is loaded when one of them is.
import { type Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import { checkCatalogues } from './lib/checks/messages.ts';
import { languageFor } from './lib/document-file.ts';
import { catalogues } from './lib/messages.ts';
import type { DrillOptions } from './lib/operations/drill.ts';
import type { LoadOptions } from './lib/operations/load.ts';
import { operationsCatalogues } from './lib/operations/messages.ts';

/** Adds `load` and `drill`; `done` is told the exit code. */
export function addOperations(program: Command, lang: Language, done: (code: number) => void): void {
  const [say, common] = [operationsCatalogues[lang], catalogues[lang]];
  const options = (command: Command): Command =>
    command
      .option('--out <dir>', say.platformOutOption, 'out')
      .option('--environment <name>', say.platformEnvironmentOption)
      .option('--speed <number>', common.speedOption)
      .option('--deployed', checkCatalogues[lang].deployedOption)
      .option('--token-command <command>', checkCatalogues[lang].tokenOption)
      .addOption(new Option('--lang <language>', common.langOption).choices([...languages]))
      .option('--json', common.jsonOption)
      .option('--lenient', common.lenientOption)
      .option('--judge-disturbed', say.judgeDisturbedOption)
      .addHelpText('after', `\n${say.exitCodes}`);
  options(
    program
      .command('load')
      .description(say.loadHelp)
      .argument('[document]', common.documentArgument)
      .option('--rps <number>', say.rpsOption)
      .option('--endpoint <url>', checkCatalogues[lang].endpointOption)
      .option('--duration <time>', say.durationOption, '60s'),
  ).action(async (document: string | undefined, asked: LoadOptions) => {
    const { load } = await import('./lib/operations/load.ts');
    done(await load(document, languageFor(asked.lang, document), asked));
  });
  options(
    program
      .command('drill')
      .description(say.drillHelp)
      .argument('<name>', say.drillArgument)
      .argument('[document]', common.documentArgument)
      .option('--rps <number>', say.drillRpsOption)
      .option('--account <number>', say.region.accountOption),
  ).action(async (name: string, document: string | undefined, asked: DrillOptions) => {
    const { drill } = await import('./lib/operations/drill.ts');
    done(await drill(name, document, languageFor(asked.lang, document), asked));
  });
}
