// `hashira working-hours start|stop <environment>`: morning or evening at another hour.
import { workingHours } from '../../../operations/day-two/working-hours.ts';
import { languageFor } from '../document-file.ts';
import { print, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { type DayTwoOptions, inEnvironment } from './environment.ts';
import { dayTwoCatalogues } from './messages.ts';

export async function hours(asked: string, environment: string, options: DayTwoOptions): Promise<number> {
  const lang = languageFor(options.lang, undefined);
  const say = dayTwoCatalogues[lang];
  if (asked !== 'start' && asked !== 'stop') throw new UsageError(say.unknownAction(asked, ['start', 'stop']));
  return inEnvironment(environment, options, lang, async (place) => {
    const made = await workingHours(place, asked);
    if (options.json) {
      writeJson(made);
      return 0;
    }
    for (const { operation, about, skipped } of made) {
      print(skipped === undefined ? say.made(operation, about) : say.skipped(operation, about, skipped));
    }
    print(say.silent);
    return 0;
  });
}
