// The titles that the form's sections go by, and how a heading is read as one of them.

export interface Titles {
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
export const sectionNames = Object.keys(sections) as readonly SectionName[];

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

export const gatherers: ReadonlySet<string> = new Set(gathering.map(({ ja }) => normalised(ja)));
export const formNames = new Map<string, SectionName>(
  sectionNames.map((name) => [normalised(sections[name].ja), name]),
);
const names = new Map<string, SectionName>([
  ...sectionNames.flatMap(
    (name) => (sections[name] as Titles).also?.map((title): [string, SectionName] => [normalised(title), name]) ?? [],
  ),
  ...formNames,
]);
