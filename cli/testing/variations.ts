// The project's own document changed in the ways that people change theirs, for tests of all that is made of a document.
import { readFileSync } from 'node:fs';

export const ownDocument: string = readFileSync('specs/stories/WEB-001-web-platform/design.md', 'utf8');

type Edit = readonly [from: string | RegExp, to: string];

/** Applies edits; one that changes nothing is a mistake of the test. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, [from, to]) => {
    const next = typeof from === 'string' ? current.replaceAll(from, to) : current.replace(from, to);
    if (next === current) throw new Error(`nothing to replace: ${from}`);
    return next;
  }, text);
}

const withoutCache: readonly Edit[] = [
  [/\n {2}4\. CacheStack:[\s\S]*?cache-stack\.ts\n/, ''],
  ['  5. StorageStack', '  4. StorageStack'],
  ['  6. ComputeStack', '  5. ComputeStack'],
  ['  7. MessagingStack', '  6. MessagingStack'],
  ['  8. MonitoringStack', '  7. MonitoringStack'],
  ['DatabaseStack, CacheStack, StorageStack', 'DatabaseStack, StorageStack'],
  [/ {4}- Protocol: TCP, Port: 6379, Destination: .*\n/, ''],
  [/\nElastiCache Security Group[\s\S]*?Egress: なし\n/, ''],
  [/\nElastiCache Redis監視:[\s\S]*?(?=```)/, ''],
  [/\nElastiCache Redis:\n {2}自動バックアップ[\s\S]*?(?=```)/, ''],
  [/\n {2}ElastiCache Redis:\n[\s\S]*?小計: .*\n/, ''],
  [/ {4}├── 用途: RDS Aurora, ElastiCache/, '    ├── 用途: RDS Aurora'],
  [/│ {3}├── 用途: RDS Aurora, ElastiCache/, '│   ├── 用途: RDS Aurora'],
  [/ *npx cdk deploy Production(?:Standby)?CacheStack .*\n/g, ''],
];

const withoutFunctions: readonly Edit[] = [
  [/ {8}- Lambda Security Group\n/, ''],
  ['IAM Roles (ECS Task, Lambda Execution)', 'IAM Roles (ECS Task)'],
  [/ {8}- lambdaSecurityGroup: .*\n/, ''],
  [/ {8}- Lambda Functions\n/, ''],
  [/ {8}- apiFunctions: .*\n/, ''],
  ['用途: ECS Fargate, Lambda', '用途: ECS Fargate'],
  [/\nLambda Security Group[\s\S]*?(?=\nRDS Security Group)/, ''],
  [/ {4}- Protocol: TCP, Port: 5432, Source: Lambda Security Group.*\n/, ''],
  [/\nLambda Execution Role[\s\S]*?(?=\nRDS Enhanced)/, ''],
  [/\nLambda監視:[\s\S]*?(?=\nRDS Aurora監視)/, ''],
  [/ {4}- Lambda Errors .*\n/, ''],
  [/\n {2}Lambda:\n[\s\S]*?小計: .*\n/, ''],
];

const withoutTable: readonly Edit[] = [
  [/ {2}- DynamoDB Endpoint: .*\n/, ''],
  [/ {8}- DynamoDB: .*\n/, ''],
];

const withoutRecovery: readonly Edit[] = [
  [/### ディザスタリカバリ[\s\S]*?(?=## コスト見積もり)/, ''],
  [
    / {2}クロスリージョンバックアップ:\n {4}- 本番環境: 有効（us-west-2）/,
    '  クロスリージョンバックアップ:\n    - 本番環境: 無効',
  ],
  [
    / {2}クロスリージョンレプリケーション:\n {4}- 本番環境: 有効（us-west-2）/,
    '  クロスリージョンレプリケーション:\n    - 本番環境: 無効',
  ],
  [/ *npx cdk deploy Production(?:Recovery|Standby|BaseReferences)\w*Stack .*\n/g, ''],
];

const threeZones: readonly Edit[] = [
  ['x2 (Multi-AZ)', 'x3 (Multi-AZ)'],
  ['NAT Gateway x2', 'NAT Gateway x3'],
  ['730時間 × $0.062/時間 × 2 (Multi-AZ)', '730時間 × $0.062/時間 × 3 (Multi-AZ)'],
  [
    '├── Private Subnet (AZ-a)',
    '├── Public Subnet (AZ-d): 10.0.2.0/24\n│   ├── 用途: ALB, NAT Gateway\n│   └── インターネットゲートウェイ: 有効\n├── Private Subnet (AZ-a)',
  ],
  [
    '├── Data Subnet (AZ-a)',
    '├── Private Subnet (AZ-d): 10.0.12.0/24\n│   ├── 用途: ECS Fargate, Lambda\n│   └── NAT Gateway: 使用（Public Subnet経由）\n├── Data Subnet (AZ-a)',
  ],
  [
    '└── Data Subnet (AZ-c)',
    '├── Data Subnet (AZ-d): 10.0.22.0/24\n│   ├── 用途: RDS Aurora, ElastiCache\n│   └── インターネットアクセス: なし\n└── Data Subnet (AZ-c)',
  ],
];

export const variations: Readonly<Record<string, readonly Edit[]>> = {
  'in another range of addresses': [['10.0.', '172.20.']],
  'with three availability zones': threeZones,
  'in other regions': [
    ['ap-northeast-1 (Tokyo)', 'eu-central-1 (Frankfurt)'],
    ['us-west-2', 'eu-west-1'],
    ['(Oregon)', '(Ireland)'],
  ],
  'on other ports': [
    ['Port: 8080', 'Port: 9443'],
    ['Port: 5432', 'Port: 5433'],
    ['Port: 6379', 'Port: 6380'],
  ],
  'with a further rule': [
    [
      '    - Protocol: TCP, Port: 443, Destination: 0.0.0.0/0, Description: "To AWS APIs"\n\nLambda',
      '    - Protocol: TCP, Port: 443, Destination: 0.0.0.0/0, Description: "To AWS APIs"\n    - Protocol: TCP, Port: 25-26, Destination: 192.0.2.0/24, Description: "To the mail relay"\n\nLambda',
    ],
  ],
  'with other thresholds and periods': [
    ['平均 > 1s (Warning), 平均 > 3s (Critical)', '平均 > 500ms (Warning), 平均 >= 2s (Critical)'],
    ['合計 > 80% of max (Warning), 合計 > 95% of max', '合計 > 60% of max (Warning), 合計 > 75% of max'],
    ['期間: 1分', '期間: 3分'],
    ['評価期間: 3回連続', '評価期間: 4回連続'],
  ],
  'with other retentions and windows': [
    ['- Application Log (ECS/Lambda): 90日', '- Application Log (ECS/Lambda): 180日'],
    ['- VPC Flow Log: なし', '- VPC Flow Log: 3日'],
    ['- 本番環境: 7日', '- 本番環境: 14日'],
    [
      'バックアップウィンドウ: 03:00-04:00 UTC (JST 12:00-13:00)',
      'バックアップウィンドウ: 17:30-18:00 UTC (JST 02:30-03:00)',
    ],
    ['90日後: Glacier', '120日後: Glacier'],
  ],
  'with other sizes': [
    ['2 vCPU × 2 タスク', '4 vCPU × 3 タスク'],
    ['4GB × 2 タスク', '8GB × 3 タスク'],
    ['db.r6g.large × 2', 'db.r7g.xlarge × 3'],
    ['$228.49 × 2', '$228.49 × 3'],
    ['cache.r6g.large × 2', 'cache.r7g.large × 3'],
    ['$0.247/時間 × 730時間 × 2', '$0.247/時間 × 730時間 × 3'],
    ['× 512MB', '× 1024MB'],
    ['max_tasks: 10', 'max_tasks: 24'],
  ],
  'with other inputs': [
    [
      '  architecture: x86_64\n',
      '  architecture: arm64\n  cache_engine: valkey\n  interface_endpoints: true\n  accounts: one\n',
    ],
  ],
  'with certificates of its own': [
    [
      '  architecture: x86_64\n',
      [
        '  architecture: x86_64',
        '  certificates:',
        '    edge: arn:aws:acm:us-east-1:123456789012:certificate/edge',
        '    origin: arn:aws:acm:ap-northeast-1:123456789012:certificate/origin\n',
      ].join('\n'),
    ],
  ],
  'without a domain': [[/ {2}domain: shop.example.com\n {2}hosted_zone_id: .*\n/, '  domain: none\n']],
  'without a hosted zone': [[/ {2}hosted_zone_id: .*\n/, '']],
  "in the edge's own region": [['ap-northeast-1 (Tokyo)', 'us-east-1 (N. Virginia)']],
  'with other hours, holidays and budgets': [
    [
      '  architecture: x86_64\n',
      '  architecture: x86_64\n  working_hours: { start: "08:30", stop: "20:00", time_zone: Europe/Dublin }\n  public_holidays: [2027-01-01, 2027-03-17]\n',
    ],
    [/ {2}budget:\n {4}production: 1800\n/, '  budget: { production: 2000, development: 250.50 }\n'],
  ],
  'with copies of staging too, and no region that takes over': [
    ...withoutRecovery.slice(0, 1),
    [
      / {2}クロスリージョンバックアップ:\n {4}- 本番環境: 有効（us-west-2）\n {4}- その他: 無効/,
      '  クロスリージョンバックアップ:\n    - 本番環境: 有効（us-west-2）\n    - ステージング環境: 有効（us-west-2）\n    - 開発環境: 無効',
    ],
    [
      / {4}- 本番環境: 有効（us-west-2）\n {4}- その他: 無効\n\nElasti/,
      '    - 本番環境: 無効\n    - その他: 無効\n\nElasti',
    ],
    [/ *npx cdk deploy Production(?:Standby\w*|Recovery)Stack .*\n/g, ''],
  ],
  'without weekly snapshots': [
    [/ {2}スナップショット: .*\n/, ''],
    [
      / {2}クロスリージョンバックアップ:\n {4}- 本番環境: 有効（us-west-2）/,
      '  クロスリージョンバックアップ:\n    - 本番環境: 無効',
    ],
  ],
  'without a cache': withoutCache,
  'without functions': withoutFunctions,
  'without a table': withoutTable,
  'without a recovery region': withoutRecovery,
  'without interface endpoints': [[/\nInterface Endpoints[\s\S]*?(?=```)/, '']],
  'without any endpoint': [[/### VPC Endpoints[\s\S]*?(?=## IAM設計)/, '']],
  'without working hours': [[/ {2}- 夜間・休日自動停止.*\n/, '']],
  'with nothing optional': [
    ...withoutCache,
    ...withoutFunctions,
    ...withoutTable.slice(1),
    ...withoutRecovery,
    [/### VPC Endpoints[\s\S]*?(?=## IAM設計)/, ''],
  ],
};
