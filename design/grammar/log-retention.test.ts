import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readLogRetention } from './log-retention.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
環境別ログ保持:
  本番環境:
    - Application Log (ECS): 400日
    - ALB Access Log: 45日
    - VPC Flow Log: なし
    - CloudTrail: 365日（S3に永久保存）
  その他:
    - Application Log: 14日
    - ALB Access Log: 14日
    - VPC Flow Log: 3日
    - CloudTrail: 14日
`;
const others = { application: 14, albAccess: 14, vpcFlow: 3, cloudTrail: 14, cloudTrailForever: false };

test('LOG: each environment has its days; その他 are those without lines of their own', () => {
  const { value, problems, unaccounted, statements } = readBlock(readLogRetention, block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toEqual({
    production: { application: 400, albAccess: 45, vpcFlow: null, cloudTrail: 365, cloudTrailForever: true },
    staging: others,
    development: others,
  });
  expect(statements.filter((words) => /^(8|10) /.test(words))).toEqual([
    '8 input logs.production.cloudTrail',
    '8 input logs.production.cloudTrailForever',
    '10 input logs.staging.application',
    '10 input logs.development.application',
  ]);
});

describe('LOG: what cannot be kept so is refused at its line', () => {
  test.each([
    ['a step that CloudWatch does not offer', '400日', '401日', ['5 retention-not-offered']],
    ['a step for flow logs', '3日', '4日', ['12 retention-not-offered']],
    ['no day in the bucket', '45日', '0日', ['6 out-of-range']],
    ['no application log', '400日', 'なし', ['5 unknown-line']],
    ['a bucket that keeps other logs for ever', '400日', '400日（S3に永久保存）', ['5 unknown-line']],
    ['weeks', '400日', '4週間', ['5 unknown-line']],
    ['a log twice', 'ALB Access Log: 45日', 'CloudTrail: 7日', ['4 row-missing', '8 row-twice']],
    ['a log that is missing', '    - ALB Access Log: 45日\n', '', ['4 row-missing']],
    ['an unknown log', 'ALB Access Log: 45日', 'NLB Access Log: 45日', ['6 unknown-name']],
    ['an environment that is missing', '  その他:', '  開発環境:', ['3 environment-missing']],
    [
      'an environment by a name that every object has',
      '  その他:',
      '  constructor:',
      ['3 environment-missing', '9 unknown-line'],
    ],
    ['an environment twice', '  その他:', '  本番環境:', ['3 environment-missing', '9 row-twice']],
  ])('%s', (_, from, to, expected) => {
    const { value, problems } = readBlock(readLogRetention, changed(block, from, to));
    expect(problems).toEqual(expected);
    // A number that only AWS refuses is still read as it stands.
    expect(value === undefined).toBe(!/retention-not-offered|out-of-range/.test(expected.join()));
  });
});

test.skipIf(form === undefined)('LOG-1…4: the form’s table is read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readLogRetention, 'ログ保持期間');
  expect({ value, problems, unaccounted }).toEqual({ value: exampleDesign.logs, problems: [], unaccounted: [] });
});
