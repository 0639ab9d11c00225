// One fault is one problem: a letter exchanged in any label of the project's document is told once, at its line.
import { expect, test } from 'vitest';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';

/** A label that a block's row or an item of a list begins with: where its middle letter is. */
function middleOf(text: string): number | undefined {
  const colon = text.search(/[:：]/);
  const start = text.search(/[^\s\-├└│─\d.・*[\]]/);
  return /^#/.test(text) || start < 0 || start >= colon ? undefined : start + Math.floor((colon - start) / 2);
}

test('a slip in a label is told once', () => {
  const source = ownDocument.split('\n');
  const labels = readDesign(ownDocument)
    .lines.filter(({ kind, section }) => (kind === 'statement' || kind === 'heading') && section !== '')
    .flatMap(({ number, text }) => {
      const at = middleOf(text);
      return at === undefined ? [] : [{ number, spoilt: `${text.slice(0, at)}ж${text.slice(at + 1)}` }];
    });
  expect(labels.length).toBeGreaterThan(250);
  const told = labels.map(({ number, spoilt }) => ({
    spoilt,
    problems: readDesign(source.with(number - 1, spoilt).join('\n')).problems.map(({ line, code }) => ({ line, code })),
  }));
  expect(told.filter(({ problems }) => problems.length > 1)).toEqual([]);
});
