// What the reader has chosen, and the data, for every part of the page. What is chosen stands in the address.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import type { ReportData } from '../report-data.ts';
import type { PageView } from './page-view.ts';
import { texts } from './texts.ts';

export type Choice = Environment | 'all';

interface Settings {
  readonly data: ReportData;
  readonly view: PageView;
  /** Chooses something of the page, or of a section (`section/name`); an empty text unchooses it. */
  choose(key: string, value: string): void;
}

export const SettingsContext = createContext<Settings | undefined>(undefined);

function useContextSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === undefined) throw new Error('a part of the page stands outside of it');
  return settings;
}

export function useSettings() {
  const { data, view } = useContextSettings();
  const language = languageOf(data, view);
  const all = data.environments.map(({ name }) => name);
  const choice: Choice = all.find((name) => name === view.chosen.environment) ?? 'all';
  const environments = choice === 'all' ? all : [choice];
  const say = texts[language];
  const nameOf = (one: Choice) =>
    one === 'all' ? say.allEnvironments : (data.environmentNames[one]?.[language] ?? one);
  return { data, language, choice, environments, say, nameOf };
}

export const languageOf = (data: ReportData, { chosen }: PageView): Language =>
  chosen.lang === 'ja' || chosen.lang === 'en' ? chosen.lang : data.design.language;

/** Something that is chosen, and how to choose another. */
export function useChosen(key: string): readonly [string, (value: string) => void] {
  const { view, choose } = useContextSettings();
  return [view.chosen[key] ?? '', (value) => choose(key, value)];
}

/** Any number of things out of some that are chosen. */
export function useChosenOf<T extends string>(
  key: string,
  possible: readonly T[],
): readonly [readonly T[], (values: readonly T[]) => void] {
  const [value, choose] = useChosen(key);
  const values = value.split(',');
  return [possible.filter((one) => values.includes(one)), (chosen) => choose(chosen.join(','))];
}

/** The environment to show where only one can be shown. */
export function useOneEnvironment(): Environment {
  const { data, environments } = useSettings();
  const [first = data.production] = environments;
  return first;
}
