// What an instance class means in memory and connections; the parameters themselves are held in database-stack.test.ts.
import { describe, expect, test } from 'vitest';
import { maxConnections, memoryGiB } from './aurora-parameters.ts';

describe('the memory of a class', () => {
  test.each([
    ['db.r6g.large', 16],
    ['db.r7i.xlarge', 32],
    ['db.r6g.16xlarge', 512],
    ['db.t4g.medium', 4],
    ['db.t4g.large', 8],
    ['db.x2g.2xlarge', 128],
  ])('%s has %i GiB', (instanceClass, expected) => {
    expect(memoryGiB(instanceClass)).toBe(expected);
  });

  test.each(['db.r6g.', 'db.z1d.large', 'r6g.large', 'db.serverless', 'db.r6g.huge'])(
    'is not guessed for %s',
    (instanceClass) => {
      expect(() => memoryGiB(instanceClass)).toThrow(instanceClass);
    },
  );
});

describe('the connections of an instance (MON-11)', () => {
  test.each([
    [4, 405],
    [16, 1622],
  ])('%i GiB take %i, as AWS says of its own formula', (memory, expected) => {
    expect(maxConnections(memory)).toBe(expected);
  });

  test('are never more than 5,000', () => {
    expect(maxConnections(512)).toBe(5_000);
  });
});
