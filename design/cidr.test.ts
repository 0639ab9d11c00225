import { describe, expect, test } from 'vitest';
import { type Cidr, cidrIn, contains, overlaps, readCidr } from './cidr.ts';

const cidr = (words: string): Cidr => {
  const read = readCidr(words);
  if (read === undefined) throw new Error(`${words} is no range`);
  return read;
};

describe('a range is read', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16', 65_536],
    ['0.0.0.0/0', '0.0.0.0/0', 2 ** 32],
    ['255.255.255.255/32', '255.255.255.255/32', 1],
    ['192.168.1.130/25', '192.168.1.128/25', 128],
    ['200.17.5.9/3', '192.0.0.0/3', 2 ** 29],
  ])('%s as %s with %i addresses', (words, canonical, size) => {
    const { first, last, canonical: written } = cidr(words);
    expect([written, last - first + 1]).toEqual([canonical, size]);
  });

  test.each([
    '10.0.0.0',
    '10.0.0/16',
    '10.0.256.0/24',
    '10.0.0.0/33',
    '10.0.0.0/016',
    '010.0.0.0/16',
    '10.0.0.0/16 ',
    '::/0',
    '',
  ])('but %j is none', (words) => {
    expect(readCidr(words)).toBeUndefined();
  });
});

describe('two ranges', () => {
  test.each([
    ['10.0.0.0/24', '10.0.1.0/24', false, false],
    ['10.0.0.0/23', '10.0.1.0/24', true, true],
    ['10.0.1.0/24', '10.0.0.0/23', true, false],
    ['10.0.0.0/24', '10.0.0.0/24', true, true],
    ['10.0.0.255/32', '10.0.1.0/32', false, false],
    ['0.0.0.0/0', '255.255.255.0/24', true, true],
  ])('%s and %s overlap: %s; the first holds the second: %s', (one, other, overlap, holds) => {
    expect([
      overlaps(cidr(one), cidr(other)),
      overlaps(cidr(other), cidr(one)),
      contains(cidr(one), cidr(other)),
    ]).toEqual([overlap, overlap, holds]);
  });
});

test.each([
  ['subgraph Net ["VPC: 10.9.0.0/16"]', '10.9.0.0/16'],
  ['VPC (172.16.0.0/20)', '172.16.0.0/20'],
  ['version 1.10.0.0.0/16', undefined],
  ['10.0.0.0/160', undefined],
  ['10.0.0.0 / 16', undefined],
])('in %j the range %s is named', (words, found) => {
  expect(cidrIn(words)).toBe(found);
});
