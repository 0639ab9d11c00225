// Claims about the last column of docs/unproven.md, and about files that say that they are evidence.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { languages } from '../../design/problem.ts';
import { type Evidence, rowIds } from '../../operations/prove/evidence.ts';
import { head } from '../../operations/prove/testing/scripted-proof.ts';
import { readEvidence } from '../lib/prove/evidence-files.ts';
import { proveCatalogues } from '../lib/prove/messages.ts';
import { root } from '../lib/root.ts';
import { unprovenPage, unprovenRows } from './unproven.ts';

const pageIn = { en: 'docs/unproven.md', ja: 'docs/unproven.ja.md' } as const;
const page = (language: keyof typeof pageIn) => readFileSync(join(root, pageIn[language]), 'utf8');

const evidence: Evidence = {
  ...head,
  ended: '2026-11-30T14:00:00.000Z',
  steps: [{ step: 'fail', ended: 'well' }],
  seen: {
    'stacks-come-up': { stacks: 12, stood: 12, regions: ['ap-northeast-1', 'us-east-1'] },
    'creation-taken-back': { stack: 'DevelopmentDatabaseStack', resources: 30, left: ['Key961B73FD'] },
  },
  standing: [],
};

const rowIn = (text: string, id: string) => text.split('\n').find((line) => line.startsWith(`| ${id} |`)) ?? '';

describe('the page', () => {
  test('has an id for each row, no two alike, the same in both languages, and all that a run can say something of', () => {
    const [en, ja] = [unprovenRows(page('en'), 'en'), unprovenRows(page('ja'), 'ja')];
    expect(en.length).toBeGreaterThan(30);
    expect(en.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
    expect(new Set(en).size).toBe(en.length);
    expect(ja).toEqual(en);
    expect(rowIds.filter((id) => !en.includes(id))).toEqual([]);
  });

  test.each(languages)('says in %s what was seen, by which run, and a dash of what nobody has seen', (language) => {
    const made = unprovenPage(page(language), language, [evidence]);
    const seen = evidence.seen['stacks-come-up'];
    if (seen === undefined) throw new Error('nothing seen');
    const row = rowIn(made, 'stacks-come-up');
    expect(row).toContain('[2026-11-30, development, 24d2b3d4](evidence/20261130T120000Z-0a1b2c3d.json)');
    expect(row).toContain(`…9012, ap-northeast-1: ${proveCatalogues[language].rows['stacks-come-up'](seen)} |`);
    for (const id of unprovenRows(made, language)) {
      if (!(id in evidence.seen)) expect(rowIn(made, id)).toMatch(/\| – \|$/);
    }
    // What people wrote stays, and what is written twice is the same.
    expect(unprovenPage(made, language, [])).toBe(unprovenPage(page(language), language, []));
    expect(unprovenPage(made, language, [evidence])).toBe(made);
  });

  test('says of figures that deny what was believed that they do, and of a commit that files differed from it', () => {
    const made = unprovenPage(page('en'), 'en', [{ ...evidence, clean: false }]);
    expect(rowIn(made, 'creation-taken-back')).toMatch(
      /\| \*\*otherwise than believed\*\*: .*\(with changes\).*Key961B73FD/,
    );
    expect(rowIn(made, 'stacks-come-up')).not.toContain('otherwise');
  });

  test('has the newest that says something of a row', () => {
    const later: Evidence = {
      ...evidence,
      run: '20261201T120000Z-0a1b2c3d',
      began: '2026-12-01T12:00:00.000Z',
      seen: { 'creation-taken-back': { stack: 'DevelopmentDatabaseStack', resources: 30, left: [] } },
    };
    const made = unprovenPage(page('en'), 'en', [evidence, later]);
    expect(rowIn(made, 'creation-taken-back')).toMatch(/\| \[2026-12-01, /);
    expect(rowIn(made, 'stacks-come-up')).toMatch(/\| \[2026-11-30, /);
  });

  test('is refused where its list is gone', () => {
    expect(() => unprovenPage('# Nothing\n', 'en', [])).toThrow(/no table/);
  });
});

describe('a file that says that it is evidence', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hashira-evidence-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (value: unknown, name = `${evidence.run}.json`) =>
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

  test('is read as it was written, the oldest first; where there is no folder there is none', () => {
    const earlier = { ...evidence, run: '20261129T120000Z-0a1b2c3d' };
    put(evidence);
    put(earlier, `${earlier.run}.json`);
    put('not asked', 'README.md');
    expect(readEvidence(folder, ['development'])).toEqual([earlier, evidence]);
    expect(readEvidence(join(folder, 'nowhere'), ['development'])).toEqual([]);
  });

  test.each<readonly [string, unknown]>([
    ['no JSON', '{'],
    ['a list', []],
    ['more than a run has', { ...evidence, note: 'trust me' }],
    ['a row that no run can say anything of', { ...evidence, seen: { 'monthly-cost': { usd: 1 } } }],
    [
      'a claim beside figures',
      { ...evidence, seen: { 'stacks-come-up': { stacks: 1, stood: 0, regions: [], ok: true } } },
    ],
    ['figures that are none', { ...evidence, seen: { 'stacks-come-up': { stacks: 1e9, stood: -1, regions: [] } } }],
    [
      'Markdown in a name',
      { ...evidence, seen: { 'creation-taken-back': { stack: '](x)|**x**', resources: 1, left: [] } } },
    ],
    ['a whole account', { ...evidence, account: '123456789012' }],
    ['a commit that is a link', { ...evidence, commit: '[x](https://example.com)' }],
    ['an environment that is not disposable', { ...evidence, environment: 'production' }],
    ['Markdown in the name of an environment', { ...evidence, environment: '[x](y)' }],
    ['a day that is none', { ...evidence, began: 'yesterday' }],
    ['the name of another run', { ...evidence, run: '20261129T120000Z-ffffffff' }],
    ['more bytes than a run has', `"${'x'.repeat(200_000)}"`],
  ])('is refused by its name for %s', (_, value) => {
    put(value);
    expect(() => readEvidence(folder, ['development'])).toThrow(
      `${join(folder, `${evidence.run}.json`)} is no evidence: `,
    );
  });
});
