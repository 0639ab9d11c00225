import { describe, expect, test } from 'vitest';
import { type Figures, readFigures } from './figures.ts';

type Single = Exclude<keyof Figures, 'ports' | 'tagNames'>;

describe('a figure is read as people write it', () => {
  test.each<readonly [string, Single, string, number]>([
    ['a rate', 'requestsPerSecond', '流量が100 req/sを超える間', 100],
    ['a rate in words', 'requestsPerSecond', 'above 1,500 requests/s', 1500],
    ['a rate in Japanese', 'requestsPerSecond', '20 リクエスト/秒 未満', 20],
    ['a percentile', 'percentile', '95パーセンタイルで', 95],
    ['a percentile in English', 'percentile', 'at the 99.9th percentile', 99.9],
    ['a percentile in short', 'percentile', 'p95 within 1 second', 95],
    ['seconds', 'milliseconds', '1秒以内', 1000],
    ['a part of a second', 'milliseconds', '0.5秒以内', 500],
    ['milliseconds', 'milliseconds', 'within 300 ms', 300],
    ['a minute', 'milliseconds', '1分以内に', 60_000],
    ['minutes in English', 'milliseconds', 'within 2 minutes', 120_000],
    ['minutes in short', 'milliseconds', 'in 2 min', 120_000],
    ['seconds in short', 'milliseconds', 'within 1.5 sec', 1500],
    ['hours', 'milliseconds', '4時間以内', 14_400_000],
    ['days', 'days', '7日間', 7],
    ['days after which', 'days', '90日後に', 90],
    ['days in English', 'days', 'for 35 days', 35],
    ['an hour', 'timeOfDay', '平日19時に', 19 * 60],
    ['an hour with minutes', 'timeOfDay', '9時30分', 9 * 60 + 30],
    ['a time', 'timeOfDay', 'at 19:00', 19 * 60],
    ['dollars', 'dollars', '$1,500を上回る', 1500],
    ['dollars with cents', 'dollars', 'more than $99.50', 99.5],
    ['tasks', 'tasks', '最小2タスクまで', 2],
    ['tasks in English', 'tasks', 'down to 3 tasks', 3],
    ['zones', 'zones', '最低2つのAvailability Zone', 2],
    ['zones in another way', 'zones', '3つ以上のAZに', 3],
    ['a version of TLS', 'tlsVersion', 'TLS 1.2以上', 1.2],
    ['another version', 'tlsVersion', 'TLSv1.3', 1.3],
  ])('%s', (_, figure, text, expected) => {
    expect(readFigures(text)[figure]).toBe(expected);
  });

  test('ports, beside an address range that is none', () => {
    expect(readFigures('0.0.0.0/0はポート80/443のみ').ports).toEqual([80, 443]);
    expect(readFigures('0.0.0.0/0 and ::/0 on 80 or 443').ports).toEqual([80, 443]);
    expect(readFigures('8443番ポートのみ、10.0.0.0/8から').ports).toEqual([8443]);
  });

  test('names of tags, with either comma', () => {
    const names = ['Environment', 'Project', 'Owner', 'ManagedBy'];
    expect(readFigures('すべてのリソースに Environment, Project, Owner, ManagedBy タグを付ける').tagNames).toEqual(
      names,
    );
    expect(readFigures('タグはEnvironment、Project、Owner、ManagedByの4つ').tagNames).toEqual(names);
    expect(readFigures('CloudFormation resources have tags: Team, Cost-Center').tagNames).toEqual([
      'Team',
      'Cost-Center',
    ]);
  });
});

describe('what cannot be read is nothing', () => {
  test.each<readonly [string, Single, string]>([
    ['no figure', 'requestsPerSecond', '流量が多い間'],
    ['two figures that differ', 'days', '7日または14日'],
    ['two spans that differ', 'milliseconds', '1秒以内、遅くとも3秒'],
    ['an hour that there is not', 'timeOfDay', '25時に'],
    ['hours that pass', 'timeOfDay', '4時間以内'],
    ['a rate of something else', 'requestsPerSecond', '100 MB/s'],
    ['a number of servers', 'milliseconds', '5 servers'],
    ['a number of people', 'requestsPerSecond', '100人'],
    ['a least number', 'tasks', '最小に戻す'],
  ])('%s', (_, figure, text) => {
    expect(readFigures(text)[figure]).toBeUndefined();
  });

  test('numbers of a sentence about other things are no ports and its lists no tags', () => {
    expect(readFigures('7日間、2タスク')).toMatchObject({ ports: [], tagNames: [] });
    expect(readFigures('S3, DynamoDB').tagNames).toEqual([]);
  });

  test('but one figure said twice is one', () => {
    expect(readFigures('90日後に移し、90日を過ぎたもの').days).toBe(90);
  });
});
