// The diagrams of written documents in Chromium: Mermaid itself draws them, without a complaint and with what the templates have in them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documented } from './lib/document/documented.ts';
import { edited, ownDocument, variations } from './testing/variations.ts';

const form = '../shared/seed/infra-design-template.md';
const names = ['with three availability zones', 'in other regions', 'with nothing optional', 'without a cache'];
const documents: readonly (readonly [name: string, text: string, isRendering: boolean])[] = [
  ['the project’s own', ownDocument, false],
  ['its English rendering', ownDocument, true],
  ...names.map((name) => [name, edited(ownDocument, variations[name] ?? []), false] as const),
  ...(existsSync(form) ? [['the form', readFileSync(form, 'utf8'), false] as const] : []),
];

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.route('**', (route) => route.abort());
  await page.setContent('<main></main>');
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve('mermaid/dist/mermaid.min.js')) });
});
afterAll(() => browser.close());

/** What Mermaid says of a diagram: the words of its picture, or why there is none. */
const drawn = async (source: string): Promise<string> =>
  await page.evaluate(`(async () => {
  mermaid.initialize({ startOnLoad: false });
  try {
    const { svg } = await mermaid.render('diagram', ${JSON.stringify(source)});
    document.querySelector('main').innerHTML = svg;
    return document.querySelector('main').innerText;
  } catch (error) {
    return 'error: ' + error;
  }
})()`);

describe.each(documents)('%s', (_, text, isRendering) => {
  test('every diagram is drawn', async () => {
    const { content } = await documented(text, { lenient: true, isRendering });
    const sources = [...content.matchAll(/^```mermaid\r?\n([\s\S]*?)^```/gm)].map(([, source]) => source ?? '');
    expect(sources.length).toBeGreaterThanOrEqual(2);
    for (const source of sources) {
      const words = await drawn(source);
      expect(words).not.toMatch(/^error|Syntax error/);
      for (const name of ['ECS Fargate', 'Aurora', isRendering ? 'Client' : '利用者']) expect(words).toContain(name);
    }
    const cached = /cache\.\w+\.\w+ × /.test(text);
    expect(sources.every((source) => source.includes('ElastiCache') === cached)).toBe(true);
  });
});
