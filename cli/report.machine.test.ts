// The page of the project's own build in Chromium, opened from disk: every section in both languages, both themes and both widths, by
// eye's proxy (nothing runs out of its place), by axe, with the network cut off; then what a click shows, and what a printer gets.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPage } from '../proof/report/render-page.ts';
import type { ReportData } from '../proof/report/report-data.ts';
import { lineState, type State } from '../proof/report/state.ts';
import { brokenRules, groundOfPage, overflowing, widthOfPage } from '../proof/report/testing/page-checks.js';
import { root } from './lib/root.ts';
import { hashira } from './testing/hashira.ts';

const sections = [
  'summary',
  'document',
  'criteria',
  'architecture',
  'security',
  'alarms',
  'scaling',
  'recovery',
  'cost',
  'differences',
] as const;

const workshop = mkdtempSync(join(tmpdir(), 'hashira-report-'));
const report = join(workshop, 'report.html');
let browser: Browser;
let data: ReportData;

beforeAll(async () => {
  expect(hashira(['build', '--out', workshop]).code).toBe(0);
  data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(readFileSync(report, 'utf8'))?.[1] ?? '');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  rmSync(workshop, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What the browser complained of, and whatever it wanted to fetch. */
  readonly complaints: readonly string[];
}

async function open({
  file = report,
  width = 1280,
  theme = 'light' as 'light' | 'dark',
  place = 'summary',
} = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) complaints.push(request.url().slice(0, 100));
  });
  await page.goto(`${pathToFileURL(file).href}#${place}`);
  await page.locator('.section.current').waitFor();
  return { page, complaints };
}

/** The same page with other data in it. */
function altered(name: string, change: (data: ReportData) => ReportData): string {
  const file = join(workshop, `${name}.html`);
  writeFileSync(file, renderPage(readFileSync(join(root, 'dist/report/page.html'), 'utf8'), change(data)));
  return file;
}

const goTo = async (page: Page, section: string) => {
  await page.locator(`nav a[href="#${section}"]`).click();
  await page.locator(`#section-${section}.current`).waitFor();
};

describe.each([1280, 390])('at %i pixels', (width) => {
  test.each(['light', 'dark'] as const)(
    'every section fits, in both languages, and fetches nothing, %s',
    async (theme) => {
      const { page, complaints } = await open({ width, theme });
      for (const language of ['ja', 'en']) {
        await page.locator(`html[lang=${language}]`).waitFor();
        for (const section of sections) {
          await goTo(page, section);
          expect(await page.locator(`#section-${section} h2`).textContent()).not.toBe('');
          expect(await page.evaluate(widthOfPage), section).toBeLessThanOrEqual(width);
          expect(await page.evaluate(overflowing), section).toEqual([]);
        }
        await page.locator('.tools button').first().click();
      }
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});

const contrast = 'color-contrast';
describe('everybody can read every section and find the way', () => {
  // Contrast hangs on the theme, names hang on the language.
  test.each([
    { theme: 'light', language: 'ja', rules: {} },
    { theme: 'light', language: 'en', rules: { rules: { [contrast]: { enabled: false } } } },
    { theme: 'dark', language: 'ja', rules: { runOnly: { type: 'rule', values: [contrast] } } },
  ] as const)('$theme, $language', async ({ theme, language, rules }) => {
    const { page } = await open({ theme });
    if (language === 'en') await page.locator('.tools button').first().click();
    await page.locator(`html[lang=${language}]`).waitFor();
    // All at once: much of what the checker does it does once a page.
    await page.addStyleTag({ content: '.section { display: block !important; }' });
    await page.evaluate(axe.source);
    expect(await page.evaluate(brokenRules, rules)).toEqual([]);
    await page.close();
  });
});

test('the page is one file of less than two megabytes, with a policy that lets it fetch nothing', () => {
  expect(statSync(report).size).toBeLessThan(2_000_000);
  const text = readFileSync(report, 'utf8');
  expect(text).toContain("default-src 'none'; script-src 'sha256-");
  expect(text.match(/<script/g)).toHaveLength(2);
});

test('a line shows the resource, the property and the lines of the template that carry it out', async () => {
  const { page } = await open({ place: 'document' });
  const line = data.lines.find(({ statements = [] }) => statements.some(({ path }) => path === 'network.cidr'));
  await page.locator(`[data-line="${line?.number}"]`).click();
  const details = page.locator('.details');
  await details.getByText('ProductionNetworkStack/').first().waitFor();
  expect(await details.locator('.excerpt').first().textContent()).toMatch(/Properties:\s+CidrBlock: 10\.0\.0\.0\/16/);
  expect(page.url()).toContain(`#L${line?.number}`);
  // From there the arrow keys go on to the next statement.
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).not.toContain(`#L${line?.number}`);
  await page.close();
});

test('a deviation is told with its decision', async () => {
  const { page } = await open({ place: 'document' });
  await page.locator('.filter button', { hasText: '差異' }).first().click();
  const lines = page.locator('#section-document .line');
  const all = await lines.count();
  expect(all).toBeGreaterThan(10);
  expect(await page.locator('#section-document .line.deviation').count()).toBe(all);
  await lines.locator('a').first().click();
  await page
    .locator('.details .decision', { hasText: /ADR-\d{3}.+specs\/adr\// })
    .first()
    .waitFor();
  await page.close();
});

test('a failure is seen at first sight, at its line and at its section', async () => {
  const file = altered('failed', (good) => ({
    ...good,
    criteria: good.criteria.map((criterion, index) =>
      index === 0
        ? { ...criterion, verdicts: criterion.verdicts.map((one) => ({ ...one, verdict: 'fail' as const })) }
        : criterion,
    ),
    lines: good.lines.map((line) => {
      if (!line.statements?.some(({ path }) => path === 'network.cidr')) return line;
      const failed = line.statements.map((one) => ({
        ...one,
        verdicts: one.verdicts.map((verdict) => ({ ...verdict, verdict: 'fail' as const })),
      }));
      return { ...line, statements: failed };
    }),
  }));
  const { page } = await open({ file });
  await page.locator('strong.failed', { hasText: '不合格' }).waitFor();
  expect(await page.locator('nav .alert').count()).toBe(2);
  await goTo(page, 'criteria');
  await page.locator('.current .filter button', { hasText: '不合格' }).click();
  expect(await page.locator('.criteria > li').count()).toBe(1);
  await page.locator('.criteria summary').click();
  await page.locator('.criterion-evidence .evidence li').first().waitFor();
  await page.close();
});

test('the diagram has a card for what the templates have, and can be looked at closely', async () => {
  const { page } = await open({ place: 'architecture' });
  const drawing = page.locator('.current .canvas:visible');
  const text = await drawing.textContent();
  for (const name of ['CloudFront', 'Load balancer', 'ECS Fargate', 'Aurora', 'ap-northeast-1', '10.0.20.0/24'])
    expect(text).toContain(name);
  const box = () => drawing.locator('svg').first().getAttribute('viewBox');
  const whole = await box();
  await drawing.focus();
  await page.keyboard.press('+');
  await expect.poll(box).not.toBe(whole);
  const near = await box();
  await page.keyboard.press('ArrowRight');
  await expect.poll(box).not.toBe(near);
  await page.keyboard.press('0');
  await expect.poll(box).toBe(whole);
  await page.close();
});

test('a view has an address that shows it again: environment, language, filters and search', async () => {
  const { page } = await open({ place: 'document?state=deviation,open&search=aurora&environment=production&lang=en' });
  await page.locator('html[lang=en]').waitFor();
  expect(await page.locator('.current .segments input:checked + span').textContent()).toBe('Production');
  const lines = page.locator('#section-document .line');
  const marked = page.locator('#section-document .line:is(.deviation, .open)');
  expect(await lines.count()).toBeGreaterThan(0);
  expect(await marked.count()).toBe(await lines.count());
  for (const text of await lines.allTextContents()) expect(text.toLowerCase()).toContain('aurora');
  await page.locator('.current .filter button', { hasText: 'Not judged' }).click();
  await expect.poll(() => page.url()).toContain('#document?state=deviation&search=aurora');
  // The filters stay behind, the environment and the language come along.
  await goTo(page, 'criteria');
  await page.locator('.current .filter button', { hasText: 'Needs a running platform' }).click();
  const address = '#criteria?environment=production&lang=en&verdict=needs-runtime';
  const parts = (url: string) => [...new URLSearchParams(url.split('?')[1])].sort().join(' ');
  await expect.poll(() => parts(page.url())).toBe(parts(address));
  await page.reload();
  await page.locator('html[lang=en] .current .filter button[aria-pressed=true]').waitFor();
  await page.close();
});

test('the first screen names what is left to decide, and leads to it', async () => {
  const { page } = await open();
  const points = page.locator('.review a');
  await page.locator('.review a', { hasText: '稼働環境' }).click();
  await page.locator('#section-criteria.current').waitFor();
  const running = data.criteria.filter(({ verdicts }) => verdicts.some(({ verdict }) => verdict === 'needs-runtime'));
  expect(await page.locator('.criteria > li').count()).toBe(running.length);
  await goTo(page, 'summary');
  expect(await points.allTextContents()).toContainEqual(expect.stringContaining(`差異 ${linesWith('deviation')} 行`));
  await page.close();
});

const linesWith = (state: State) => {
  const names = data.environments.map(({ name }) => name);
  return data.lines.filter((line) => lineState(line, names) === state).length;
};

test('what differs between environments can be searched', async () => {
  const { page } = await open({ place: 'differences' });
  const rows = page.locator('#section-differences tbody tr:not(.group)');
  expect(await rows.count()).toBe(data.differences.length);
  await page.locator('.current input[type=search]').fill('db.r6g.large');
  await expect.poll(() => rows.count()).toBeLessThan(data.differences.length);
  for (const text of await rows.allTextContents()) expect(text).toContain('db.r6g.large');
  await page.close();
});

test('without a load the page says how to run one; with one it shows what was measured', async () => {
  const { page } = await open({ place: 'scaling' });
  await page.locator('.current pre', { hasText: 'hashira load --environment production' }).waitFor();
  await page.close();
  const load = { rps: 120, requests: 7_200, errors: 0, p50: 125.3, p95: 479.7, p99: 2_548 };
  const run = { environment: 'production', target: 'local', current: true, criteria: [], drill: null } as const;
  const file = altered('loaded', (before) => ({
    ...before,
    runs: [
      { ...run, name: 'load', load, tasks: Array.from({ length: 40 }, (_, second) => [second, second < 20 ? 2 : 3]) },
    ],
  }));
  const loaded = (await open({ file, place: 'scaling' })).page;
  await loaded.locator('.current .trace', { hasText: 'p95 480 ms' }).locator('.chart svg').waitFor();
  expect(await loaded.locator('.current pre').count()).toBe(0);
  await loaded.close();
});

test('an environment that is chosen is shown in every section', async () => {
  const { page } = await open({ place: 'security' });
  await page.locator('.current .segments label', { hasText: '開発' }).click();
  await goTo(page, 'cost');
  const cost = data.cost.environments.find(({ environment }) => environment === 'development');
  await page.locator('.current .figures', { hasText: `$${cost?.monthly.toFixed(2)}` }).waitFor();
  await page.close();
});

test('without a drill the page says how to run one; with one it shows each step', async () => {
  const { page } = await open({ place: 'recovery' });
  await page.locator('.current pre', { hasText: 'hashira drill region' }).waitFor();
  await page.close();
  const drill = {
    target: 'local',
    speed: 20,
    current: true,
    rpoMs: 1_200,
    rtoMs: 95_000,
    lostOrders: 0,
    steps: [
      { name: 'detect', ms: 30_000 },
      { name: 'promote', ms: 65_000 },
    ],
  };
  const file = altered('drilled', (before) => ({
    ...before,
    recovery: before.recovery && { ...before.recovery, drill },
  }));
  const drilled = (await open({ file, place: 'recovery' })).page;
  expect(await drilled.locator('.current .timeline tbody tr').count()).toBe(2);
  expect(await drilled.locator('.current .figures').textContent()).toContain('1.6 分');
  await drilled.close();
});

test('on paper there are all sections and every line of the document', async () => {
  const { page } = await open();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const section of sections) expect(await page.locator(`#section-${section}`).isVisible()).toBe(true);
  expect(await page.locator('.line:visible').count()).toBe(data.lines.length);
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.evaluate(groundOfPage)).toBe('rgb(255, 255, 255)');
  const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(sections.length);
  await page.close();
});
