import { describe, expect, test } from 'vitest';
import { fillPlaceholders, findPlaceholders } from './placeholders.ts';

describe('what the author has to replace', () => {
  test.each([
    ['# infra-[ID]-[機能名]-design', ['[ID]', '[機能名]']],
    ['**目的**: [このインフラで実現したいこと]', ['[このインフラで実現したいこと]']],
    ['- [ADR-001: VPC](specs/adr/infra-[ID]-adr-001.md)', ['[ID]']],
    ['- [AWS公式ドキュメント URL]: [簡潔な説明]', ['[AWS公式ドキュメント URL]', '[簡潔な説明]']],
    ['- [関連する要件定義書]: specs/stories/[STORY_ID]/requirements.md', ['[STORY_ID]']],
    ['- [ ] **[条件]** を満たす', ['[条件]']],
  ])('%s', (line, found) => {
    expect(findPlaceholders(line)).toEqual(found);
  });
});

describe('brackets that are none', () => {
  test.each([
    ['- [ ] **AC-SEC-1** (遍在型): …'],
    ['- [x] done'],
    ['- [EARS]: https://alistairmavin.com/ears/'],
    ['- [https://example.com/]: the story behind'],
    ['[a link](https://example.com/)'],
    ['`IFunction[]`, `[ID]` and ``a [title]``'],
    ['as others found [1], [^2]'],
    ['an empty [] pair, and one [ that never ends'],
  ])('%s', (line) => {
    expect(findPlaceholders(line)).toEqual([]);
  });
});

test("the form's own have stand-ins; words of a person's own stay", () => {
  expect(fillPlaceholders('specs/stories/[STORY_ID]-[title]/requirements.md: [要件]')).toBe(
    'specs/stories/INFRA-000-platform/requirements.md: [要件]',
  );
});
