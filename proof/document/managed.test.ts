// What Hashira takes out of a document again is what it wrote, and nothing of the author's.
import { expect, test } from 'vitest';
import { contentOf, managed, textIn, withoutManaged } from './managed.ts';

const part = managed('estimate', ['| a | b |']).join('\n');

test.each<readonly [what: string, written: string, left: string]>([
  ['a part', `words\n${part}\n\n## next`, 'words\n\n## next'],
  ['two parts', `words\n${part}\n\n### next\n\nmore\n${part}\n`, 'words\n\n### next\n\nmore\n'],
  ['an answer behind a point', '- [x] **point**: <!-- hashira --> 3 of 3\nmore', '- [x] **point**\nmore'],
  [
    'an answer behind its author’s note',
    '- [x] **point**: seen by me <!-- hashira -->／3 of 3',
    '- [x] **point**: seen by me',
  ],
  ['no comment of the author’s', '<!-- reviewed -->\nwords', '<!-- reviewed -->\nwords'],
])('%s', (_, written, left) => {
  expect(withoutManaged(written)).toBe(left);
  expect(withoutManaged(left)).toBe(left);
});

test('a part that lost its end takes nothing of the sections after it away', () => {
  const torn = `words\n\n<!-- hashira:missing-rows -->\n\n| a |\n\n### next\n\nmine\n${part}\n\n## last`;
  expect(withoutManaged(torn)).toBe('words\n\n<!-- hashira:missing-rows -->\n\n| a |\n\n### next\n\nmine\n\n## last');
});

test('line ends are those that most lines have', () => {
  const { lines, ...text } = textIn('\uFEFFone\ntwo\r\nthree\nfour');
  expect(lines).toEqual(['one', 'two', 'three', 'four']);
  expect(contentOf({ ...text, lines })).toBe('\uFEFFone\ntwo\nthree\nfour');
});
