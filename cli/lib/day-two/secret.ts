// `hashira secret rotate <secret> <environment>`: replaces a secret while everything runs.
import { rotate } from '../../../operations/day-two/secrets.ts';
import { languageFor } from '../document-file.ts';
import { print, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { type DayTwoOptions, inEnvironment } from './environment.ts';
import { dayTwoCatalogues } from './messages.ts';

export async function secret(
  action: string,
  name: string,
  environment: string,
  options: DayTwoOptions,
): Promise<number> {
  const lang = languageFor(options.lang, undefined);
  const say = dayTwoCatalogues[lang];
  if (action !== 'rotate') throw new UsageError(say.unknownAction(action, ['rotate']));
  return inEnvironment(environment, options, lang, async (place) => {
    const steps: { readonly step: string; readonly about: string }[] = [];
    await rotate(place, name, (step, about) => {
      steps.push({ step, about });
      if (!options.json) print(say.steps[step](about));
    });
    if (options.json) writeJson({ secret: name, steps });
    return 0;
  });
}
