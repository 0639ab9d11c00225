import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { unreadIn } from './criterion-words.ts';

const form = new URL('../../specs/stories/WEB-001-web-platform/design.md', import.meta.url);
const sentences = readFileSync(form, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, text] = /\*\*(AC-[A-Z]+-\d+)\*\* \(.*?\): (.*)$/.exec(line) ?? [];
    return id === undefined || text === undefined ? [] : [[id, text] as const];
  });

describe('the sentence of each criterion', () => {
  test('there is one for each', () => {
    expect(sentences).toHaveLength(28);
  });

  test.each(sentences)('%s is understood to its last word', (id, text) => {
    expect(unreadIn(id, text)).toEqual([]);
  });

  test.each(sentences)('%s is not understood with an exception or a negation', (id, text) => {
    expect(unreadIn(id, text.replace('システムは', 'システムは一部を除き'))).toEqual(['一部', '除き']);
    expect(unreadIn(id, text.replace(/こと$/, 'わけではないこと'))).not.toEqual([]);
  });
});

test.each([
  ['AC-SEC-2', 'システムはすべてのRDSインスタンスで保管時暗号化を無効化すること', ['無効化']],
  ['AC-SEC-1', 'システムはすべてのS3バケットでSSE-KMS暗号化を有効化しないこと', ['しない']],
  ['AC-SEC-1', 'システムはすべてのS3バケットとEBSでSSE-KMS暗号化を有効化すること', ['EBS']],
  [
    'AC-REL-5',
    'システムはRDSの自動バックアップを有効化し、7日間保持し、月次のものを12か月保持すること',
    ['月次', '12か月'],
  ],
  ['AC-PERF-1', '利用者がAPIを呼び出したとき、システムは95パーセンタイルで1秒以上にレスポンスを返すこと', ['以上']],
  ['AC-OPS-2', 'CloudWatch Alarmが発火したとき、システムはSNSでSlackとメール通知を送信すること', ['Slack']],
  ['AC-COST-1', 'もし開発環境以外の場合、システムは平日19時にリソースを自動停止すること', ['以外']],
  ['AC-SEC-2', 'RDS data is not encrypted', ['not']],
  ['AC-SEC-2', 'RDS data is encrypted except for snapshots', ['except', 'snapshots']],
])('%s: %s', (id, text, unread) => {
  expect(unreadIn(id, text)).toEqual(unread);
});

test.each([
  ['AC-COST-5', 'システムはVPC Endpointsの代わりにNAT Gatewayを活用すること（S3, DynamoDB）'],
  ['AC-COST-5', 'システムは、S3とDynamoDBへの通信をVPC EndpointsではなくNAT Gatewayに通すこと'],
  ['AC-COST-5', 'S3 and DynamoDB are reached by NAT Gateway instead of VPC endpoint'],
  ['AC-REL-6', 'もしトラフィックがMin Capacityを下回る場合、システムはMin Capacityを下回るようにすること'],
  ['AC-SEC-4', 'もしSecurity Groupでポート80/443を許可する場合、0.0.0.0/0のみに制限すること'],
  ['AC-SEC-4', 'もしSecurity Groupで0.0.0.0/0を許可する場合、ポート80/443を制限すること'],
])('the same words that ask for the opposite, or for less, are not understood: %s %s', (id, text) => {
  expect(unreadIn(id, text)).toEqual([text]);
});

test.each([
  ['AC-COST-5', 'システムはNAT Gatewayの代わりにVPC Endpointsを活用すること（S3, DynamoDB）'],
  ['AC-REL-6', 'もしトラフィックがMin Capacityを下回る場合、システムはMin Capacity以下にスケールインしないこと'],
  ['AC-SEC-4', 'もしSecurity Groupで0.0.0.0/0を許可する場合、ポート80/443のみに制限すること'],
  ['AC-SEC-4', 'only ports 80 and 443 are open to 0.0.0.0/0'],
])('and those of the form are: %s %s', (id, text) => {
  expect(unreadIn(id, text)).toEqual([]);
});

test('the words of a criterion of a team are for its own judge to know', () => {
  expect(unreadIn('AC-SEC-8', 'システムはGuardDutyを有効化すること')).toBeUndefined();
});
