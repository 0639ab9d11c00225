// Claims about which of two engine versions is the older one, and which step is a major one.
import { expect, test } from 'vitest';
import { compareEngineVersions, isSameMajor } from './engine-version.ts';

test.each([
  ['17.7', '17.10', -1],
  ['17.10', '17.7', 1],
  ['18.1', '17.9', 1],
  ['17.7', '17.7', 0],
  ['17.7', '17.7.2', 0],
  ['8.0.mysql_aurora.3.08.0', '8.0.mysql_aurora.3.10.0', -1],
])('%s beside %s: %d', (one, other, sign) => {
  expect(Math.sign(compareEngineVersions(one, other))).toBe(sign);
});

test.each([
  ['aurora-postgresql', '17.7', '17.9', true],
  ['aurora-postgresql', '17.7', '18.1', false],
  ['aurora-mysql', '8.0.mysql_aurora.3.08.0', '8.0.mysql_aurora.3.10.0', true],
  ['aurora-mysql', '5.7.mysql_aurora.2.12.0', '8.0.mysql_aurora.3.08.0', false],
])('%s from %s to %s stays within a major version: %s', (engine, one, other, same) => {
  expect(isSameMajor(engine, one, other)).toBe(same);
});
