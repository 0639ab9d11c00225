// `hashira secret rotate <secret> <environment>`: replaces a secret while everything runs.
import type { Language } from '../../../design/problem.ts';
import { rotate } from '../../../operations/day-two/secrets.ts';
import { print, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { dayTwoCatalogues } from './messages.ts';
import { type DayTwoOptions, inPlace } from './place.ts';

export async function secret(
  action: string,
  name: string,
  environment: string,
  lang: Language,
  options: DayTwoOptions,
): Promise<number> {
  const say = dayTwoCatalogues[lang];
  if (action !== 'rotate') throw new UsageError(say.unknownAction(action, ['rotate']));
  return inPlace(environment, options, lang, async (place) => {
    const steps: { readonly step: string; readonly about: string }[] = [];
    await rotate(place, name, (step, about) => {
      steps.push({ step, about });
      if (!options.json) print(say.steps[step](about));
    });
    if (options.json) writeJson({ secret: name, steps });
    return 0;
  });
}
