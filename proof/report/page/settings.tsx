// What the reader has chosen, and the data, for every part of the page: language and environment.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import type { ReportData } from '../report-data.ts';
import { type Texts, texts } from './texts.ts';

export type Choice = Environment | 'all';

export interface Settings {
  readonly data: ReportData;
  readonly language: Language;
  readonly choice: Choice;
  choose(choice: Choice): void;
}

export const SettingsContext = createContext<Settings | undefined>(undefined);

export function useSettings(): Settings & { readonly say: Texts; readonly environments: readonly Environment[] } {
  const settings = useContext(SettingsContext);
  if (settings === undefined) throw new Error('a part of the page stands outside of it');
  const { choice, data, language } = settings;
  const all = data.environments.map(({ name }) => name);
  return { ...settings, say: texts[language], environments: choice === 'all' ? all : [choice] };
}

/** The environment to show where only one can be shown. */
export function useOneEnvironment(): Environment {
  const { environments } = useSettings();
  const [first = 'production'] = environments;
  return first;
}
