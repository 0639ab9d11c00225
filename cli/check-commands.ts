// The commands that look and change nothing unless they are asked to, as they can be typed. What they do is loaded when one of them is: it brings AWS's clients
// along, for which no other command should wait.
import { type Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import type { BuiltOptions } from './lib/build/built-assembly.ts';
import { checkCatalogues } from './lib/checks/messages.ts';
import type { PreflightOptions } from './lib/checks/preflight.ts';
import type { SmokeOptions } from './lib/checks/smoke.ts';
import { catalogues } from './lib/messages.ts';
import { operationsCatalogues } from './lib/operations/messages.ts';

/** Adds `preflight`, `smoke` and `drift`; `done` is told the exit code. */
export function addChecks(program: Command, lang: Language, done: (code: number) => void): void {
  const [say, common] = [checkCatalogues[lang], catalogues[lang]];
  const command = (name: string, help: string): Command =>
    program
      .command(name)
      .description(help)
      .argument('<environment>', say.environmentArgument)
      .argument('[document]', common.documentArgument)
      .addOption(new Option('--lang <language>', common.langOption).choices([...languages]))
      .option('--json', common.jsonOption)
      .option('--lenient', common.lenientOption)
      .addHelpText('after', `\n${say.exitCodes}`);
  command('preflight', say.preflightHelp)
    .option('--account <number>', say.accountOption)
    .option('--make-service-linked-roles', say.makeRolesOption)
    .action(async (environment: string, document: string | undefined, options: PreflightOptions) => {
      const { preflight } = await import('./lib/checks/preflight.ts');
      done(await preflight(environment, document, options));
    });
  command('smoke', say.smokeHelp)
    .option('--local', say.localOption)
    .option('--out <dir>', operationsCatalogues[lang].platformOutOption, 'out')
    .option('--speed <number>', common.speedOption)
    .option('--endpoint <url>', say.endpointOption)
    .option('--token-command <command>', say.tokenOption)
    .option('--patience <seconds>', say.patienceOption, '90')
    .action(async (environment: string, document: string | undefined, options: SmokeOptions) => {
      const { smoke } = await import('./lib/checks/smoke.ts');
      done(await smoke(environment, document, options));
    });
  command('drift', say.driftHelp).action(
    async (environment: string, document: string | undefined, options: BuiltOptions) => {
      const { drift } = await import('./lib/checks/drift.ts');
      done(await drift(environment, document, options));
    },
  );
}
