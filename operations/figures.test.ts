import { expect, test } from 'vitest';
import { percentileIn, rateIn, tasksIn, timeIn } from './figures.ts';

test.each([
  ['応答時間の95パーセンタイルを1秒以内に', 1_000],
  ['1分以内に切り替える', 60_000],
  ['250 ms at most', 250],
  ['within 1.5 seconds', 1_500],
  ['in 2 min', 120_000],
  ['95パーセンタイルを速く', undefined],
  ['5 servers', undefined],
])('the time in "%s" is %s ms', (sentence, time) => expect(timeIn(sentence)).toBe(time));

test.each([
  ['流量が100 req/sを上回る', 100],
  ['above 2.5 requests/s', 2.5],
  ['120 リクエスト/秒', 120],
  ['100人', undefined],
  [undefined, undefined],
])('the rate in "%s" is %s', (sentence, rate) => expect(rateIn(sentence)).toBe(rate));

test.each([
  ['99パーセンタイルを2秒以内', 99],
  ['the 95th percentile', 95],
  ['p99 under 1 s', 99],
  ['平均を1秒以内', undefined],
])('the percentile in "%s" is %s', (sentence, percent) => expect(percentileIn(sentence)).toBe(percent));

test.each([
  ['最小の2タスクに戻す', 2],
  ['back to 3 tasks', 3],
  ['最小に戻す', undefined],
])('the tasks in "%s" are %s', (sentence, tasks) => expect(tasksIn(sentence)).toBe(tasks));
