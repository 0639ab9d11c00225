// The page's address: which section, which line of the document, and what was chosen there, so that a view can be sent to somebody:
// `#document?state=deviation&search=kms&environment=production`, `#L521?lang=en`.
import { type SectionName, sectionNames } from './section-names.ts';

export interface PageView {
  readonly section: SectionName;
  /** A line of the document that is looked at. */
  readonly line: number | undefined;
  /** What was chosen: of the whole page under its name, of a section under `section/name`. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** What holds for every section. */
const common: readonly string[] = ['environment', 'lang'];

export function viewOf(hash: string): PageView {
  const [name = '', query = ''] = hash.replace(/^#/, '').split('?');
  const line = /^L(\d+)$/.exec(name)?.[1];
  const section = line === undefined ? (sectionNames.find((one) => one === name) ?? 'summary') : 'document';
  const chosen = [...new URLSearchParams(query)].map(
    ([key, value]) => [common.includes(key) ? key : `${section}/${key}`, value] as const,
  );
  return { section, line: line === undefined ? undefined : Number(line), chosen: Object.fromEntries(chosen) };
}

/** The address of a view: with what holds for the page and for its own section, without what says nothing. */
export function addressOf({ section, line, chosen }: PageView): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(chosen)) {
    const name = common.includes(key) ? key : key.startsWith(`${section}/`) ? key.slice(section.length + 1) : '';
    if (name !== '' && value !== '') query.set(name, value);
  }
  const text = query.toString().replaceAll('%2C', ',');
  return `#${line === undefined ? section : `L${line}`}${text === '' ? '' : `?${text}`}`;
}
