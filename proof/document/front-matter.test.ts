import { describe, expect, test } from 'vitest';
import { inEnglish } from './english.ts';
import { withBudgets, withRelated } from './front-matter.ts';

const head = ['id: WEB-001', 'related_adr:', '  - specs/adr/001-vpc.md', 'hashira:', '  owner: 基盤チーム'];
const rest = ['## 概要', '', '---', 'a line', '---'];

describe.each([
  ['at the top', ['---', ...head, '---', '', '# infra-WEB-001-web-design', ...rest]],
  ['in a block', ['# infra-WEB-001-web-design', '', '## メタデータ', '', '```yaml', ...head, '```', '', ...rest]],
])('DOC-1: front matter %s', (_, document) => {
  const lineOf = (words: string) => document.indexOf(words) + 1;

  test('takes budgets below its inputs', () => {
    expect(withBudgets(document, { production: 1500 })).toEqual({
      line: lineOf('hashira:'),
      lines: ['hashira:', '  budget:', '    production: 1500'],
    });
  });

  test('takes decisions below those that it lists', () => {
    expect(withRelated(document, ['specs/adr/002-database.md'])).toEqual({
      line: lineOf('  - specs/adr/001-vpc.md'),
      lines: ['  - specs/adr/001-vpc.md', '  - specs/adr/002-database.md'],
    });
  });

  test('stays as it is in English', () => {
    const english = inEnglish(document.join('\n')).split('\n');
    expect(english).toEqual(expect.arrayContaining(head));
    expect(english.join('\n')).not.toContain('メタデータ');
  });
});

test('a document without any takes nothing', () => {
  expect(withBudgets(['# infra', '', '---', 'hashira:', '---'], { production: 1 })).toBeUndefined();
});
