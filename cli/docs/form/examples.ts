// Lines to try on the project's own document: other ways to say a thing, and slips with the refusal that each must meet.
import type { MessageCode } from '../../../design/messages.ts';
import type { Language } from '../../../design/problem.ts';
import type { Part } from './purposes.ts';

/** The first place of `from`, below the heading of the part, becomes `to`. */
export type Edit = readonly [from: string | RegExp, to: string];

export interface RefusedExample {
  readonly code: MessageCode;
  readonly changes: readonly Edit[];
  /** What was done, where the lines alone would not show it. */
  readonly told?: Readonly<Record<Language, string>>;
}

interface Examples {
  /** Each is read without a complaint. */
  readonly also?: readonly (readonly Edit[])[];
  readonly refused?: readonly RefusedExample[];
}

const refusal = (code: MessageCode, ...changes: readonly Edit[]): RefusedExample => ({ code, changes });
const told = (code: MessageCode, en: string, ja: string, ...changes: readonly Edit[]): RefusedExample => ({
  code,
  changes,
  told: { en, ja },
});

/** A further subnet in the tree, above another. */
const subnetBefore = (other: string, subnet: string, route: string): Edit => [
  new RegExp(`(?=[├└]── ${other.replace(/[()]/g, '\\$&')})`),
  `├── ${subnet}\n│   ├── 用途: ECS Fargate\n│   └── ${route}\n`,
];

export const examples: Readonly<Partial<Record<Part, Examples>>> = {
  file: {
    refused: [
      told('empty-file', 'an empty file', '空のファイル', [/[\s\S]+/, '']),
      told('binary-file', 'a file that is no text', 'テキストでないファイル', ['概要', '\0']),
      told('file-too-large', 'a line of 4,001 characters', '4,001文字の行', [
        '## 概要',
        `## 概要\n${'a'.repeat(4001)}`,
      ]),
      told('nested-too-deep', 'a line that begins with 17 `>`', '行頭に `>` が 17 個ある行', [
        '## 概要',
        `## 概要\n${'>'.repeat(17)}`,
      ]),
      refusal('title-missing', [/^# .+$/m, '']),
      refusal('title-shape', [/^# .+$/m, '# Web platform']),
      refusal('section-missing', ['### ログ保持期間', '### ログの保持']),
      told('section-twice', '`### ログ保持期間` named `### VPC設計`', '`### ログ保持期間` を `### VPC設計` にする', [
        '### ログ保持期間',
        '### VPC設計',
      ]),
      refusal('section-unread', ['## 参考資料', '## 付録\n\n```yaml\nQuota: 5\n```\n\n## 参考資料']),
      refusal('criterion-outside', ['## 参考資料', '## 付録\n\n- [ ] **AC-SEC-8** (遍在型): …\n\n## 参考資料']),
      told('strange-character', 'a zero width space in a line', '行の中の幅のない空白', [
        '  開発環境:\n    - Application',
        '  開発環境\u200b:\n    - Application',
      ]),
      told('unclosed-fence', 'the document’s last ``` taken out', '最後の ``` を消す', [/```(?![\s\S]*```)/, '']),
    ],
  },
  frontMatter: {
    also: [
      [['  domain: shop.example.com\n  hosted_zone_id: Z0123456789ABCDEFGHIJ', '  domain: none']],
      [['  architecture: x86_64', '  architecture: arm64']],
      [['    production: 1800', '    production: 1800\n    staging: 950.50']],
      [['  architecture: x86_64', '  failover: automatic']],
      [['  architecture: x86_64', '  working_hours: { start: "08:30", stop: "20:00", time_zone: Europe/Dublin }']],
      [['  architecture: x86_64', '  public_holidays: [2027-01-01, 2027-03-17]']],
    ],
    refused: [
      told('front-matter-missing', 'the first `---` taken out', '先頭の `---` を消す', [/^---\n/, '']),
      told('front-matter-unclosed', 'the second `---` taken out', '二つ目の `---` を消す', [/\n---\n\n/, '\n\n']),
      refusal('front-matter-syntax', ['version: 1.0.0', 'version: "1.0.0']),
      refusal('front-matter-key', ['alert_email:', 'alert_mail:']),
      refusal('front-matter-value', [/created: .+/, 'created: 2026-02-30']),
      refusal('front-matter-incomplete', ['version: 1.0.0\n', '']),
      refusal('placeholder', ['owner: platform-team', 'owner: [チーム名]']),
      refusal('missing-input', ['  owner: platform-team\n', '']),
      refusal('site-nameless', ['  domain: shop.example.com', '  domain: none']),
      refusal('domain-long', ['domain: shop.example.com', `domain: ${'shop.'.repeat(8)}example.com`]),
      refusal('certificate-elsewhere', [
        '  architecture: x86_64',
        '  certificates:\n    origin: arn:aws:acm:us-east-1:123456789012:certificate/origin',
      ]),
      refusal('standby-overlap', ['  architecture: x86_64', '  standby_cidr: 10.0.128.0/17']),
      refusal('standby-size', ['  architecture: x86_64', '  standby_cidr: 10.1.0.0/20']),
    ],
  },
  overview: {
    refused: [
      told('row-missing', '`**前提条件**:` taken out', '`**前提条件**:` を消す', [
        /\n\*\*前提条件\*\*:[\s\S]*?(?=\n## )/,
        '\n',
      ]),
    ],
  },
  decisions: {
    also: [[['- [ADR-001: VPCの区画](', '- [VPCの区画](']]],
    refused: [refusal('decision-link', ['[ADR-001:', '[ADR-041:'])],
  },
  architecture: {
    refused: [
      refusal('diagram-missing', ['```mermaid', '```text']),
      told('diagram-unclosed', 'an `end` taken out', '`end` を一つ消す', [/\n {4}end\n/, '\n']),
      told('diagram-surplus-end', 'an `end` too many', '余分な `end` を加える', [
        '\n    Customers -->',
        '\n    end\n    Customers -->',
      ]),
      refusal('figures-disagree', ['"VPC: 10.0.0.0/16"', '"VPC: 10.8.0.0/16"']),
    ],
  },
  stacks: {
    also: [[['依存: NetworkStack, SecurityStack', '依存: NetworkStack、SecurityStack']]],
    refused: [
      refusal('step-order', ['  2. SecurityStack:', '  3. SecurityStack:']),
      refusal('unknown-name', ['DatabaseStack:', 'DataStack:']),
      told(
        'stack-absent',
        'CacheStack taken out, but not from the dependencies',
        'CacheStack を消し、依存には残す',
        [/\n {2}4\. CacheStack:[\s\S]*?cache-stack\.ts\n/, ''],
        ['  5. ', '  4. '],
        ['  6. ', '  5. '],
        ['  7. ', '  6. '],
        ['  8. ', '  7. '],
      ),
      refusal('stack-circle', ['依存: なし', '依存: ComputeStack']),
      refusal('group-undesigned', ['- ALB Security Group', '- Proxy Security Group']),
      refusal('figures-disagree', ['- NAT Gateway x2', '- NAT Gateway x3']),
    ],
  },
  dataFlow: { refused: [refusal('unknown-line', [/^( +)participant .+$/m, '    participant'])] },
  subnets: {
    also: [
      [['├── Public Subnet (AZ-a)', '- Public Subnet (AZ-a)']],
      [['└── NAT Gateway: 使用（Public Subnet経由）', '└── NAT Gateway: 使用する']],
      [['├── 用途: ALB, NAT Gateway', '├── 用途: ALB、NAT Gateway']],
    ],
    refused: [
      refusal('cidr-malformed', ['10.0.21.0/24', '10.0.256.0/24']),
      refusal('cidr-host-bits', ['10.0.21.0/24', '10.0.21.8/24']),
      refusal('cidr-size', ['10.0.21.0/24', '10.0.21.0/29']),
      refusal('subnet-outside', ['10.0.21.0/24', '10.1.21.0/24']),
      refusal('subnets-overlap', ['10.0.21.0/24', '10.0.0.0/20']),
      refusal('zones-differ', ['Data Subnet (AZ-c)', 'Data Subnet (AZ-d)']),
      told('zones-few', 'Data Subnet (AZ-c) taken out', 'Data Subnet (AZ-c) を消す', [
        /└── Data Subnet \(AZ-c\)(?:.*\n){3}/,
        '',
      ]),
      told(
        'standby-zones',
        'subnets in a third zone, and a DR Region that has two',
        '三つ目の AZ にサブネットを加え、DR Region を AZ が二つのリージョンにする',
        subnetBefore('Private Subnet (AZ-a)', 'Public Subnet (AZ-d): 10.0.2.0/24', 'インターネットゲートウェイ: 有効'),
        subnetBefore('Data Subnet (AZ-a)', 'Private Subnet (AZ-d): 10.0.12.0/24', 'NAT Gateway: 使用'),
        subnetBefore('Data Subnet (AZ-c)', 'Data Subnet (AZ-d): 10.0.22.0/24', 'インターネットアクセス: なし'),
        ['DR Region: us-west-2 (Oregon)', 'DR Region: us-west-1 (N. California)'],
      ),
      refusal('subnet-route', ['└── インターネットアクセス: なし', '└── NAT Gateway: 使用']),
    ],
  },
  securityGroups: {
    also: [
      [['Port: 80, Source: 0.0.0.0/0', 'Port: 80, Source: 203.0.113.0/24']],
      [
        [
          '  Egress: なし\n',
          '  Egress:\n    - Protocol: UDP, Port: 8125-8126, Destination: 192.0.2.0/24, Description: "To the collector"\n',
        ],
      ],
    ],
    refused: [
      refusal('open-to-world', ['Port: 80, Source: 0.0.0.0/0', 'Port: 8080, Source: 0.0.0.0/0']),
      refusal('rule-alone', ['Port: 6379, Destination', 'Port: 6380, Destination']),
      refusal('rule-description', ['Description: "From ALB"', 'Description: "ALBから"']),
      refusal('unknown-name', ['Source: ALB Security Group', 'Source: ELB Security Group']),
      refusal('unknown-line', ['Protocol: TCP, Port: 443, Source', 'Port: 443, Source']),
    ],
  },
  endpoints: {
    also: [
      [[/Interface Endpoints（.+）:/, 'Interface Endpoints（必須）:']],
      [[/\nInterface Endpoints[\s\S]*?(?=```)/, '\nInterface Endpoints: なし\n']],
    ],
    refused: [refusal('unknown-name', ['- S3 Endpoint', '- S4 Endpoint'])],
  },
  roles: {
    also: [[['- SNS: Publish (特定トピックのみ)', '- SNS: Publish']]],
    refused: [
      refusal('role-principal', ['信頼関係: lambda.amazonaws.com', '信頼関係: ec2.amazonaws.com']),
      refusal('wildcard', ['- SNS: Publish (特定トピックのみ)', '- SNS: *']),
      told('service-unused', 'Lambda Execution Role taken out', 'Lambda Execution Role を消す', [
        /\nLambda Execution Role[\s\S]*?(?=\nRDS Enhanced)/,
        '',
      ]),
      refusal('permission-homeless', ['- SNS: Publish', '- Kinesis: PutRecord']),
    ],
  },
  alarms: {
    also: [
      [['閾値: 平均 > 1s (Warning), 平均 > 3s (Critical)', '閾値: 平均 ≧ 800ms (Warning), 最大 > 3秒 (Critical)']],
      [['期間: 1分', '期間: 120秒']],
      [['評価期間: 1回', '評価期間: 3回連続']],
    ],
    refused: [
      refusal('threshold-unit', ['平均 > 1s (Warning), 平均 > 3s', '平均 > 1% (Warning), 平均 > 3%']),
      refusal('threshold-order', ['平均 > 1s (Warning), 平均 > 3s', '平均 > 3s (Warning), 平均 > 1s']),
      refusal('threshold-mixed', ['平均 > 1s (Warning), 平均 > 3s', '平均 < 1s (Warning), 平均 > 3s']),
      refusal('out-of-range', ['期間: 1分', '期間: 30秒']),
      refusal('unknown-name', ['- RunningTaskCount:', '- RunningTasks:']),
    ],
  },
  logs: {
    also: [
      [['- ALB Access Log: 90日', '- ALB Access Log: 100日間']],
      [['- VPC Flow Log: 7日', '- VPC Flow Log: なし']],
      [
        [
          /```yaml[\s\S]*?```/,
          [
            '| 環境 | Application Log | ALB Access Log | VPC Flow Log | CloudTrail |',
            '|---|---|---|---|---|',
            '| 本番環境 | 90日 | 90日 | 30日 | 90日（S3に永久保存） |',
            '| ステージング環境 | 30日 | 30日 | 7日 | 30日 |',
            '| 開発環境 | 7日 | 7日 | なし | 7日 |',
          ].join('\n'),
        ],
      ],
    ],
    refused: [
      refusal('retention-not-offered', ['- VPC Flow Log: 30日', '- VPC Flow Log: 45日']),
      refusal('row-missing', ['    - CloudTrail: 30日\n', '']),
      told('environment-missing', '開発環境 taken out', '開発環境を消す', [/ {2}開発環境:\n(?: {4}.*\n)+/, '']),
    ],
  },
  dashboards: {
    also: [[['- NetworkIn/Out (折れ線グラフ)', '- NetworkIn/Out (棒グラフ)']]],
    refused: [
      told('block-missing', 'the block taken out', 'ブロックを消す', [/```yaml[\s\S]*?```/, '']),
      refusal('unknown-name', ['- ALB TargetResponseTime', '- ALB ResponseTime']),
      refusal('unknown-line', ['(数値)', '(円グラフ)']),
    ],
  },
  backup: {
    also: [
      [['バックアップウィンドウ: 03:00-04:00 UTC (JST 12:00-13:00)', 'バックアップウィンドウ: 17:30〜18:00 UTC']],
      [['スナップショット: 週次（日曜 03:00 UTC）', 'スナップショット: 週次（土曜 18:30 UTC）']],
      [['- 90日後: Glacier Flexible Retrieval移行', '- 90日後: Glacier Instant Retrievalへ移行']],
      [['    - ステージング環境: 3日\n    - 開発環境: 1日', '    - その他: 2日']],
    ],
    refused: [
      refusal('always-on', ['自動バックアップ: 有効', '自動バックアップ: 無効']),
      refusal('window-short', ['03:00-04:00 UTC (JST 12:00-13:00)', '03:00-03:20 UTC']),
      refusal('out-of-range', ['- 本番環境: 7日', '- 本番環境: 60日']),
      refusal('transition-order', ['- 365日後: Glacier Deep', '- 60日後: Glacier Deep']),
      refusal('snapshots-needed', ['  スナップショット: 週次（日曜 03:00 UTC）\n', '']),
      refusal('versions-needed', ['バージョニング: 有効', 'バージョニング: 無効']),
      refusal('replicas-needed', [
        /クロスリージョンレプリケーション:\n {4}- 本番環境: .+/,
        'クロスリージョンレプリケーション:\n    - 本番環境: 無効',
      ]),
    ],
  },
  recovery: {
    also: [
      [['RPO (Recovery Point Objective): 1時間', 'RPO: 30分']],
      [['RTO (Recovery Time Objective): 4時間', 'RTO: 1時間30分']],
      [['DR Region: us-west-2 (Oregon)', 'DR Region: us-west-2']],
    ],
    refused: [
      refusal('unknown-name', ['DR戦略: Pilot Light', 'DR戦略: Warm Standby']),
      refusal('unknown-name', ['us-west-2 (Oregon)', 'us-west-2 (Ohio)']),
      refusal('same-region', ['DR Region: us-west-2 (Oregon)', 'DR Region: ap-northeast-1 (Tokyo)']),
      refusal('step-order', ['  3. Route 53が', '  4. Route 53が']),
    ],
  },
  monthlyCost: {
    also: [
      [
        ['2 vCPU × 2 タスク', '4 vCPU × 3 タスク'],
        ['4GB × 2 タスク', '8GB × 3 タスク'],
      ],
      [['db.r6g.large × 2 (Multi-AZ): $228.49 × 2', 'db.r7g.xlarge × 3 (Multi-AZ): $460 × 3']],
      [['想定トラフィック: 100 req/s', '想定トラフィック: 250 req/s']],
    ],
    refused: [
      refusal('fargate-size', ['4GB × 2 タスク', '32GB × 2 タスク']),
      refusal('unknown-name', ['db.r6g.large × 2', 'db.r6g.larg × 2']),
      refusal('figures-disagree', ['4GB × 2 タスク', '4GB × 3 タスク']),
      refusal('nat-gateways-many', ['$0.062/時間 × 2', '$0.062/時間 × 4']),
      refusal('recovery-class', ['- db.r6g.large ×', '- db.t4g.large ×']),
      refusal('zones-demanded', ['- db.r6g.large × 2 (Multi-AZ): $228.49 × 2', '- db.r6g.large: $228.49']),
      told(
        'service-absent',
        '`ElastiCache Redis:` taken out of the estimate alone',
        '見積もりからだけ `ElastiCache Redis:` を消す',
        [/\n {2}ElastiCache Redis:\n[\s\S]*?小計: .*\n/, ''],
      ),
      told('part-incomplete', '`Lambda:` taken out of the estimate alone', '見積もりからだけ `Lambda:` を消す', [
        / {2}Lambda:\n[\s\S]*?小計: .*\n/,
        '',
      ]),
    ],
  },
  environmentCost: {
    also: [
      [['- スペック半分、シングルAZ可', '- スペック50%、Multi-AZ']],
      [['  - 夜間・休日自動停止（70%削減）\n', '']],
    ],
    refused: [
      refusal('row-missing', ['- スペック半分、シングルAZ可', '- シングルAZ可']),
      refusal('out-of-range', ['- スペック半分、', '- スペック3/2、']),
      refusal('figures-disagree', [/年間総コスト: \(\$1,/, '年間総コスト: ($2,']),
    ],
  },
  criteria: {
    also: [[['- [x] **AC-SEC-1** (遍在型): ', '- **AC-SEC-1** (遍在型): ']]],
    refused: [
      refusal('unknown-name', ['**AC-SEC-1** (遍在型)', '**AC-SEC-1** (遍在)']),
      refusal('row-twice', ['**AC-SEC-2**', '**AC-SEC-1**']),
      refusal('unknown-line', ['- [x] **AC-SEC-1** (遍在型): ', '- [x] AC-SEC-1: ']),
    ],
  },
  deploy: {
    refused: [
      refusal('step-order', ['2. **CDK Synth & Diff**', '3. **CDK Synth & Diff**']),
      refusal('unknown-line', ['1. **事前確認**', '**事前確認**']),
    ],
  },
  checklist: {
    refused: [told('row-missing', 'every point taken out', '項目をすべて消す', [/(?:^- \[.\] .*\n)+/m, ''])],
  },
  references: { refused: [refusal('unknown-line', [/^- \[EARS\]: .+$/m, '- EARS'])] },
};
