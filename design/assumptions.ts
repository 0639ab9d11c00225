// What is taken to hold where a document is silent, as values beside the design. Only what needs no decision is assumed: parts never are.
import type { Language } from './problem.ts';
import { type SectionName, sectionTitles } from './section-titles.ts';

export interface Assumption {
  /** Path in `Design`. */
  readonly attribute: string;
  readonly value: unknown;
  readonly why: Reason;
  /** Title of the section that would state it. */
  readonly section: string;
  /** The lines that would state the value; another value stands in the same place. */
  readonly sentence: string;
}

/** Why a value may be assumed, in both languages. */
export const reasons = {
  'for-people': {
    en: 'it is for people: nothing is built from it',
    ja: '人が読むための記載で、構築には使わないため',
  },
  'none-without': {
    en: 'what the document does not name is not built',
    ja: '設計書にないものは作らないため',
  },
  'from-the-name': {
    en: 'the name says it',
    ja: '名前から決まるため',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
type Reason = keyof typeof reasons;

/** The sections that a document may leave out, with what then holds in their place. */
export const assumedSections = {
  dataFlow: {
    attribute: 'diagrams.dataFlow',
    value: '',
    why: 'for-people',
    sentence: '```mermaid\nsequenceDiagram\n```',
  },
  dashboards: { attribute: 'dashboards', value: [], why: 'none-without', sentence: 'ダッシュボード構成:' },
  tests: { attribute: 'tests', value: [], why: 'for-people', sentence: '' },
  checklist: { attribute: 'checklist', value: [], why: 'for-people', sentence: '' },
  references: { attribute: 'references', value: [], why: 'for-people', sentence: '' },
  related: { attribute: 'related', value: [], why: 'for-people', sentence: '' },
} as const satisfies Readonly<Partial<Record<SectionName, Omit<Assumption, 'section'>>>>;
export type AssumedSection = keyof typeof assumedSections;

/** What holds in the place of a section that is not there. */
export const assumedFor = (name: AssumedSection): Assumption => ({
  ...assumedSections[name],
  section: sectionTitles[name],
});
