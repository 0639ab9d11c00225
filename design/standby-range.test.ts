import { expect, test } from 'vitest';
import { rangeBeside } from './standby-range.ts';

test.each([
  ['10.0.0.0/16', '10.1.0.0/16', 'the next one'],
  ['172.20.16.0/20', '172.20.32.0/20', 'the next one of its size'],
  ['10.255.0.0/16', '10.254.0.0/16', 'the one before, at the end of a private range'],
  ['192.168.0.0/16', '10.0.0.0/16', 'another private range, when it fills its own'],
  ['100.64.0.0/16', '10.0.0.0/16', 'a private range, when its own is none'],
])('INP-1: a VPC of %s has %s as its standby range: %s', (vpc, expected) => {
  expect(rangeBeside(vpc)).toBe(expected);
});
