// The `hashira` command: what can be typed, and which exit code comes of it (0 all well, 1 something failed, 2 refused).
import { Command, CommanderError, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import { addChecks } from './check-commands.ts';
import { type AcceptOptions, accept } from './commands/accept.ts';
import { type BuildOptions, build } from './commands/build.ts';
import { type CostOptions, cost } from './commands/cost.ts';
import { addDocument } from './commands/document.ts';
import { checkPrices, type PricesOptions, refreshPrices } from './commands/prices.ts';
import { type ReadOptions, read } from './commands/read.ts';
import { type UpOptions, up } from './commands/up.ts';
import { type CostMessages, costCatalogues } from './cost-messages.ts';
import { criteriaCatalogues } from './criteria/messages.ts';
import { addDayTwo } from './day-two-commands.ts';
import { addDeploy } from './deploy-commands.ts';
import { catalogues, type Messages } from './messages.ts';
import { addOperations } from './operations-commands.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const say = catalogues[askedLanguage(words) ?? 'en'];
  let code = 0;
  const program = new Command('hashira')
    .description(say.tagline)
    .version(version)
    .showHelpAfterError('(hashira --help)')
    .addHelpText('after', `\n${say.firstSteps}\n\n${say.exitCodes}`)
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
    .addHelpText('after', `\n${say.exitCodes}`)
    .action(async (document: string | undefined, options: BuildOptions) => {
      code = await build(...withoutSwallowedDocument(document, options));
    });
  program
    .command('read')
    .description(say.readHelp)
    .argument('[document]', say.documentArgument)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .option('--lenient', say.lenientOption)
    .action((document: string | undefined, options: ReadOptions) => {
      code = read(document, options);
    });

  const criteria = criteriaCatalogues[askedLanguage(words) ?? 'en'];
  program
    .command('accept')
    .description(criteria.acceptHelp)
    .argument('<assembly>', criteria.assemblyArgument)
    .option('--design <document>', criteria.designOption)
    .option('--lenient', say.lenientOption)
    .option('--environment <name...>', say.environmentOption)
    .option('--junit <file>', criteria.junitOption)
    .option('--sarif <file>', criteria.sarifOption)
    .addOption(languageOption(say.langOption))
    .option('--json', say.jsonOption)
    .addHelpText('after', `\n${criteria.exitCodes}`)
    .action(async (assembly: string, options: AcceptOptions) => {
      code = await accept(assembly, options);
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
      code = await up(document, options);
    });
  addOperations(program, askedLanguage(words) ?? 'en', (exit) => {
    code = exit;
  });
  addDayTwo(program, askedLanguage(words) ?? 'en', (exit) => {
    code = exit;
  });
  addDocument(program, askedLanguage(words) ?? 'en', (exit) => {
    code = exit;
  });
  addChecks(program, askedLanguage(words) ?? 'en', (exit) => {
    code = exit;
  });
  addDeploy(program, askedLanguage(words) ?? 'en', (exit) => {
    code = exit;
  });
  addCost(program, say, costCatalogues[askedLanguage(words) ?? 'en'], (result) => {
    code = result;
  });

  const [first] = words;
  if (first === undefined) {
    program.outputHelp();
    return 0;
  }
  if (first.endsWith('.md')) {
    console.error(`hashira: ${say.commandMissing(first)}`);
    return 2;
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong already; `--help` and `--version` also end here, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) console.error(`hashira: ${error.message}`);
    else console.error(`hashira: ${say.internal}\n${error instanceof Error ? error.stack : String(error)}`);
    return 2;
  }
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
    .action(async (subject: string | undefined, options: CostOptions) =>
      done(await cost(...withoutSwallowedDocument(subject, options))),
    );
  const prices = program.command('prices').description(costs.pricesHelp);
  const priceCommand = (name: string, help: string) =>
    prices
      .command(name)
      .description(help)
      .option('--region <name...>', costs.regionOption)
      .option('--date <day>', costs.dateOption)
      .addOption(languageOption(say.langOption))
      .option('--json', say.jsonOption)
      .addHelpText('after', `\n${costs.pricesExitCodes}`);
  priceCommand('check', costs.checkHelp).action((options: PricesOptions) => done(checkPrices(options)));
  priceCommand('refresh', costs.refreshHelp)
    .option('--dry-run', costs.dryRunOption)
    .action(async (options: PricesOptions) => done(await refreshPrices(options)));
}

function languageOption(description: string): Option {
  return new Option('--lang <language>', description).choices([...languages]);
}

/** The language asked for on the command line, read ahead of everything else so that help and usage errors speak it too. */
function askedLanguage(words: readonly string[]): Language | undefined {
  const option = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const value = words[option]?.split('=')[1] ?? words[option + 1];
  return option < 0 ? undefined : languages.find((language) => language === value);
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
