// `npm run bench`: how long a document is read, by its length. The project's own document grows in every kind of line that it may have many
// of; the medians of a thousand, ten thousand and as many lines as there may be are to grow with the lines and no faster.
import { readFileSync } from 'node:fs';
import { limits } from '../design/file-check.ts';
import { readDesign } from '../design/read-design.ts';

const own = readFileSync(new URL('../specs/stories/WEB-001-web-platform/design.md', import.meta.url), 'utf8');
const rounds = 7;

/** The document with about `count` lines more, in five places. */
function grown(count: number): string {
  const each = Array.from({ length: Math.max(0, Math.floor(count / 5)) }, (_, index) => index);
  const below = (text: string, line: string, more: (index: number) => string) =>
    text.replace(`${line}\n`, () => `${line}\n${each.map((index) => `${more(index)}\n`).join('')}`);
  return [
    ['        - Route Tables', () => '        - Route Tables'],
    ['### 信頼性', (index: number) => `- [ ] **AC-X-${index + 100}** (遍在型): システムは${index}件を保つこと`],
    ['## 品質チェックリスト', (index: number) => `- [ ] **点検 ${index}**`],
    ['## 参考資料', (index: number) => `- [文書${index}]: https://example.com/${index}`],
    ['## 概要', (index: number) => `| ${index} | 表 | の | 行 |`],
  ].reduce((text, [line, more]) => below(text, line as string, more as (index: number) => string), own);
}

const milliseconds = (text: string): number => {
  const start = performance.now();
  readDesign(text);
  return performance.now() - start;
};

for (const lines of [1000, 2500, 5000, 10_000, limits.lines]) {
  const size = own.split('\n').length;
  const text = lines < size ? own.split('\n').slice(0, lines).join('\n') : grown(lines - size - 1);
  milliseconds(text);
  const times = Array.from({ length: rounds }, () => milliseconds(text)).toSorted((one, other) => one - other);
  const { problems } = readDesign(text);
  console.log(
    `${String(text.split('\n').length).padStart(6)} lines: median ${(times[Math.floor(rounds / 2)] ?? 0).toFixed(0)} ms, least ${(times[0] ?? 0).toFixed(0)} ms, ${problems.length} problems`,
  );
}
