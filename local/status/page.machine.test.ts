// The status page in Chromium: it shows what the platform says, in both languages, both themes and both widths, and its buttons work.
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../design/problem.ts';
import { type Status, startStatus } from './server.ts';
import { faint, overflowing, widthOfPage } from './testing/page-checks.js';
import { sampleDrills, sampleRules, sampleSource } from './testing/source.ts';

let browser: Browser;
let status: Status | undefined;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await status?.stop();
  status = undefined;
});

interface Opened {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

async function open({
  width = 1280,
  theme = 'light' as 'light' | 'dark',
  drills = sampleDrills(),
  source = sampleSource(),
  key = 'key',
  language = 'en' as Language,
} = {}): Promise<Opened> {
  status = await startStatus({ source, alarms: sampleRules, drills: drills, language, key: 'key' });
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${status.url}#${key}`);
  await page.locator('[data-figure=tasks]').waitFor();
  return { page, complaints };
}

describe.each([1280, 390])('at %i pixels', (width) => {
  test.each(['light', 'dark'] as const)('everything fits and can be read, %s', async (theme) => {
    const { page, complaints } = await open({ width, theme });
    await page.waitForTimeout(1_200);
    for (const language of ['en', 'ja']) {
      await page.locator(`html[lang=${language}]`).waitFor();
      expect(await page.evaluate(widthOfPage)).toBe(width);
      expect(await page.evaluate(overflowing)).toEqual([]);
      expect(await page.evaluate(faint)).toEqual([]);
      await page.locator('#language').click();
    }
    expect(complaints).toEqual([]);
  });
});

test('the diagram has a box for each part, with its live figures', async () => {
  const { page } = await open();
  const box = (name: string) => page.locator(`[data-node=${name}]`).textContent();
  expect(await box('fulfilment')).toContain('12 waiting');
  expect(await box('fulfilment')).toContain('dead letters: 1');
  expect(await box('cache')).toContain('redis');
  expect(await box('database')).toContain('21 connections');
  expect(await page.locator('[data-node]').count()).toBe(12);
  const first = await box('balancer');
  await expect.poll(() => box('balancer'), { timeout: 5_000 }).not.toBe(first);
});

test('an alarm that rings stands first', async () => {
  const source = sampleSource();
  source.slowDown(5);
  const { page } = await open({ source });
  expect(await page.locator('#alarms tbody tr').first().textContent()).toContain('TargetResponseTime');
  expect(await page.locator('#alarms tbody tr').first().locator('.state-label').textContent()).toBe('critical');
  expect(await page.locator('#ringing').textContent()).toBe('1 ringing');
});

test('what nobody measures is set aside, by name', async () => {
  const { page } = await open();
  expect(await page.locator('#alarms tbody').textContent()).not.toContain('FreeStorageSpace');
  expect(await page.locator('#unmeasured summary').textContent()).toContain('1 without data');
  await page.locator('#unmeasured summary').click();
  // A new view a second later leaves it open.
  await page.waitForTimeout(1_200);
  await page.getByText('FreeStorageSpace (Instance1)').waitFor();
});

test('a button begins its drill, and the others wait', async () => {
  const begun: string[] = [];
  const { page } = await open({ drills: sampleDrills(begun) });
  expect(await page.locator('[data-drill=cache] button').isDisabled()).toBe(true);
  await page.locator('[data-drill=task] button').click();
  await page.getByText('waiting until it is mended').waitFor();
  expect(begun).toEqual(['task']);
  expect(await page.locator('#drills button:enabled').count()).toBe(0);
});

test('without the key of the address no button can be pressed, and the page says what to open', async () => {
  const { page } = await open({ key: '' });
  await page.locator('[data-drill=task] button').waitFor();
  expect(await page.locator('#drills button:enabled').count()).toBe(0);
  expect(await page.locator('#drills-note').textContent()).toContain('the whole address');
});

test.each<[usual: Language, other: Language, heading: string]>([
  ['en', 'ja', '障害訓練'],
  ['ja', 'en', 'Drills'],
])('the other language is one click away, and stays: from %s to %s', async (language, other, name) => {
  const { page } = await open({ language });
  await page.locator('#language').click();
  await page.getByRole('heading', { name }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(other);
});

test('a platform that is gone is said to be gone', async () => {
  const { page } = await open();
  await status?.stop();
  status = undefined;
  await page.getByText('No connection').waitFor();
});
