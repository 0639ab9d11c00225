import { describe, expect, test } from 'vitest';
import { inputOf } from './input.ts';
import { fitsPattern } from './match-event.ts';

const event = {
  source: 'aws.ecs',
  'detail-type': 'ECS Task State Change',
  time: '2026-01-02T03:04:05Z',
  detail: {
    clusterArn: 'arn:x:cluster/Mine-1',
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    group: 'a "b"',
  },
};
const fits = (pattern: Parameters<typeof fitsPattern>[0]) =>
  fitsPattern(pattern, event, (value) => (typeof value === 'string' ? value : undefined));

describe('an event', () => {
  test.each<readonly [boolean, Parameters<typeof fitsPattern>[0]]>([
    [true, { source: ['aws.ecs'], detail: { lastStatus: ['RUNNING', 'STOPPED'] } }],
    [false, { source: ['aws.backup'] }],
    [false, { source: ['aws.ecs'], detail: { lastStatus: ['RUNNING'] } }],
    [true, { detail: { clusterArn: [{ prefix: 'arn:x:cluster/Mine-' }] } }],
    [false, { detail: { clusterArn: [{ prefix: 'arn:x:cluster/Other-' }] } }],
    [true, { detail: { $or: [{ stopCode: ['TaskFailedToStart'] }, { stopCode: [{ suffix: 'Exited' }] }] } }],
    [false, { detail: { $or: [{ stopCode: ['TaskFailedToStart'] }, { stoppedReason: [{ prefix: 'Task failed' }] }] } }],
    [true, { detail: { missing: [{ exists: false }], lastStatus: [{ 'anything-but': ['RUNNING'] }] } }],
    [false, { detail: { missing: ['x'] } }],
    [false, { nowhere: { clusterArn: ['x'] } }],
  ])('fits (%s) %j', (expected, pattern) => {
    expect(fits(pattern)).toBe(expected);
  });

  test('an operator that nobody knows is an error, not silence', () => {
    expect(() => fits({ detail: { lastStatus: [{ wildcard: '*' }] } })).toThrow(/wildcard/);
  });
});

describe('what a target gets', () => {
  const paths = { time: '$.time', group: '$.detail.group' };
  const target = { arn: undefined, input: undefined, paths };
  test.each([
    [
      'JSON of its own outside quotes',
      '{"type":"export","time":<time>}',
      '{"type":"export","time":"2026-01-02T03:04:05Z"}',
    ],
    ['text within quotes', '"<group> at <time>"', '"a \\"b\\" at 2026-01-02T03:04:05Z"'],
  ])('values are %s', (_, template, expected) => {
    const text = inputOf({ ...target, template }, event);
    expect(text).toBe(expected);
    expect(() => JSON.parse(text)).not.toThrow();
  });
});
