// Everything that can be typed after `hashira`, in one language. Whoever runs it is told the exit code. What a command does is loaded when
// it is typed: no other command should wait for it.
import { Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import { addChecks } from './check-commands.ts';
import { addDayTwo } from './day-two-commands.ts';
import { addDeploy } from './deploy-commands.ts';
import type { BuildOptions } from './lib/build/build.ts';
import type { CostOptions } from './lib/cost/cost.ts';
import { type CostMessages, costCatalogues } from './lib/cost/messages.ts';
import type { PricesOptions } from './lib/cost/prices.ts';
import type { AcceptOptions } from './lib/criteria/accept.ts';
import { criteriaCatalogues } from './lib/criteria/messages.ts';
import type { DocumentOptions } from './lib/document/document.ts';
import { documentCatalogues } from './lib/document/messages.ts';
import { catalogues, type Messages } from './lib/messages.ts';
import type { ReadOptions } from './lib/read/read.ts';
import type { UpOptions } from './lib/up/up.ts';
import { version } from './lib/version.ts';
import { addOperations } from './operations-commands.ts';

/**
 * The command with all of its own.
 * @param done told the exit code of what was run: 0 all well, 1 something failed, 2 refused
 */
export function makeProgram(lang: Language, done: (code: number) => void): Command {
  const say = catalogues[lang];
  const criteria = criteriaCatalogues[lang];
  const program = new Command('hashira')
    .description(say.tagline)
    .version(version)
    .showHelpAfterError('(hashira --help)')
    .addHelpText('after', `\n${say.firstSteps}\n\n${say.exitCodes}`)
    .addHelpText('afterAll', say.everyExitCode)
    .exitOverride();
  // Subcommands inherit settings only when they are made after them.
  program
    .command('build')
    .description(say.buildHelp)
    .argument('[document]', say.documentArgument)
    .option('--out <dir>', say.outOption, 'out')
    .option('--environment <name...>', say.environmentOption)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .option('--lenient', say.lenientOption)
    .option('--no-validation', say.validationOption)
    .option('--allow-code', criteria.allowCodeOption)
    .addHelpText('after', `\n${say.exitCodes}`)
    .action(async (document: string | undefined, options: BuildOptions) => {
      const { build } = await import('./lib/build/build.ts');
      done(await build(...withoutSwallowedDocument(document, options)));
    });
  program
    .command('read')
    .description(say.readHelp)
    .argument('[document]', say.documentArgument)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .option('--lenient', say.lenientOption)
    .addHelpText('after', `\n${say.readExitCodes}`)
    .action(async (document: string | undefined, options: ReadOptions) => {
      const { read } = await import('./lib/read/read.ts');
      done(read(document, options));
    });

  program
    .command('accept')
    .description(criteria.acceptHelp)
    .argument('<assembly>', criteria.assemblyArgument)
    .option('--design <document>', criteria.designOption)
    .option('--lenient', say.lenientOption)
    .option('--environment <name...>', say.environmentOption)
    .option('--junit <file>', criteria.junitOption)
    .option('--sarif <file>', criteria.sarifOption)
    .option('--allow-code', criteria.allowCodeOption)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .addHelpText('after', `\n${criteria.exitCodes}`)
    .action(async (assembly: string, options: AcceptOptions) => {
      const { accept } = await import('./lib/criteria/accept.ts');
      done(await accept(assembly, options));
    });

  program
    .command('up')
    .description(say.upHelp)
    .argument('[document]', say.documentArgument)
    .option('--environment <name>', say.upEnvironmentOption, 'development')
    .option('--out <dir>', say.upOutOption, 'out')
    .option('--check', say.checkOption)
    .option('--stay', say.stayOption)
    .option('--speed <number>', say.speedOption, '1')
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .option('--lenient', say.lenientOption)
    .option('--no-validation', say.validationOption)
    .addHelpText('after', `\n${say.upExitCodes}`)
    .action(async (document: string | undefined, options: UpOptions) => {
      const { up } = await import('./lib/up/up.ts');
      done(await up(document, options));
    });
  addOperations(program, lang, done);
  addDayTwo(program, lang, done);
  const documents = documentCatalogues[lang];
  program
    .command('document')
    .description(documents.documentHelp)
    .argument('[document]', say.documentArgument)
    .option('--write', documents.writeOption)
    .option('--out <file>', documents.outOption)
    .option('--check', documents.checkOption)
    .addOption(languageOption(documents.langOption))
    .option('--lenient', say.lenientOption)
    .option('--allow-code', criteria.allowCodeOption)
    .addHelpText('after', `\n${documents.exitCodes}`)
    .action(async (name: string | undefined, options: DocumentOptions) => {
      const { document } = await import('./lib/document/document.ts');
      done(await document(name, options));
    });
  addChecks(program, lang, done);
  addDeploy(program, lang, done);
  addCost(program, say, costCatalogues[lang], done);

  return program;
}

/** `cost` and `prices`. */
function addCost(program: Command, say: Messages, costs: CostMessages, done: (code: number) => void): void {
  program
    .command('cost')
    .description(costs.costHelp)
    .argument('[subject]', costs.subjectArgument)
    .option('--environment <name...>', say.environmentOption)
    .option('--usage <file>', costs.usageOption)
    .option('--design <document>', costs.designOption)
    .option('--compare <subjects...>', costs.compareOption)
    .option('--date <day>', costs.dateOption)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .option('--lenient', say.lenientOption)
    .addHelpText('after', `\n${costs.exitCodes}`)
    .action(async (subject: string | undefined, options: CostOptions) => {
      const { cost } = await import('./lib/cost/cost.ts');
      done(await cost(...withoutSwallowedDocument(subject, options)));
    });
  const prices = program
    .command('prices')
    .description(costs.pricesHelp)
    .addHelpText('after', `\n${costs.pricesExitCodes}`);
  const priceCommand = (name: string, help: string) =>
    prices
      .command(name)
      .description(help)
      .option('--region <name...>', costs.regionOption)
      .option('--date <day>', costs.dateOption)
      .addOption(languageOption(say.langOption))
      .option('--json', say.jsonOption)
      .addHelpText('after', `\n${costs.pricesExitCodes}`);
  priceCommand('check', costs.checkHelp).action(async (options: PricesOptions) => {
    const { checkPrices } = await import('./lib/cost/prices.ts');
    done(checkPrices(options));
  });
  priceCommand('refresh', costs.refreshHelp)
    .option('--dry-run', costs.dryRunOption)
    .action(async (options: PricesOptions) => {
      const { refreshPrices } = await import('./lib/cost/prices.ts');
      done(await refreshPrices(options));
    });
}

function languageOption(description: string): Option {
  return new Option('--lang <language>', description).choices([...languages]);
}

/** `--environment production design.md` reads like one environment and a document, so it is taken as that. */
function withoutSwallowedDocument<O extends { readonly environment?: readonly string[] }>(
  document: string | undefined,
  options: O,
): [document: string | undefined, options: O] {
  const names = options.environment ?? [];
  const last = names.at(-1);
  if (document !== undefined || last === undefined || !last.includes('.') || names.length < 2)
    return [document, options];
  return [last, { ...options, environment: names.slice(0, -1) }];
}
