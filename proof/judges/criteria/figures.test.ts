import { describe, expect, test } from 'vitest';
import {
  clockIn,
  daysIn,
  dollarsIn,
  percentileIn,
  portsIn,
  rateIn,
  spanIn,
  tagNamesIn,
  tasksIn,
  tlsVersionIn,
  zonesIn,
} from './figures.ts';

describe('a figure is read as people write it', () => {
  test.each([
    ['a rate', rateIn, '流量が100 req/sを超える間', 100],
    ['a rate in words', rateIn, 'above 1,500 requests/s', 1500],
    ['a rate in Japanese', rateIn, '20 リクエスト/秒 未満', 20],
    ['a percentile', percentileIn, '95パーセンタイルで', 95],
    ['a percentile in English', percentileIn, 'at the 99.9th percentile', 99.9],
    ['a percentile in short', percentileIn, 'p95 within 1 second', 95],
    ['seconds', spanIn, '1秒以内', 1000],
    ['a part of a second', spanIn, '0.5秒以内', 500],
    ['milliseconds', spanIn, 'within 300 ms', 300],
    ['a minute', spanIn, '1分以内に', 60_000],
    ['minutes in English', spanIn, 'within 2 minutes', 120_000],
    ['days', daysIn, '7日間', 7],
    ['days after which', daysIn, '90日後に', 90],
    ['days in English', daysIn, 'for 35 days', 35],
    ['an hour', clockIn, '平日19時に', 19 * 60],
    ['an hour with minutes', clockIn, '9時30分', 9 * 60 + 30],
    ['a time', clockIn, 'at 19:00', 19 * 60],
    ['dollars', dollarsIn, '$1,500を上回る', 1500],
    ['dollars with cents', dollarsIn, 'more than $99.50', 99.5],
    ['tasks', tasksIn, '最小2タスクまで', 2],
    ['tasks in English', tasksIn, 'down to 3 tasks', 3],
    ['zones', zonesIn, '最低2つのAvailability Zone', 2],
    ['zones in another way', zonesIn, '3つ以上のAZに', 3],
    ['a version of TLS', tlsVersionIn, 'TLS 1.2以上', 1.2],
    ['another version', tlsVersionIn, 'TLSv1.3', 1.3],
  ])('%s', (_, read, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('ports, beside an address range that is none', () => {
    expect(portsIn('0.0.0.0/0はポート80/443のみ')).toEqual([80, 443]);
    expect(portsIn('0.0.0.0/0 and ::/0 on 80 or 443')).toEqual([80, 443]);
    expect(portsIn('8443番ポートのみ、10.0.0.0/8から')).toEqual([8443]);
  });

  test('names of tags, with either comma', () => {
    const names = ['Environment', 'Project', 'Owner', 'ManagedBy'];
    expect(tagNamesIn('すべてのリソースに Environment, Project, Owner, ManagedBy タグを付ける')).toEqual(names);
    expect(tagNamesIn('Environment、Project、Owner、ManagedByの4つ')).toEqual(names);
    expect(tagNamesIn('CloudFormation resources have tags: Team, Cost-Center')).toEqual(['Team', 'Cost-Center']);
  });
});

describe('what cannot be read is nothing', () => {
  test.each([
    ['no figure', rateIn, '流量が多い間'],
    ['two figures that differ', daysIn, '7日または14日'],
    ['two spans that differ', spanIn, '1秒以内、遅くとも3秒'],
    ['an hour that there is not', clockIn, '25時に'],
    ['hours that pass', clockIn, '4時間以内'],
    ['a rate of something else', rateIn, '100 MB/s'],
  ])('%s', (_, read, text) => {
    expect(read(text)).toBeUndefined();
  });

  test('but one figure said twice is one', () => {
    expect(daysIn('90日後に移し、90日を過ぎたもの')).toBe(90);
  });
});
