// DOC-1…8: a document written back from its templates reads as the same design, and is the same bytes when it is written again.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphsOfEnvironment } from '../assembly/environments.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { monthlyBudget } from '../design/budget.ts';
import { type ReadResult, readDesign } from '../design/read-design.ts';
import { type Design, formEnvironments } from '../design/schema.ts';
import { dataFlowDiagram } from '../proof/document/data-flow.ts';
import { withoutManaged } from '../proof/document/managed.ts';
import { words } from '../proof/document/words.ts';
import { type Documented, mayDiffer, writeDocument } from '../proof/document/write-document.ts';
import { judgeStatements } from '../proof/judges/judge-statements.ts';
import { modelOf } from '../proof/report/diagram/model.ts';
import { buildDocument } from './lib/build/build-document.ts';
import { documented, surroundings } from './lib/document/documented.ts';
import { edited, ownDocument, variations } from './testing/variations.ts';

const form = '../shared/seed/infra-design-template.md';
const read = (text: string) => readDesign(text, { lenient: true });

/** Paths at which two designs say something else. */
function differing(one: unknown, other: unknown, path = ''): readonly string[] {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Object.is(one, other) ? [] : [path];
  }
  const [left, right] = [Object.entries(one), Object.entries(other)].map(
    (entries) => new Map<string, unknown>(entries),
  );
  const keys = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])];
  return keys.flatMap((key) => differing(left?.get(key), right?.get(key), path === '' ? key : `${path}.${key}`));
}

const unexpected = (before: Design | undefined, after: Design | undefined) =>
  differing(before, after).filter((path) => !mayDiffer.some((words) => words.test(path)));

const documents: readonly (readonly [name: string, text: string])[] = [
  ['the project’s own', ownDocument],
  ...[
    'in another range of addresses',
    'in other regions',
    "in the edge's own region",
    'with other sizes',
    'without a table',
    'with nothing optional',
  ].map((name) => [name, edited(ownDocument, variations[name] ?? [])] as const),
  [
    'with its front matter in a block',
    ownDocument.replace(/^---\n([\s\S]*?)\n---\n+(# .*)\n/, '$2\n\n## メタデータ\n\n```yaml\n$1\n```\n'),
  ],
  ['without inputs of its own', ownDocument.replace(/\nhashira:\n[\s\S]*?(?=\n---\n)/, '')],
  ...(existsSync(form) ? [['the form', readFileSync(form, 'utf8')] as const] : []),
];

describe.each(documents)('%s, written back', (_, text) => {
  let first: Documented;
  beforeAll(async () => {
    first = await documented(text, { lenient: true });
  });

  test('is read without a problem that it did not have', () => {
    const problems = ({ problems: found }: ReadResult) => found.filter(({ forgivable }) => !forgivable);
    expect(problems(read(first.content)).map(({ line, message }) => `${line}: ${message.en}`)).toEqual([]);
  });

  test('is the same design, but for claims, pictures and answers', () => {
    expect(unexpected(read(text).design, read(first.content).design)).toEqual([]);
  });

  test('lists the decisions that it listed, in their order, before any further one', () => {
    const [before, after] = [read(text).design, read(first.content).design];
    expect(after?.decisions.slice(0, before?.decisions.length)).toEqual(before?.decisions);
    expect(after?.relatedAdr.slice(0, before?.relatedAdr.length)).toEqual(before?.relatedAdr);
  });

  test('keeps the budgets that followed from its months', () => {
    const amounts = (design: Design | undefined) =>
      design && formEnvironments.map((name) => monthlyBudget(design, name));
    expect(amounts(read(first.content).design)).toEqual(amounts(read(text).design));
  });

  test('is the same bytes when it is written again, and has no line that templates deny', async () => {
    expect((await documented(first.content, { lenient: true })).content).toBe(first.content);
    expect(first.denied).toEqual([]);
  });

  test('keeps every line of prose where it was', () => {
    const prose = (content: string) =>
      read(content)
        .lines.filter(({ kind, text: words }) => kind === 'prose' && words.trim() !== '')
        .map(({ text: words }) => words);
    // Tables of Hashira's own are no prose of the author's; records that are listed newly are.
    const kept = prose(withoutManaged(first.content));
    const missing = prose(withoutManaged(text)).filter((words) => !kept.includes(words));
    expect(missing).toEqual([]);
  });
});

test('line ends and a byte order mark are the author’s', async () => {
  const { content } = await documented(`\uFEFF${ownDocument.replaceAll('\n', '\r\n')}`);
  expect(content.startsWith('\uFEFF---\r\n')).toBe(true);
  expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('what an author wrote where Hashira writes too stays beside it', async () => {
  const edits = [
    ['```mermaid\ngraph TB\n', '```mermaid\n%% 東京の図\ngraph TB\n'],
    [/(\*\*識別子と機能名を記録した\*\*)[^\n]*/, '$1: 田中が確認'],
    [
      '<!-- hashira:estimate -->',
      '<!-- 経理の確認済み -->\n\n| 項目 | 額 |\n|---|---|\n| 回線 | $3 |\n\n<!-- hashira:estimate -->',
    ],
  ] as const;
  const { content } = await documented(edited(ownDocument, edits));
  expect(content).toContain('%% 東京の図\n');
  expect(content).toContain('**: 田中が確認 <!-- hashira -->／id WEB-001');
  expect(content).toContain(
    '<!-- 経理の確認済み -->\n\n| 項目 | 額 |\n|---|---|\n| 回線 | $3 |\n\n<!-- hashira:estimate -->',
  );
  expect((await documented(content)).content).toBe(content);
});

describe('claims that are wrong', () => {
  const wrong = edited(ownDocument, [
    ['(JST 12:00-13:00)', '(JST 11:00-12:00)'],
    ['× $0.05056/vCPU時間 = $147.64', '× $0.04048/vCPU時間 = $118'],
    ['- Alarms: 54アラーム × $0.10 = $5.4', '- Alarms: 10アラーム × $0.10 = $1'],
    ['小計: $179.94', '小計: $150'],
    ['（70%削減）', '（50%削減）'],
    ['30%削減 → $1,240.38/月', '30%削減 → $1,005/月'],
  ]);

  test('are put right, and only they: the result is what it is without the mistakes', async () => {
    const [right, corrected] = [await documented(ownDocument), await documented(wrong)];
    expect(corrected.denied).toEqual([]);
    expect(corrected.content).toBe(right.content);
  });
});

describe('a template that is not what the document says', () => {
  const workshop = mkdtempSync(join(tmpdir(), 'hashira-documented-'));
  afterAll(() => rmSync(workshop, { recursive: true, force: true }));
  const { design, lines } = readDesign(ownDocument);

  beforeAll(async () => {
    if (design === undefined) throw new Error('the project’s own document is refused');
    await buildDocument({ design, lines, environments: formEnvironments, validation: false, outdir: workshop });
  });

  /** The document as it is written when a template says something else. */
  function writtenWith(stack: string, edit: (template: string) => string): Documented {
    if (design === undefined) throw new Error('refused');
    const place = join(workshop, `${stack}.template.json`);
    const template = readFileSync(place, 'utf8');
    const changed = edit(template);
    if (changed === template) throw new Error(`nothing to change in ${stack}`);
    try {
      writeFileSync(place, changed);
      const graph = readAssembly(workshop);
      const statements = judgeStatements({ graph, design, lines, environments: formEnvironments });
      const input = { content: ownDocument, design, lines, graph, statements, criteria: [] };
      return writeDocument({ ...input, ...surroundings(), lang: 'ja' });
    } finally {
      writeFileSync(place, template);
    }
  }

  /** Changes a property of the resources of a type whose logical id begins with some words. */
  const changing =
    (type: string, prefix: string, edit: (properties: Record<string, unknown>) => void) => (text: string) => {
      const template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } =
        JSON.parse(text);
      for (const [id, resource] of Object.entries(template.Resources)) {
        if (resource.Type === type && id.startsWith(prefix)) edit(resource.Properties);
      }
      return JSON.stringify(template);
    };
  const set = (type: string, prefix: string, property: string, value: unknown) =>
    changing(type, prefix, (properties) => {
      properties[property] = value;
    });

  test.each<readonly [string, (template: string) => string, stated: string, built: string]>([
    [
      'ProductionNetworkStack',
      set('AWS::EC2::Subnet', 'NetworkPublicA', 'CidrBlock', '10.0.7.0/24'),
      'Public Subnet (AZ-a): 10.0.0.0/24',
      'Public Subnet (AZ-a): 10.0.7.0/24',
    ],
    [
      'ProductionMonitoringStack',
      set('AWS::CloudWatch::Alarm', 'AlarmsAlbTargetResponseTimeTasksWarning', 'Threshold', 2),
      '閾値: 平均 > 1s (Warning), 平均 > 3s (Critical)',
      '閾値: 平均 > 2s (Warning), 平均 > 3s (Critical)',
    ],
    [
      'ProductionMonitoringStack',
      set('AWS::CloudWatch::Alarm', 'AlarmsAlbTargetResponseTime', 'Period', 600),
      '期間: 5分',
      '期間: 10分',
    ],
    [
      'ProductionComputeStack',
      set('AWS::ECS::TaskDefinition', '', 'Cpu', '4096'),
      '- vCPU: 2 vCPU × 2 タスク × 730時間 × $0.05056/vCPU時間 = $147.64',
      '- vCPU: 4 vCPU × 2 タスク × 730時間 × $0.05056/vCPU時間 = $295.27',
    ],
    [
      'ProductionDatabaseStack',
      set('AWS::RDS::DBInstance', '', 'DBInstanceClass', 'db.r6g.xlarge'),
      '- db.r6g.large × 2 (Multi-AZ): $228.49 × 2 = $456.98',
      '- db.r6g.xlarge × 2 (Multi-AZ): $456.98 × 2 = $913.96',
    ],
    [
      'ProductionDatabaseStack',
      set('AWS::RDS::DBCluster', '', 'BackupRetentionPeriod', 5),
      '- 本番環境: 7日',
      '- 本番環境: 5日',
    ],
    [
      'ProductionSecurityStack',
      changing('AWS::EC2::SecurityGroup', 'GroupsAlb', (properties) => {
        const rules = properties.SecurityGroupIngress;
        if (Array.isArray(rules)) Object.assign(rules[0], { FromPort: 8443, ToPort: 8443 });
      }),
      '- Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "HTTPS from Internet"',
      '- Protocol: TCP, Port: 8443, Source: 0.0.0.0/0, Description: "HTTPS from Internet"',
    ],
    [
      'ProductionDatabaseStack',
      (template) => template.replace('cron(0 3 ? * SUN *)', 'cron(30 4 ? * MON *)'),
      'スナップショット: 週次（日曜 03:00 UTC）',
      'スナップショット: 週次（月曜 04:30 UTC）',
    ],
    [
      'ProductionStorageStack',
      (template) => template.replaceAll(/"TransitionInDays": ?90\b/g, '"TransitionInDays": 120'),
      '- 90日後: Glacier Flexible Retrieval移行',
      '- 120日後: Glacier Flexible Retrieval移行',
    ],
    [
      'ProductionCacheStack',
      set('AWS::ElastiCache::ReplicationGroup', '', 'SnapshotWindow', '05:00-06:00'),
      'バックアップウィンドウ: 03:00-04:00 UTC',
      'バックアップウィンドウ: 05:00-06:00 UTC',
    ],
    [
      'ProductionComputeStack',
      set('AWS::Logs::LogGroup', 'ApiLogGroup', 'RetentionInDays', 30),
      '- Application Log (ECS/Lambda): 90日',
      '- Application Log (ECS/Lambda): 30日',
    ],
    [
      'ProductionCacheStack',
      set('AWS::ElastiCache::ReplicationGroup', '', 'NumCacheClusters', 3),
      '- cache.r6g.large × 2 (Multi-AZ): $0.247/時間 × 730時間 × 2 = $360.62',
      '- cache.r6g.large × 3 (Multi-AZ): $0.247/時間 × 730時間 × 3 = $540.93',
    ],
    [
      'ProductionNetworkStack',
      (template) => template.replace('3層のサブネットと外部への経路', '別の目的'),
      '目的: 3層のサブネットと外部への経路',
      '目的: 別の目的',
    ],
  ])('%#: is shown on the line and told below the section', (stack, edit, stated, built) => {
    const { content, denied } = writtenWith(stack, edit);
    const found = denied.find((line) => line.stated.includes(stated));
    expect(found).toBeDefined();
    expect(content.split('\n').some((line) => line.includes(built))).toBe(true);
    expect(content).toContain('<!-- hashira:differences -->');
    expect(content).toMatch(new RegExp(`^\\| .*\\| \`.*${stated.replaceAll(/[^\p{L}\p{N} ]/gu, '.')}`, 'mu'));
  });

  test('the data flow tells every way of the templates, and what is handed on before the answer and done after it', () => {
    const { everywhere } = graphsOfEnvironment(readAssembly(workshop), 'production', design?.region ?? '');
    const told = dataFlowDiagram(everywhere, design?.region ?? '', words.ja).map((line) => line.trim());
    const arrows = told.filter((line) => /->>|-\)/.test(line) && !line.includes('-->>'));
    const { cards, ways } = modelOf(everywhere);
    const isHere = (id: string) =>
      cards.some(
        (card) => card.id === id && [design?.region, 'edge'].includes(card.place === 'edge' ? 'edge' : card.region),
      );
    const calls = ways.filter(({ from, to, kind }) => /request|message/.test(kind) && isHere(from) && isHere(to));
    expect(new Set(arrows.map((line) => line.split(':')[0])).size).toBe(calls.length);
    const places = [
      'Note over Customers,Aurora: 照会',
      'ECS_Fargate->>ElastiCache: 検索',
      'ECS_Fargate->>Aurora: 読み取り',
      'ECS_Fargate->>Aurora: 書き込み',
      'ECS_Fargate-)Fulfilment: 投入',
      'Fulfilment-)FulfilOrder: 受け渡し',
      'FulfilOrder->>Aurora: 読み書き',
      'FulfilOrder-)Work: 投入',
      'Work-)ECS_Fargate: 受け渡し',
      'ECS_Fargate-)OrderEvents: 発行',
      'OrderEvents-)WriteReceipt: 受け渡し',
      'Load_balancer->>ImportOrders: リクエスト',
      'DailyExport-)Work: 投入',
    ].map((line) => told.indexOf(line));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    const answer = told.indexOf('CloudFront-->>Customers: 応答', told.indexOf('ECS_Fargate-)Fulfilment: 投入'));
    expect(told.indexOf('Fulfilment-)FulfilOrder: 受け渡し')).toBeGreaterThan(answer);
  });

  test('what staging alone has otherwise is told, and the line keeps what production has', () => {
    const { content, denied } = writtenWith(
      'StagingMonitoringStack',
      set('AWS::CloudWatch::Alarm', 'AlarmsAlbTargetResponseTimeTasksWarning', 'Threshold', 2),
    );
    expect(denied.map(({ environments: where }) => where)).toEqual([['staging']]);
    expect(content).toContain('閾値: 平均 > 1s (Warning), 平均 > 3s (Critical)');
  });
});

test('the English rendering says in English what the form and Hashira say, and marks what the author says', async () => {
  const { content } = await documented(ownDocument, { isRendering: true });
  const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/;
  const bare = content.split('\n').filter((line) => japanese.test(line) && !line.includes('as written'));
  // Code of other languages, the front matter's inputs, further lines of a marked paragraph: nothing of the form's or of ours.
  expect(bare.filter((line) => /^(?:#|\s*- \[.\]|participant|subgraph)/.test(line))).toEqual([]);
  expect(content).toContain('Threshold: average > 1s (Warning), average > 3s (Critical)');
  expect(content).toMatch(
    /- \[x\] \*\*Least privilege\*\*: <!-- hashira --> AC-SEC-5: passed 1; 26 lines: passed 26\n/,
  );
});
