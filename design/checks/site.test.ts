import { expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { LineLedger } from '../lines.ts';
import type { Inputs } from '../schema.ts';
import { checkSite } from './site.ts';

function problems(inputs: Partial<Inputs>): string[] {
  const ledger = new LineLedger('');
  checkSite({ ...exampleDesign, inputs: { ...exampleDesign.inputs, ...inputs } }, ledger);
  return ledger.problems.map(({ message }) => message.en);
}

const arn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/abc`;

test.each([
  ['a zone', { hostedZoneId: 'Z0123456789ABC' }, /Z0123456789ABC/],
  ['a certificate for people', { certificates: { edge: arn('us-east-1') } }, /us-east-1.*certificate\/abc/],
  ['a certificate for CloudFront', { certificates: { origin: arn('ap-northeast-1') } }, /certificate\/abc/],
] as const)('%s is of no use without a domain', (_, inputs, expected) => {
  expect(problems({ ...inputs, domain: 'none' })).toEqual([expect.stringMatching(expected)]);
  expect(problems({ ...inputs, domain: 'example.com' })).toEqual([]);
});

test('a load balancer shows no certificate of another region', () => {
  expect(problems({ certificates: { origin: arn('eu-west-1') } })).toEqual([
    expect.stringMatching(/eu-west-1.*expected ap-northeast-1/),
  ]);
});

test('the longest name made of a domain fits into a certificate', () => {
  const label = 'a'.repeat(41);
  expect(problems({ domain: `${label}.com` })).toEqual([]);
  expect(problems({ domain: `a${label}.com` })).toEqual([expect.stringMatching(/at most 45/)]);
});
