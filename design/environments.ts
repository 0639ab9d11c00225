// What is asked of a design's environments. Their names are the document's: nothing outside `design/` compares with one.
import type { Environment } from './names.ts';
import type { Language } from './problem.ts';
import type { Design, PerEnvironment } from './schema.ts';
import { environmentPrefix } from './stack-names.ts';

type Environments = Pick<Design, 'environments'>;
export type EnvironmentDesign = Design['environments'][number];

/** In the document's order. */
export const environmentKeys = ({ environments }: Environments): readonly Environment[] =>
  environments.map(({ key }) => key);

/** The value of an environment of the design; the schema sees to it that there is one for each. */
export function perEnvironment<T>(values: PerEnvironment<T>, environment: Environment): T {
  const value = values[environment];
  if (value === undefined) throw new Error(`${environment} is no environment of the design`);
  return value;
}

const ofKey = ({ environments }: Environments, environment: Environment): EnvironmentDesign | undefined =>
  environments.find(({ key }) => key === environment);

/** Whether it is the one that serves people: the document's sizes, costs and second region are its. */
export const isProduction = (design: Environments, environment: Environment): boolean =>
  ofKey(design, environment)?.isProduction === true;

/** The one that serves people. */
export function productionOf({ environments }: Environments): Environment {
  const found = environments.find((environment) => environment.isProduction);
  if (found === undefined) throw new Error('The schema lets no design through without production');
  return found.key;
}

/** Whether it is off at night and at weekends. */
export const rests = ({ workingHours }: Pick<Design, 'workingHours'>, environment: Environment): boolean =>
  workingHours[environment] === true;

/** Whether it may be taken away whole, with its data. */
export const isDisposable = (design: Environments, environment: Environment): boolean =>
  ofKey(design, environment)?.disposable === true;

/** Those that may be taken away whole, in the document's order. */
export const disposableEnvironments = ({ environments }: Environments): readonly Environment[] =>
  environments.filter(({ disposable }) => disposable).map(({ key }) => key);

/** The name that people call it by, where the document has a domain: `example.com` in production, `staging.example.com` in staging. */
export const siteName = (design: Environments & Pick<Design, 'inputs'>, environment: Environment): string =>
  isProduction(design, environment) ? design.inputs.domain : `${environment}.${design.inputs.domain}`;

/** What a document calls it: its own word, or in English the key. */
export const environmentTitle = (design: Environments, environment: Environment, language: Language): string =>
  (language === 'ja' ? ofKey(design, environment)?.title : undefined) ?? environment;

/** What people call it in short: the document's word, without the one for "environment"; in English its key. */
export const environmentName = ({ key, title }: EnvironmentDesign, language: Language): string =>
  language === 'ja' ? title.replace(/\s*環境$/, '') || title : environmentPrefix(key);

/** How much of production an environment is, by the memory of a task. */
export function shareOf(design: Environments & Pick<Design, 'sizes'>, environment: Environment): number {
  const memory = (key: Environment) => perEnvironment(design.sizes, key).task.memoryMiB;
  return memory(environment) / memory(productionOf(design));
}
