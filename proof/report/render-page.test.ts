import { expect, test } from 'vitest';
import { renderPage } from './render-page.ts';
import { sampleReport } from './testing/sample-report.ts';

const page = '<body><script type="application/json" id="data">{}</script><script type="module">go()</script></body>';

test('whatever a document holds stays data, and comes out as it went in but for what nobody would see', async () => {
  const text = '</script><script>alert(1)</script> <!-- $& $1 \\u202e \\\\b \n\t葛\u{e0100}';
  const hidden = '\u2028 \u202e \u001b \r \u{e0041}';
  const report = await sampleReport();
  const dataOf = (words: string) => ({ ...report, lines: [{ number: 1, text: words, kind: 'prose' as const }] });
  const whole = renderPage(page, dataOf(text + hidden));
  expect(whole.match(/<script/g)).toHaveLength(2);
  const [, json = ''] = /id="data">(.*?)<\/script>/s.exec(whole) ?? [];
  expect(JSON.parse(json)).toEqual(dataOf(`${text}\\u2028 \\u202e \\u001b \\r \\u{e0041}`));
});

test('a page without a place for data is refused', async () => {
  const report = await sampleReport();
  expect(() => renderPage('<body></body>', report)).toThrow('no place for the data');
});
