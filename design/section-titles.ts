// Finds the form's sections in a document by their titles, in whatever order they stand, and names those that are not there.
import { nearest } from './grammar/nearest.ts';
import type { Ledger } from './lines.ts';
import type { Section } from './sections.ts';

/** The sections that say something, in the form's order, by its titles without what it adds in brackets. */
export const sectionTitles = {
  overview: '概要',
  decisions: '前提となるADR',
  architecture: 'アーキテクチャ図',
  stacks: 'CDKスタック構成',
  dataFlow: 'データフロー図',
  subnets: 'VPC設計',
  securityGroups: 'Security Group設計',
  endpoints: 'VPC Endpoints',
  roles: 'IAMロール・ポリシー設計',
  leastPrivilege: 'IAM最小権限の原則適用例',
  alarms: 'CloudWatch Metrics監視',
  logs: 'ログ保持期間',
  dashboards: 'CloudWatch Dashboard',
  backup: 'バックアップ戦略',
  recovery: 'ディザスタリカバリ',
  monthlyCost: '月間コスト見積もり',
  environmentCost: '環境別コスト',
  criteria: '受入条件',
  tests: 'テスト戦略',
  deploy: 'デプロイ手順',
  rollback: 'ロールバック手順',
  checklist: '品質チェックリスト',
  references: '参考資料',
  related: '関連情報',
} as const;
export type SectionName = keyof typeof sectionTitles;

/** A document may do without these. */
export const optionalSections: ReadonlySet<SectionName> = new Set(['endpoints', 'leastPrivilege', 'recovery']);

/** Headings that only gather sections. */
const gathering: readonly string[] = [
  'アーキテクチャ設計',
  'ネットワーク設計',
  'IAM設計',
  '監視・ログ設計',
  'バックアップ・DR設計',
  'コスト見積もり',
  'デプロイ戦略',
];

export interface FoundSections {
  /** The document's own title: its first `#` heading. */
  readonly title: Section | undefined;
  readonly named: Readonly<Partial<Record<SectionName, Section>>>;
  /** The groups of criteria and the kinds of test, which go by any name: the chapter itself and the headings below it. */
  readonly criteria: readonly Section[];
  readonly tests: readonly Section[];
}

/** Finds the sections; a missing one is refused with the heading that may have been meant, and a second one of a name. */
export function findSections(sections: readonly Section[], ledger: Ledger): FoundSections {
  const gatherers = new Set(gathering.map(normalised));
  const nameOf = ({ title }: Section): SectionName | 'gathering' | undefined =>
    sectionNamed(title) ?? (gatherers.has(normalised(title)) ? 'gathering' : undefined);

  const named: Partial<Record<SectionName, Section>> = {};
  for (const section of sections) {
    const name = nameOf(section);
    if (name === undefined || name === 'gathering') continue;
    const earlier = named[name];
    if (earlier === undefined) named[name] = section;
    else ledger.refuse(section.line, 'section-twice', { section: sectionTitles[name], line: earlier.line });
  }

  /** The chapter and what follows it, up to the next heading that is not below it or is one of the form's. */
  const withinChapter = (chapter: Section | undefined): Section[] => {
    if (chapter === undefined) return [];
    const after = sections.slice(sections.indexOf(chapter) + 1);
    const end = after.findIndex((section) => section.depth <= chapter.depth || nameOf(section) !== undefined);
    return [chapter, ...(end === -1 ? after : after.slice(0, end))];
  };
  const criteria = withinChapter(named.criteria);
  const tests = withinChapter(named.tests);
  const title = sections.find((section) => section.depth === 1 && nameOf(section) === undefined);

  const nameless = sections.filter(
    (section) =>
      section !== title && nameOf(section) === undefined && !criteria.includes(section) && !tests.includes(section),
  );
  refuseMissing(named, nameless, title?.line ?? 1, ledger);
  return { title, named, criteria, tests };
}

function refuseMissing(
  named: FoundSections['named'],
  nameless: readonly Section[],
  line: number,
  ledger: Ledger,
): void {
  const missing = (Object.keys(sectionTitles) as SectionName[]).filter(
    (name) => named[name] === undefined && !optionalSections.has(name),
  );
  const rest: string[] = [];
  const meant = new Set<Section>();
  for (const name of missing) {
    const candidates = nameless.filter((section) => !meant.has(section));
    const [near] = nearest(
      sectionTitles[name],
      candidates.map(({ title }) => title),
      1,
    );
    const heading = candidates.find(({ title }) => title === near);
    if (heading === undefined) rest.push(sectionTitles[name]);
    else {
      meant.add(heading);
      ledger.refuse(heading.line, 'section-missing', { sections: [sectionTitles[name]], nearest: heading.title });
    }
  }
  if (rest.length > 0) ledger.refuse(line, 'section-missing', { sections: rest, nearest: undefined });
}

/** The section that a heading's words name, in whatever way they are numbered and set. */
export const sectionNamed = (title: string): SectionName | undefined => names.get(normalised(title));

/** A title without numbering, bold, spaces, case and what stands in brackets: `4.1 VPC Endpoints（オプション）`. */
const normalised = (title: string): string =>
  title
    .replaceAll('**', '')
    .replace(/^\s*\d+(?:\.\d+)*\.?\s+/, '')
    .replace(/\(.*$/, '')
    .replaceAll(/\s/g, '')
    .toLowerCase();

const names = new Map<string, SectionName>(
  (Object.keys(sectionTitles) as SectionName[]).map((name) => [normalised(sectionTitles[name]), name]),
);

/**
 * Refuses what stands outside the sections that read it: a block that no grammar accounted for (of YAML, or of no language: other
 * languages are examples), and criteria that would pass for prose.
 */
export function refuseUnread(
  sections: readonly Section[],
  criteria: readonly Section[],
  ledger: Ledger,
  looksLikeCriterion: (plain: string) => boolean,
): void {
  for (const section of sections) {
    for (const { language, open, lines } of section.blocks) {
      const said = lines.filter(({ plain }) => plain.trim() !== '');
      if (!/^(?:ya?ml)?$/i.test(language) || said.some(({ number }) => ledger.isMarked(number))) continue;
      if (said.length > 0) {
        ledger.refuse(open, 'section-unread', {
          section: section.title,
          nearest: nearest(section.title, Object.values(sectionTitles)),
        });
      }
    }
    if (criteria.includes(section)) continue;
    for (const { number, plain } of section.body) {
      if (looksLikeCriterion(plain)) {
        ledger.refuse(number, 'criterion-outside', { section: section.title, chapter: sectionTitles.criteria });
      }
    }
  }
}
