// `hashira scale <environment>`: between how many tasks scaling may choose.
import { type Bounds, boundsOfService, scale } from '../../../operations/day-two/scale.ts';
import { languageFor } from '../document-file.ts';
import { print, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type DayTwoOptions, inEnvironment, wholeNumber } from './environment.ts';
import { dayTwoCatalogues } from './messages.ts';

export interface ScaleOptions extends DayTwoOptions {
  readonly min?: string;
  readonly max?: string;
  readonly template?: boolean;
}

/** Tasks of one service that AWS allows. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const most = 5000;

export async function scaleTasks(environment: string, options: ScaleOptions): Promise<number> {
  const lang = languageFor(options.lang, undefined);
  const say = dayTwoCatalogues[lang];
  const { min, max, template = false } = options;
  if (template && (min !== undefined || max !== undefined)) throw new UsageError(say.templateAlone);
  const wanted = {
    // None at all is what the evening does; a service without tasks answers nobody.
    ...(min === undefined ? {} : { minimum: wholeNumber('--min', min, 1, most, say) }),
    ...(max === undefined ? {} : { maximum: wholeNumber('--max', max, 1, most, say) }),
  };
  const asks = !template && min === undefined && max === undefined;
  return inEnvironment(environment, options, lang, async (place) => {
    const scaled = asks ? await boundsOfService(place) : await scale(place, template ? 'template' : wanted);
    if (options.json) {
      writeJson(scaled);
      return 0;
    }
    const row = (name: string, bounds: Bounds | undefined) => [
      name,
      String(bounds?.minimum ?? '–'),
      String(bounds?.maximum ?? '–'),
    ];
    const { service, before, after } = scaled;
    const rows = [
      row(say.inTemplate, scaled.template),
      ...(asks ? [] : [row(say.before, before)]),
      row(say.now, after),
    ];
    print(...table([say.bounds(service), say.minimum, say.maximum], rows, [1, 2]));
    const alike = after?.minimum === scaled.template.minimum && after.maximum === scaled.template.maximum;
    if (!alike) print(say.unlikeTemplate);
    return 0;
  });
}
