// Small templates with the verdicts that are right, by hand: none is handled by knowing it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { acceptedVerdicts } from './testing/accepted.ts';

const folder = process.env.CASES ?? '../shared/cases/templates';
const expectation = z.object({ criteria: z.record(z.string(), z.array(z.string())) });
const cases = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expect.json')))
  : [];

describe.runIf(cases.length > 0)('what is right of each case is what accept says', () => {
  test.each(cases)('%s', (name) => {
    const { criteria } = expectation.parse(JSON.parse(readFileSync(join(folder, name, 'expect.json'), 'utf8')));
    const verdicts = acceptedVerdicts(join(folder, name, 'in'));
    for (const [id, right] of Object.entries(criteria)) {
      for (const { verdict } of verdicts.filter((one) => one.id === id)) expect([id, ...right]).toContain(verdict);
      expect(verdicts.some((one) => one.id === id)).toBe(true);
    }
  });
});
