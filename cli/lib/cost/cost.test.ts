// `hashira cost` and `hashira prices` from the outside.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, hashira } from '../../testing/hashira.ts';
import { costCatalogues } from './messages.ts';

const document = 'specs/stories/WEB-001-web-platform/design.md';
const workshop = mkdtempSync(join(tmpdir(), 'hashira-cost-test-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

function written(name: string, content: string): string {
  const place = join(workshop, name);
  writeFileSync(place, content);
  return place;
}

interface Entry {
  readonly environment: string;
  readonly monthly: number;
  readonly yearly: number;
  readonly groups: readonly { readonly name: string; readonly monthly: number }[];
  readonly regions: readonly { readonly region: string; readonly monthly: number }[];
  readonly lines: readonly {
    readonly quantity: number;
    readonly unitPrice: number;
    readonly monthly: number;
    readonly document?: { readonly line: number };
  }[];
  readonly budget: { readonly criterion?: string; readonly amount: number; readonly headroom: number };
  readonly document?: { readonly lines: readonly unknown[]; readonly slips: readonly unknown[] };
  readonly scenarios: readonly { readonly name: string; readonly lost?: readonly string[] }[];
}

describe("the cost of the project's own document", () => {
  let json: CommandResult;
  let entries: readonly Entry[];
  beforeAll(() => {
    json = hashira(['cost', document, '--json']);
    const report: { cost: Entry[] } = JSON.parse(json.stdout);
    entries = report.cost;
  });

  test('is told for three environments, every type of their templates priced or free', () => {
    expect(json).toMatchObject({ code: 0 });
    expect(entries.map(({ environment }) => environment)).toEqual(['production', 'staging', 'development']);
    for (const { monthly, yearly, lines, groups } of entries) {
      expect(lines.reduce((sum, line) => sum + line.monthly, 0)).toBeCloseTo(monthly, 3);
      expect(groups.reduce((sum, group) => sum + group.monthly, 0)).toBeCloseTo(monthly, 3);
      expect(yearly).toBeCloseTo(monthly * 12, 3);
      for (const line of lines) expect(line.quantity * line.unitPrice).toBeCloseTo(line.monthly, 3);
    }
  });

  test.each(['README.md', 'README.ja.md'])('is what %s says', (page) => {
    const text = readFileSync(page, 'utf8').replaceAll(',', '');
    const standby = entries[0]?.regions.find(({ region }) => region === 'us-west-2')?.monthly;
    for (const amount of [...entries.map(({ monthly }) => monthly), standby ?? 0])
      expect(text).toMatch(new RegExp(`\\$${amount.toFixed(0)}\\b|(?<!\\d)${amount.toFixed(0)}ドル`));
  });

  test('stands beside the document in production, each line with the document’s number', () => {
    const [production, staging] = entries;
    expect(production?.document?.lines.length).toBeGreaterThan(40);
    expect(production?.lines.filter((line) => line.document !== undefined).length).toBeGreaterThan(30);
    expect(staging?.document).toBeUndefined();
  });

  test('is held against the amount of AC-COST-4', () => {
    const [production] = entries;
    expect(production?.budget).toMatchObject({ criterion: 'AC-COST-4', amount: 1800 });
    expect(production?.budget.headroom).toBeCloseTo(1800 - (production?.monthly ?? 0), 2);
  });

  test('has scenarios that were judged again, the lean one breaking nothing', () => {
    const scenarios = entries[0]?.scenarios ?? [];
    expect(scenarios.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'arm64',
        'valkey',
        'io-optimized',
        'serverless',
        'commitment-document',
        'commitment-published',
        'lean',
      ]),
    );
    expect(scenarios.find(({ name }) => name === 'lean')?.lost).toEqual([]);
  });

  test('is less in development, which is stopped at night', () => {
    const [production, , development] = entries;
    expect(development?.monthly).toBeLessThan((production?.monthly ?? 0) / 4);
  });

  test('is the same of the assembly with its document, and in build.json', () => {
    const out = join(workshop, 'out');
    expect(hashira(['build', document, '--out', out, '--no-validation', '--environment', 'production']).code).toBe(0);
    const built: { cost: Entry[]; costProblems: unknown[] } = JSON.parse(readFileSync(join(out, 'build.json'), 'utf8'));
    expect(built.costProblems).toEqual([]);
    expect(built.cost[0]?.monthly).toBe(entries[0]?.monthly);
    const { code, stdout } = hashira(['cost', out, '--design', document, '--json']);
    expect(code).toBe(0);
    expect(
      (JSON.parse(stdout) as { cost: Entry[] }).cost.map(({ environment, monthly }) => [environment, monthly]),
    ).toEqual([['production', entries[0]?.monthly]]);
    const bare = hashira(['cost', out]);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toMatch(/usage requests .*--usage FILE.*--design/);
    const absent = hashira(['cost', out, '--design', document, '--environment', 'staging', '--lang', 'en']);
    expect(absent).toMatchObject({ code: 2 });
    expect(absent.stderr).toContain('no stack of staging');
  });

  test('is printed in the document’s language, or the one asked for', () => {
    const japanese = hashira(['cost', document, '--environment', 'development']);
    expect(japanese).toMatchObject({ code: 0 });
    expect(japanese.stdout).toMatch(/development: 月額 \$/);
    expect(japanese.stdout).toContain('週168時間のうち 50 時間稼働');
    const english = hashira(['cost', '--environment', 'production', document, '--lang', 'en']);
    expect(english.stdout).toMatch(/production: \$[\d,.]+ a month/);
    expect(english.stdout).toContain('Document beside computed');
    expect(english.stdout).toContain('Budget (AC-COST-4): $1,800.00');
    expect(english.stdout).not.toContain(process.cwd());
  });

  test('says that prices are old when the day is told', () => {
    const { code, stderr } = hashira([
      'cost',
      document,
      '--environment',
      'development',
      '--lang',
      'en',
      '--date',
      '2030-01-01',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('hashira prices refresh');
  });
});

describe('a bare template', () => {
  const folder = join(workshop, 'bare');
  beforeAll(() => {
    mkdirSync(folder);
    const Resources = { A: { Type: 'AWS::EC2::EIP' }, B: { Type: 'AWS::MediaConvert::Queue' } };
    writeFileSync(join(folder, 'shop.json'), JSON.stringify({ Resources }));
  });

  test('is priced in the region that is named, and what has no price is told before the sum, which is the least', () => {
    const { code, stdout } = hashira(['cost', folder, '--region', 'us-west-2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^production: at least \$3\.65 a month, \$43\.80 a year\n/);
    expect(stdout).toMatch(/Not counted, .*\(1 kind\):\n.*\nAWS::MediaConvert::Queue .*no price is known for the type/);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['without a region', [], /nobody says in which region shop is; add --region, one of ap-northeast-1/],
    ['in a region without prices', ['--region', 'moon-1'], /no price table for region moon-1; expected ap-northeast-1/],
    ['with --strict', ['--region', 'us-west-2', '--strict'], /no price for AWS::MediaConvert::Queue \(shop\/B\)/],
  ])('%s is refused', (_, words, expected) => {
    expect(hashira(['cost', folder, ...words])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(expected),
    });
  });
});

describe('a usage file', () => {
  test('stands in place of what the document says', () => {
    const file = written('usage.yaml', 'development: { natGb: 10000 }\n');
    const monthly = (words: readonly string[]) => {
      const { stdout } = hashira(['cost', document, '--environment', 'development', '--json', ...words]);
      return (JSON.parse(stdout) as { cost: Entry[] }).cost[0]?.monthly ?? 0;
    };
    expect(monthly(['--usage', file])).toBeGreaterThan(monthly([]) + 500);
  });

  test('with an unknown key is refused with the nearest, and nothing is printed', () => {
    const file = written('wrong.yaml', 'production: { natGB: 1, requets: 2 }\n');
    const { code, stdout, stderr } = hashira(['cost', document, '--usage', file, '--lang', 'en']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/unknown usage key production\.natGB; nearest known: natGb,/);
    expect(stderr).toMatch(/production\.requets; nearest known: requests,/);
    const json: { cost: unknown[]; problems: { code: string }[] } = JSON.parse(
      hashira(['cost', document, '--usage', file, '--json']).stdout,
    );
    expect(json.cost).toEqual([]);
    expect(json.problems.map((problem) => problem.code)).toEqual(['unknown-usage', 'unknown-usage']);
  });
});

describe('a comparison', () => {
  const arm = written('arm.md', readFileSync(document, 'utf8').replace('architecture: x86_64', 'architecture: arm64'));

  test('is Markdown of what changes, by resource', () => {
    const { code, stdout } = hashira([
      'cost',
      '--compare',
      document,
      arm,
      '--environment',
      'production',
      '--lang',
      'en',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^### Cost: `.*design\.md` → `arm\.md`/);
    expect(stdout).toMatch(/\*\*production\*\*: \$[\d,.]+ → \$[\d,.]+ \(-\$\d/);
    expect(stdout).toMatch(
      /\| fargate\.arm\.vcpu-hour \(`ap-northeast-1`\) \| `ProductionComputeStack.*` \| \$0\.00 \| \$118\.11 \| \+\$118\.11 \|/,
    );
  });

  test('of a document with itself changes nothing', () => {
    const { stdout } = hashira([
      'cost',
      '--compare',
      document,
      document,
      '--environment',
      'development',
      '--lang',
      'en',
    ]);
    expect(stdout).toContain('No difference.');
  });

  test('takes a document of a commit, and says when there is none', () => {
    const { code, stdout } = hashira([
      'cost',
      '--compare',
      `HEAD:${document}`,
      document,
      '--environment',
      'development',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      before: `HEAD:${document}`,
      environments: [{ environment: 'development' }],
    });
    expect(hashira(['cost', '--compare', 'HEAD:nowhere.md', document])).toMatchObject({ code: 2 });
    expect(hashira(['cost', '--compare', document]).code).toBe(2);
  });
});

describe('prices', () => {
  test.each([
    ['2026-11-25', 0],
    ['2027-06-01', 1],
  ])('checked on %s end with %d', (day, code) => {
    const run = hashira(['prices', 'check', '--date', day]);
    expect(run.code).toBe(code);
    expect(run.stdout).toMatch(/ap-northeast-1: oldest price \d{4}-\d{2}-\d{2}, \d+ days old; H \d+, M \d+, L \d+/);
    expect(run.stderr.includes('hashira prices refresh')).toBe(code === 1);
  });

  test.each([
    [['prices', 'check', '--date', 'soon'], 'soon'],
    [['prices', 'check', '--region', 'mars-1'], 'ap-northeast-1, us-west-2, us-east-1'],
    [['prices', 'refresh', '--dry-run', '--region', 'us-west-2'], 'not refreshed'],
  ])('%o is refused with what was expected', (words, expected) => {
    const before = process.env.AWS_ENDPOINT_URL_PRICING;
    // A port that nobody listens on: the refusal must not need a network.
    process.env.AWS_ENDPOINT_URL_PRICING = 'http://127.0.0.1:9';
    const { code, stderr } = hashira(words);
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL_PRICING;
    else process.env.AWS_ENDPOINT_URL_PRICING = before;
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});

test('everything that is said is said in both languages', () => {
  const { ja, en } = costCatalogues;
  expect(Object.keys(ja)).toEqual(Object.keys(en));
  expect(Object.keys(ja.columns)).toEqual(Object.keys(en.columns));
});
