// The commands of day 2 as they can be typed.
import { type Command, Option } from 'commander';
import { type Language, languages } from '../design/problem.ts';
import { dayTwoCatalogues } from './lib/day-two/messages.ts';
import type { DayTwoOptions } from './lib/day-two/place.ts';
import type { QueueOptions } from './lib/day-two/queue.ts';
import type { ScaleOptions } from './lib/day-two/scale.ts';
import { languageFor } from './lib/document-file.ts';
import { catalogues } from './lib/messages.ts';

/**
 * Adds `queue`, `secret`, `scale` and `working-hours`; `done` is told the exit code. Each is loaded when it is called: no other
 * command should wait for so many of AWS's clients.
 */
export function addDayTwo(program: Command, lang: Language, done: (code: number) => void): void {
  const [say, common] = [dayTwoCatalogues[lang], catalogues[lang]];
  const shared = (command: Command): Command =>
    command
      .option('--out <dir>', say.outOption, 'out')
      .option('--region <code>', say.regionOption)
      .addOption(new Option('--lang <language>', common.langOption).choices([...languages]))
      .option('--json', common.jsonOption)
      .addHelpText('after', `\n${say.exitCodes}`);
  shared(
    program
      .command('queue')
      .description(say.queueHelp)
      .argument('<action>', say.queueAction)
      .argument('<queue>', say.queueArgument)
      .argument('<environment>', say.environmentArgument)
      .option('--limit <number>', say.limitOption, '10')
      .option('--rate <number>', say.rateOption)
      .option('--yes', say.yesOption),
  ).action(async (action: string, name: string, environment: string, options: QueueOptions) => {
    const { queue } = await import('./lib/day-two/queue.ts');
    done(await queue(action, name, environment, languageFor(options.lang, undefined), options));
  });
  shared(
    program
      .command('secret')
      .description(say.secretHelp)
      .argument('<action>', say.secretAction)
      .argument('<secret>', say.secretArgument)
      .argument('<environment>', say.environmentArgument),
  ).action(async (action: string, name: string, environment: string, options: DayTwoOptions) => {
    const { secret } = await import('./lib/day-two/secret.ts');
    done(await secret(action, name, environment, languageFor(options.lang, undefined), options));
  });
  shared(
    program
      .command('scale')
      .description(say.scaleHelp)
      .argument('<environment>', say.environmentArgument)
      .option('--min <number>', say.minOption)
      .option('--max <number>', say.maxOption)
      .option('--template', say.templateOption),
  ).action(async (environment: string, options: ScaleOptions) => {
    const { scaleTasks } = await import('./lib/day-two/scale.ts');
    done(await scaleTasks(environment, languageFor(options.lang, undefined), options));
  });
  shared(
    program
      .command('working-hours')
      .description(say.hoursHelp)
      .argument('<action>', say.hoursAction)
      .argument('<environment>', say.environmentArgument),
  ).action(async (action: string, environment: string, options: DayTwoOptions) => {
    const { hours } = await import('./lib/day-two/working-hours.ts');
    done(await hours(action, environment, languageFor(options.lang, undefined), options));
  });
}
