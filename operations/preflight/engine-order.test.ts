// Claims about which engine version a deployment may ask of which cluster, and what must be done first.
import { expect, test } from 'vitest';
import { type Cluster, engineFinding } from './engine-order.ts';
import type { PreflightFindings } from './result.ts';

/** A cluster that runs `runs` (nothing: it is to be made), with a template that says `wanted` and said `before`. */
function cluster(follows: boolean, runs: string | undefined, wanted = '17.8', before = runs): Cluster {
  const region = follows ? 'us-west-2' : 'ap-northeast-1';
  const there = { name: follows ? 'second' : 'first', status: 'available', version: runs ?? '', changes: true };
  return {
    region,
    stack: follows ? 'SecondStack' : 'FirstStack',
    engine: 'aurora-postgresql',
    wanted,
    follows,
    ...(runs === undefined ? {} : { there: { ...there, versionChanges: before !== wanted } }),
  };
}

type Row = readonly [
  what: string,
  first: Cluster,
  second: Cluster | undefined,
  global: string | undefined,
  expected: readonly `${keyof PreflightFindings} ${string}`[],
];

test.each<Row>([
  ['one cluster is as the template says', cluster(false, '17.8'), undefined, undefined, ['engineSame ok']],
  ['one cluster is upgraded', cluster(false, '17.7'), undefined, undefined, ['engineUpgrade warn']],
  ['one cluster comes to another major version', cluster(false, '16.9'), undefined, undefined, ['engineUpgrade warn']],
  [
    'AWS has brought one to a newer version than the next template says',
    cluster(false, '17.9', '17.8', '17.7'),
    undefined,
    undefined,
    ['engineDowngrade fail'],
  ],
  [
    'AWS has brought one to a newer version, and the template stays',
    cluster(false, '17.9', '17.8', '17.8'),
    undefined,
    undefined,
    ['engineOther warn'],
  ],
  [
    'both are to be made',
    cluster(false, undefined),
    cluster(true, undefined),
    undefined,
    ['databaseToCome ok', 'databaseToCome ok'],
  ],
  [
    'a region is added to one that AWS has brought further',
    cluster(false, '17.9', '17.8', '17.8'),
    cluster(true, undefined),
    undefined,
    ['engineOther warn', 'engineOfNewcomer fail'],
  ],
  [
    'a region is added while the first is upgraded',
    cluster(false, '17.7'),
    cluster(true, undefined),
    undefined,
    ['engineUpgrade warn', 'databaseToCome ok'],
  ],
  [
    'both are as the template says',
    cluster(false, '17.8'),
    cluster(true, '17.8'),
    'g',
    ['engineSame ok', 'engineSame ok'],
  ],
  [
    'neither region has the new minor version',
    cluster(false, '17.7'),
    cluster(true, '17.7'),
    'g',
    ['engineFollowersFirst fail', 'engineUpgrade warn'],
  ],
  [
    'the follower has the new minor version',
    cluster(false, '17.7'),
    cluster(true, '17.8'),
    'g',
    ['engineUpgrade warn', 'engineSame ok'],
  ],
  [
    'both were upgraded at once, and the templates follow',
    cluster(false, '17.8', '17.8', '17.7'),
    cluster(true, '17.8', '17.8', '17.7'),
    'g',
    ['engineSame ok', 'engineSame ok'],
  ],
  [
    'a global database is to come to another major version',
    cluster(false, '16.9'),
    cluster(true, '16.9'),
    'g',
    ['engineMajorOfGlobal fail', 'engineMajorOfGlobal fail'],
  ],
])('when %s', (_, first, second, global, expected) => {
  const all = second === undefined ? [first] : [first, second];
  const found = all.map((each) => engineFinding(each, all, global));
  expect(found.map(({ is, verdict }) => `${is} ${verdict}`)).toEqual(expected);
});

test('who must go first is named with its stack, by which `npx cdk deploy` knows it', () => {
  const [first, second] = [cluster(false, '17.7'), cluster(true, '17.7')];
  expect(engineFinding(first, [first, second], 'g').facts).toEqual({
    cluster: 'first',
    region: 'ap-northeast-1',
    from: '17.7',
    to: '17.8',
    global: 'g',
    followers: 'second (us-west-2): 17.7',
    stacks: 'SecondStack',
  });
});
