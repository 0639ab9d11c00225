// The project's own document grown in every kind of line that a document may have many of.
import { ownDocument } from './documents.ts';

/** The document with about `count` lines more, in five places. */
export function grown(count: number): string {
  const each = Array.from({ length: Math.max(0, Math.floor(count / 5)) }, (_, index) => index);
  const below = (text: string, line: string, more: (index: number) => string) =>
    text.replace(`${line}\n`, () => `${line}\n${each.map((index) => `${more(index)}\n`).join('')}`);
  return [
    ['        - Route Tables', () => '        - Route Tables'],
    ['### 信頼性', (index: number) => `- [ ] **AC-X-${index + 100}** (遍在型): システムは${index}件を保つこと`],
    ['## 品質チェックリスト', (index: number) => `- [ ] **点検 ${index}**`],
    ['## 参考資料', (index: number) => `- [文書${index}]: https://example.com/${index}`],
    ['## 概要', (index: number) => `| ${index} | 表 | の | 行 |`],
  ].reduce((text, [line, more]) => below(text, line as string, more as (index: number) => string), ownDocument);
}
