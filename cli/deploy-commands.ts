// The commands that deploy, as they can be typed. What they do is loaded when one of them is: it brings AWS's clients along, for which no
// other command should wait.
import { type Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import type { BuiltOptions } from './lib/build/built-assembly.ts';
import { checkCatalogues } from './lib/checks/messages.ts';
import { criteriaCatalogues } from './lib/criteria/messages.ts';
import type { DeployOptions } from './lib/deploy/deploy.ts';
import { deployCatalogues } from './lib/deploy/messages.ts';
import type { RollbackOptions } from './lib/deploy/rollback.ts';
import type { DestroyOptions } from './lib/destroy/destroy.ts';
import { destroyCatalogues } from './lib/destroy/messages.ts';
import { catalogues } from './lib/messages.ts';
import { evidenceFolder } from './lib/prove/evidence-folder.ts';
import { proveCatalogues } from './lib/prove/messages.ts';
import type { ProveOptions } from './lib/prove/prove.ts';

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
      const { deploy } = await import('./lib/deploy/deploy.ts');
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
      const { rollback } = await import('./lib/deploy/rollback.ts');
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
      const { destroyEnvironment } = await import('./lib/destroy/destroy.ts');
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
      const { prove } = await import('./lib/prove/prove.ts');
      done(await prove(document, options));
    });
  command('history', say.historyHelp)
    .argument('[environment]', say.environmentArgument)
    .addHelpText('after', `\n${say.historyExitCodes}`)
    .action(async (environment: string | undefined, options: BuiltOptions) => {
      const { history } = await import('./lib/deploy/history.ts');
      done(await history(environment, options));
    });
}
