// Claims about what counts as found again: a comparison that forgives too much would prove nothing.
import { describe, expect, test } from 'vitest';
import type { Value } from '../../assembly/graph.ts';
import { compare } from './compare.ts';

const ids = new Map([
  ['AStack/Queue', 'http://127.0.0.1/111122223333/Work'],
  ['AStack/Key', '0a1b-2c3d'],
]);
const compared = (properties: Value, said: unknown) => compare(properties, said, (key) => ids.get(key));

describe('a value is found again', () => {
  test.each<[string, Value, unknown]>([
    ['whatever the case of its name', { BatchSize: 10 }, { batchSize: 10 }],
    ['as text', { Enabled: true, Port: 443 }, { Enabled: 'true', Port: '443' }],
    ['wherever it stands in a list', { Ports: [80, 443] }, { Ports: [443, 80] }],
    ['as the name of what it refers to', { Queue: { $ref: 'AStack/Queue' } }, { Queue: 'arn:aws:sqs:r:a:Work' }],
    ['within an ARN', { Key: { $ref: 'AStack/Key', attribute: 'Arn' } }, { Key: 'arn:aws:kms:r:a:key/0a1b-2c3d' }],
    [
      'as what a secret came to',
      { Token: { $join: ['{{resolve:secretsmanager:', { $unresolved: 'the ARN', about: [] }, '}}'] } },
      { Token: 'x' },
    ],
  ])('%s', (_, properties, said) => {
    const { kept, lost } = compared(properties, said);
    expect(lost).toEqual([]);
    expect(kept.length).toBeGreaterThan(0);
  });
});

describe('a value is lost', () => {
  test.each<[string, Value, unknown, string[]]>([
    ['when it is absent', { A: { B: 1, C: 2 } }, { A: { B: 1 } }, ['A.C']],
    ['when nothing is said at all', { A: { B: 1 } }, undefined, ['A.B']],
    ['when it is otherwise', { Threshold: 3 }, { Threshold: 30 }, ['Threshold']],
    ['when a pattern would match it', { Path: 'a.c' }, { Path: 'abc' }, ['Path']],
    ['item by item of a list', { Ports: [80, 443] }, { Ports: [443] }, ['Ports']],
    ['when it refers to another', { Queue: { $ref: 'AStack/Queue' } }, { Queue: 'arn:aws:sqs:r:a:Other' }, ['Queue']],
    ['when what it refers to is not there', { Queue: { $ref: 'AStack/Gone' } }, { Queue: 'anything' }, ['Queue']],
    [
      'when a secret was left as a reference',
      { Token: { $join: ['{{resolve:secretsmanager:', { $unresolved: 'the ARN', about: [] }, '}}'] } },
      { Token: '{{resolve:secretsmanager:x}}' },
      ['Token'],
    ],
    ['of the item that comes closest', { Rules: [{ Port: 1, To: 2 }] }, { Rules: [{}, { Port: 1 }] }, ['Rules.To']],
  ])('%s', (_, properties, said, paths) => {
    expect(compared(properties, said).lost).toEqual(paths);
  });
});
