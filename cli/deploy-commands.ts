// The commands that deploy, as they can be typed. What they do is loaded when one of them is: it brings AWS's clients along, for which no
// other command should wait.
import { type Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import type { BuiltOptions } from './built-assembly.ts';
import { checkCatalogues } from './check-messages.ts';
import type { DeployOptions } from './commands/deploy.ts';
import type { DestroyOptions } from './commands/destroy.ts';
import type { ProveOptions } from './commands/prove.ts';
import type { RollbackOptions } from './commands/rollback.ts';
import { criteriaCatalogues } from './criteria/messages.ts';
import { deployCatalogues } from './deploy-messages.ts';
import { destroyCatalogues } from './destroy-messages.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { catalogues } from './messages.ts';
import { proveCatalogues } from './prove-messages.ts';

/** Adds `deploy`, `rollback`, `destroy`, `prove` and `history`; `done` is told the exit code. */
export function addDeploy(program: Command, lang: Language, done: (code: number) => void): void {
  const [say, common] = [deployCatalogues[lang], catalogues[lang]];
  const command = (name: string, help: string): Command =>
    program
      .command(name)
      .description(help)
      .addOption(new Option('--lang <language>', common.langOption).choices([...languages]))
      .option('--json', common.jsonOption);
  command('deploy', say.deployHelp)
    .argument('<environment>', say.environmentArgument)
    .argument('[document]', common.documentArgument)
    .option('--plan', say.planOption)
    .option('--approve <digest>', say.approveOption)
    .addOption(new Option('--on-failure <policy>', say.onFailureOption).choices(['keep', 'restore']).default('restore'))
    .option('--resume', say.resumeOption)
    .option('--sequential', say.sequentialOption)
    .option('--no-smoke', say.noSmokeOption)
    .option('--token-command <command>', checkCatalogues[lang].tokenOption)
    .option('--allow-code', criteriaCatalogues[lang].allowCodeOption)
    .option('--lenient', common.lenientOption)
    .addHelpText('after', `\n${say.exitCodes}`)
    .action(async (environment: string, document: string | undefined, options: DeployOptions) => {
      const { deploy } = await import('./commands/deploy.ts');
      done(await deploy(environment, document, options));
    });
  command('rollback', say.rollbackHelp)
    .argument('<environment>', say.environmentArgument)
    .argument('[document]', common.documentArgument)
    .option('--to <record>', say.toOption)
    .option('--plan', say.planOption)
    .option('--approve <digest>', say.approveOption)
    .option('--lenient', common.lenientOption)
    .addHelpText('after', `\n${say.exitCodes}`)
    .action(async (environment: string, document: string | undefined, options: RollbackOptions) => {
      const { rollback } = await import('./commands/rollback.ts');
      done(await rollback(environment, document, options));
    });
  const destroying = destroyCatalogues[lang];
  command('destroy', destroying.help)
    .argument('<environment>', destroying.environmentArgument)
    .argument('[document]', common.documentArgument)
    .option('--account <number>', destroying.accountOption)
    .option('--plan', destroying.planOption)
    .option('--approve <digest>', destroying.approveOption)
    .option('--lenient', common.lenientOption)
    .addHelpText('after', `\n${destroying.exitCodes}`)
    .action(async (environment: string, document: string | undefined, options: DestroyOptions) => {
      const { destroyEnvironment } = await import('./commands/destroy.ts');
      done(await destroyEnvironment(environment, document, options));
    });
  const proving = proveCatalogues[lang];
  command('prove', proving.help)
    .argument('[document]', common.documentArgument)
    .option('--account <number>', proving.accountOption)
    .option('--hours <number>', proving.hoursOption, '4')
    .option('--plan', proving.planOption)
    .option('--approve <digest>', proving.approveOption)
    .option('--out <dir>', proving.outOption, evidenceFolder)
    .option('--no-smoke', say.noSmokeOption)
    .option('--token-command <command>', checkCatalogues[lang].tokenOption)
    .option('--allow-code', criteriaCatalogues[lang].allowCodeOption)
    .option('--lenient', common.lenientOption)
    .addHelpText('after', `\n${proving.exitCodes}`)
    .action(async (document: string | undefined, options: ProveOptions) => {
      const { prove } = await import('./commands/prove.ts');
      done(await prove(document, options));
    });
  command('history', say.historyHelp)
    .argument('[environment]', say.environmentArgument)
    .addHelpText('after', `\n${say.historyExitCodes}`)
    .action(async (environment: string | undefined, options: BuiltOptions) => {
      const { history } = await import('./commands/history.ts');
      done(await history(environment, options));
    });
}
