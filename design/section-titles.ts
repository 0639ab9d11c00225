// Finds the form's sections in a document by their titles, in whatever order they stand, and names those that are not there.
import { guesses } from './grammar/nearest.ts';
import type { Ledger } from './lines.ts';
import type { Section } from './sections.ts';

interface Titles {
  /** The form's own title, without what it adds in brackets. */
  readonly ja: string;
  readonly en: string;
  /** What people write instead. */
  readonly also?: readonly string[];
}

/** The sections that say something, in the form's order, with the titles that they go by. */
export const sections = {
  overview: { ja: '概要', en: 'Overview', also: ['システム概要'] },
  decisions: { ja: '前提となるADR', en: 'Decisions (ADR)', also: ['関連ADR', '前提ADR'] },
  architecture: {
    ja: 'アーキテクチャ図',
    en: 'Architecture diagram',
    also: ['構成図', 'システム構成図', '全体構成図'],
  },
  stacks: { ja: 'CDKスタック構成', en: 'CDK stacks', also: ['スタック構成', 'CDKスタック'] },
  dataFlow: { ja: 'データフロー図', en: 'Data flow', also: ['データフロー'] },
  subnets: { ja: 'VPC設計', en: 'VPC', also: ['VPC・サブネット設計', 'サブネット設計', 'VPC・Subnet設計'] },
  securityGroups: {
    ja: 'Security Group設計',
    en: 'Security groups',
    also: ['セキュリティグループ設計', 'セキュリティグループ'],
  },
  endpoints: { ja: 'VPC Endpoints', en: 'VPC endpoints', also: ['VPCエンドポイント', 'VPCエンドポイント設計'] },
  roles: { ja: 'IAMロール・ポリシー設計', en: 'IAM roles and policies', also: ['IAMロール設計', 'IAMロール'] },
  leastPrivilege: { ja: 'IAM最小権限の原則適用例', en: 'Least privilege, by example' },
  alarms: {
    ja: 'CloudWatch Metrics監視',
    en: 'CloudWatch metrics and alarms',
    also: ['CloudWatchメトリクス監視', 'メトリクス監視', 'アラーム設計'],
  },
  logs: { ja: 'ログ保持期間', en: 'Log retention', also: ['ログ保存期間', 'ログ保管期間'] },
  dashboards: {
    ja: 'CloudWatch Dashboard',
    en: 'CloudWatch Dashboard',
    also: ['CloudWatchダッシュボード', 'ダッシュボード'],
  },
  backup: { ja: 'バックアップ戦略', en: 'Backup', also: ['バックアップ設計', 'バックアップ方針'] },
  recovery: { ja: 'ディザスタリカバリ', en: 'Disaster recovery', also: ['災害対策', '災害復旧', 'DR設計'] },
  monthlyCost: { ja: '月間コスト見積もり', en: 'Monthly cost', also: ['月額コスト見積もり', '月次コスト見積もり'] },
  environmentCost: { ja: '環境別コスト', en: 'Cost by environment', also: ['環境別費用', '環境別コスト見積もり'] },
  criteria: { ja: '受入条件', en: 'Acceptance criteria', also: ['受け入れ条件', '受入基準', '受け入れ基準'] },
  tests: { ja: 'テスト戦略', en: 'Tests', also: ['テスト方針', 'テスト計画'] },
  deploy: { ja: 'デプロイ手順', en: 'Deployment steps', also: ['リリース手順'] },
  rollback: { ja: 'ロールバック手順', en: 'Rollback', also: ['切り戻し手順', '切戻し手順'] },
  checklist: { ja: '品質チェックリスト', en: 'Checklist', also: ['チェックリスト'] },
  references: { ja: '参考資料', en: 'References', also: ['参考文献'] },
  related: { ja: '関連情報', en: 'Related', also: ['関連資料', '関連文書'] },
} as const satisfies Readonly<Record<string, Titles>>;
export type SectionName = keyof typeof sections;
const sectionNames = Object.keys(sections) as readonly SectionName[];

/** The sections by the form's titles. */
export const sectionTitles = Object.fromEntries(sectionNames.map((name) => [name, sections[name].ja])) as {
  readonly [Name in SectionName]: (typeof sections)[Name]['ja'];
};

/** A document may do without these; what holds in the place of some is assumed (see assumptions.ts). */
export const optionalSections: ReadonlySet<SectionName> = new Set<SectionName>([
  ...(['endpoints', 'leastPrivilege', 'recovery'] as const),
  ...(['dataFlow', 'dashboards', 'tests', 'checklist', 'references', 'related'] as const),
]);

/** Headings that only gather sections. */
export const gathering: readonly Titles[] = [
  { ja: 'アーキテクチャ設計', en: 'Architecture' },
  { ja: 'ネットワーク設計', en: 'Network' },
  { ja: 'IAM設計', en: 'IAM' },
  { ja: '監視・ログ設計', en: 'Monitoring and logs' },
  { ja: 'バックアップ・DR設計', en: 'Backup and disaster recovery' },
  { ja: 'コスト見積もり', en: 'Cost estimate' },
  { ja: 'デプロイ戦略', en: 'Deployment' },
];

export interface FoundSections {
  /** The document's own title: its first `#` heading, or the first of any level. */
  readonly title: Section | undefined;
  readonly named: Readonly<Partial<Record<SectionName, Section>>>;
  /** The headings of no name of the form below a section's own. */
  readonly below: (section: Section) => readonly Section[];
  /** The groups of criteria and the kinds of test, which go by any name: the chapter itself and the headings below it. */
  readonly criteria: readonly Section[];
  readonly tests: readonly Section[];
  /** Sections whose headings were refused as those of others that are missing. */
  readonly meant: ReadonlySet<Section>;
}

/** Finds the sections; a missing one is refused with the heading that may have been meant, and a second one of a name. */
export function findSections(all: readonly Section[], ledger: Ledger): FoundSections {
  const own = new Set(all.map(({ title }) => formNames.get(normalised(title))));
  /** What people write instead of the form's title counts where no heading has that. */
  const nameOf = ({ title }: Section): SectionName | 'gathering' | undefined => {
    const name = sectionNamed(title);
    if (name !== undefined && own.has(name) && formNames.get(normalised(title)) !== name) return undefined;
    return name ?? (gatherers.has(normalised(title)) ? 'gathering' : undefined);
  };

  const named: Partial<Record<SectionName, Section>> = {};
  for (const section of all) {
    const name = nameOf(section);
    if (name === undefined || name === 'gathering') continue;
    const earlier = named[name];
    if (earlier === undefined) named[name] = section;
    else ledger.refuse(section.line, 'section-twice', { section: sectionTitles[name], line: earlier.line });
  }

  /** What follows a section, up to the next heading that is not below it or is one of the form's. */
  const below = (chapter: Section): Section[] => {
    const after = all.slice(all.indexOf(chapter) + 1);
    const end = after.findIndex((section) => section.depth <= chapter.depth || nameOf(section) !== undefined);
    return end === -1 ? after : after.slice(0, end);
  };
  const criteria = named.criteria === undefined ? [] : [named.criteria, ...below(named.criteria)];
  const tests = named.tests === undefined ? [] : [named.tests, ...below(named.tests)];
  const [first] = all;
  const title =
    all.find((section) => section.depth === 1 && nameOf(section) === undefined) ??
    (first === undefined || nameOf(first) !== undefined ? undefined : first);

  const taken = new Set([title, ...criteria, ...tests]);
  const nameless = all.filter((section) => !taken.has(section) && nameOf(section) === undefined);
  const meant = refuseMissing(named, nameless, title?.line ?? 1, ledger);
  return { title, named, below, criteria, tests, meant };
}

function refuseMissing(
  named: FoundSections['named'],
  nameless: readonly Section[],
  line: number,
  ledger: Ledger,
): ReadonlySet<Section> {
  const missing = sectionNames.filter((name) => named[name] === undefined && !mayBeSilent.has(name));
  const rest: string[] = [];
  const meant = new Set<Section>();
  for (const name of missing) {
    const heading = nameless.find((section) => !meant.has(section) && isNear(section.title, sectionTitles[name]));
    if (heading === undefined && optionalSections.has(name)) continue;
    if (heading === undefined) rest.push(sectionTitles[name]);
    else {
      meant.add(heading);
      ledger.refuse(heading.line, 'section-missing', { sections: [sectionTitles[name]], nearest: heading.title });
    }
  }
  if (rest.length > 0) ledger.refuse(line, 'section-missing', { sections: rest, nearest: undefined });
  return meant;
}

/** Sections whose headings may stand for others: a slip in one is told of its block. */
const mayBeSilent: ReadonlySet<SectionName> = new Set<SectionName>(['endpoints', 'leastPrivilege', 'recovery']);

const isNear = (title: string, known: string): boolean => guesses(normalised(title), [normalised(known)]).length > 0;

/** The section that a heading's words name, in whatever way they are numbered and set. */
export const sectionNamed = (title: string): SectionName | undefined => names.get(normalised(title));

/** What a heading opens: a section of the form, one whose headings go by names of their own, or a chapter that only gathers sections. */
export function chapterOf(title: string): 'form' | 'own-names' | 'gathering' | undefined {
  const name = sectionNamed(title);
  if (name !== undefined) return name === 'criteria' || name === 'tests' ? 'own-names' : 'form';
  return gatherers.has(normalised(title)) ? 'gathering' : undefined;
}

/** The words of a line that is all in bold letters, as captions are: `**VPC設計**:`, `**4.1 VPC設計（本番）：**`, `【VPC設計】`. */
export function captionOf(plain: string): string | undefined {
  const match =
    /^ {0,3}(?:\*\*|__)(?<words>[^*_]+?)(?::\s*)?(?:\*\*|__)(?<more>\s*\([^()]*\))?\s*:?$/.exec(plain)?.groups ??
    /^ {0,3}【(?<words>[^【】]+)】\s*:?$/.exec(plain)?.groups;
  return match && `${match.words ?? ''}${match.more ?? ''}`.trim();
}

const numbering =
  /^\s*(?:第\s*\d+(?:\.\d+)*\s*[章節項]\s*|\(\d+\)\s*|(?:\d+(?:[.-]\d+)+[.)]?|(?:\d+|[A-Z]|[IVX]+)[.)])\s*|\d+\s+)/;

/** A heading's words without the number before them: `第4章`, `4.1.`, `(2)`, `A.`. */
export const withoutNumber = (title: string): string => title.replace(numbering, '');

/** A title without numbering, marks, bold, spaces, case and what stands in brackets: `4.1 VPC Endpoints（オプション）`. */
export const normalised = (title: string): string =>
  withoutNumber(title.replaceAll(/\*\*|__|[【】\u200b-\u200f\u2060\ufeff]/g, '').replace(/^\s*[■□◆◇●○▼▲]\s*/, ''))
    .replace(/\(.*$/, '')
    .replaceAll(/\s/g, '')
    .toLowerCase();

const gatherers: ReadonlySet<string> = new Set(gathering.map(({ ja }) => normalised(ja)));
const formNames = new Map<string, SectionName>(sectionNames.map((name) => [normalised(sections[name].ja), name]));
const names = new Map<string, SectionName>([
  ...sectionNames.flatMap(
    (name) => (sections[name] as Titles).also?.map((title): [string, SectionName] => [normalised(title), name]) ?? [],
  ),
  ...formNames,
]);

/**
 * Refuses what stands outside the sections that read it: a block that no grammar accounted for (of YAML, or of no language: other
 * languages are examples), and criteria that would pass for prose.
 */
export function refuseUnread(
  all: readonly Section[],
  { criteria, meant }: FoundSections,
  ledger: Ledger,
  looksLikeCriterion: (plain: string) => boolean,
): void {
  const chapter = new Set(criteria);
  for (const section of all) {
    for (const { language, open, lines } of meant.has(section) ? [] : section.blocks) {
      const said = lines.filter(({ plain }) => plain.trim() !== '');
      if (!/^(?:ya?ml)?$/i.test(language) || said.some(({ number }) => ledger.isAccountedFor(number))) continue;
      if (said.length > 0) {
        ledger.refuse(open, 'section-unread', {
          section: section.title,
          nearest: guesses(withoutNumber(section.title), Object.values(sectionTitles)),
        });
      }
    }
    if (chapter.has(section)) continue;
    for (const { number, plain } of section.body) {
      if (looksLikeCriterion(plain)) {
        ledger.refuse(number, 'criterion-outside', { section: section.title, chapter: sectionTitles.criteria });
      }
    }
  }
}
