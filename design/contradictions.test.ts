// Two places that state one figure differently are told once, at one of them, with both lines and both values to the last digit.
import { expect, test } from 'vitest';
import { readDesign } from './read-design.ts';
import { edit, lineWith, ownDocument } from './testing/documents.ts';

test.each<[string, string, RegExp, string, string[]]>([
  ['the month', '総計: $1,437.19/月', /総計: \S+(?=\/月)/, '総計: $1,437.1904', ['$1437.1904', '$1437.19']],
  [
    'the VPC',
    'VPC (10.0.0.0/16)',
    /(?<=- )VPC \(10\.0\.0\.0\/16\)/,
    'VPC (10.0.0.0/17)',
    ['10.0.0.0/17', '10.0.0.0/16'],
  ],
  [
    'the region that takes over',
    '有効（us-west-2）',
    /有効（us-west-2）/,
    '有効（us-west-1）',
    ['us-west-1', 'us-west-2'],
  ],
  ['NAT gateways', 'NAT Gateway x2', /NAT Gateway x2/, 'NAT Gateway x3', ['x3', 'x2']],
])('%s', (_, before, place, instead, values) => {
  const text = edit(ownDocument, place, instead);
  const found = readDesign(text).problems.filter(({ code }) => code === 'figures-disagree');
  expect(found.length).toBe(1);
  const [{ line = 0, message } = { line: 0, message: { en: '', ja: '' } }] = found;
  const other = Number(/line (\d+)/.exec(message.en)?.[1]);
  expect([line, other]).toContain(lineWith(ownDocument, before));
  expect(other).not.toBe(line);
  for (const said of [message.en, message.ja]) for (const value of values) expect(said).toContain(value);
});
