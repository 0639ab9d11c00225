import { describe, expect, test } from 'vitest';
import { awake, exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Environment } from '../../../design/schema.ts';
import { formEnvironments } from '../../../design/schema.ts';
import { usageKeyNames } from '../../../design/words/usage-keys.ts';
import { costLine, designWith } from '../testing/design.ts';
import { type UsageOverrides, usageOf, workingHoursOf } from './usage.ts';
import { readUsageFile } from './usage-file.ts';

const silent = designWith({});
const speaking = designWith({
  データベース: { 'RDS Aurora PostgreSQL': [costLine('ストレージ', 12, [100, 'GB'], [0.12, '$/GB'])] },
  セキュリティ: { WAF: [costLine('リクエスト', 6, [10e6, 'リクエスト'], [0.6, '$/100万'])] },
});

const figure = (
  key: (typeof usageKeyNames)[number],
  {
    design = silent,
    environment = 'production' as Environment,
    stopsAtNight = true,
    overrides = {} as UsageOverrides,
  } = {},
) => {
  const usage = usageOf({ design, environment, stopsAtNight, overrides });
  usage.read(key);
  return usage.figures().find((one) => one.key === key);
};

describe('usage', () => {
  test('of a document that is silent follows from its requests a second', () => {
    const month = silent.requestsPerSecond * 730 * 3600;
    expect(figure('requests')).toMatchObject({ value: month, origin: 'derived' });
    expect(figure('functionInvocations')).toMatchObject({ value: month * 0.02, origin: 'derived' });
  });

  test('is the document’s own where it speaks, and what follows from it follows', () => {
    expect(figure('requests', { design: speaking })).toMatchObject({ value: 10e6, origin: 'document' });
    expect(figure('functionInvocations', { design: speaking })).toMatchObject({ value: 200_000, origin: 'derived' });
    expect(figure('databaseGb', { design: speaking })?.why.en).toContain('RDS Aurora PostgreSQL: ストレージ');
  });

  test('is what the file says before anything else', () => {
    expect(figure('requests', { design: speaking, overrides: { requests: 5 } })).toMatchObject({
      value: 5,
      origin: 'file',
    });
  });

  test('shrinks with the environment: traffic by size and hours, stocks by size, settings not at all', () => {
    const { development: small, production } = exampleDesign.sizes;
    const share = small.task.memoryMiB / production.task.memoryMiB;
    const development = { design: speaking, environment: 'development' as const };
    expect(figure('requests', development)?.value).toBeCloseTo(10e6 * share * (50 / 168));
    expect(figure('databaseGb', development)?.value).toBeCloseTo(100 * share);
    expect(figure('functionMs', development)?.value).toBe(200);
  });

  test('every derivation gives a figure, and none needs itself', () => {
    const usage = usageOf({ design: silent, environment: 'staging', stopsAtNight: false });
    for (const key of usageKeyNames) expect(usage.read(key), key).toBeGreaterThanOrEqual(0);
  });

  test('of an assembly without a document needs the requests from a file, and says so', () => {
    const usage = (overrides: UsageOverrides) => usageOf({ environment: 'production', stopsAtNight: false, overrides });
    expect(() => usage({}).read('egressGb')).toThrow(/requests .*--usage FILE/);
    expect(usage({ requests: 1e6 }).read('egressGb')).toBe(2);
  });

  test('an account for all three environments has its free tier once', () => {
    const design = { ...silent, inputs: { ...silent.inputs, accounts: 'one' as const } };
    expect(figure('freeTierShare', { design })?.value).toBeCloseTo(1 / 3);
    expect(figure('freeTierShare')?.value).toBe(1);
  });
});

describe('hours', () => {
  const working = silent;
  test.each([
    ['development', working, true, 50],
    ['development', working, false, 168],
    ['development', awake(working), true, 168],
    ['production', working, true, 168],
  ] as const)(
    '%s runs so many of 168 as document and templates both make it: case %#',
    (environment, design, stopsAtNight, hours) => {
      expect(figure('hoursPerWeek', { design, environment, stopsAtNight })?.value).toBe(hours);
    },
  );

  test.each([
    ['09:00', '19:00', 50],
    ['08:30', '17:15', 43.75],
    ['22:00', '06:00', 40],
  ])('from %s to %s on five days are %d', (start, stop, hours) => {
    expect(
      workingHoursOf({
        ...silent,
        inputs: { ...silent.inputs, workingHours: { start, stop, timeZone: 'Asia/Tokyo' } },
      }),
    ).toBe(hours);
  });
});

describe('a usage file', () => {
  test('is YAML or JSON, by environment', () => {
    const profile = { production: { requests: 1e6 }, development: { hoursPerWeek: 40 } };
    expect(
      readUsageFile('u', 'production: { requests: 1000000 }\ndevelopment: { hoursPerWeek: 40 }\n', formEnvironments),
    ).toEqual({
      profile,
      problems: [],
    });
    expect(readUsageFile('u', JSON.stringify(profile), formEnvironments)).toEqual({ profile, problems: [] });
    expect(readUsageFile('u', '', formEnvironments)).toEqual({ profile: {}, problems: [] });
  });

  test.each([
    ['production: { request: 1 }', /u: unknown usage key production\.request; nearest known: requests,/],
    ['prod: { requests: 1 }', /u: unknown usage key prod; nearest known: .*production/],
    ['production: { requests: many }', /u: production\.requests is "many"; expected a number from 0/],
    ['production: { requests: -1 }', /production\.requests is -1; expected a number from 0/],
    ['production: { hoursPerWeek: 200 }', /hoursPerWeek is 200; expected a number from 0 to 168/],
    ['production: 5', /production is 5; expected keys with figures/],
    ['- 1', /u: the file is \[1\]; expected keys with figures/],
    ['production: {', /cannot read u: .*YAML or JSON/],
  ])('%s is refused', (content, message) => {
    const { problems } = readUsageFile('u', content, formEnvironments);
    expect(problems.map((problem) => problem.message.en).join('\n')).toMatch(message);
    expect(problems.every((problem) => problem.message.ja !== problem.message.en)).toBe(true);
  });
});
