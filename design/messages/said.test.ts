import { expect, test } from 'vitest';
import { sayings } from './said.ts';
import { sentence } from './sentence.ts';

const said = sayings({
  after: sentence(
    ({ days }: { days: string }) => `after ${days} days`,
    ({ days }) => `${days} 日後`,
  ),
});

test('a figure that nobody knows is said in words, and one that is known as it is', () => {
  expect(said.after({ days: `\${?}` })).toMatchObject({ en: 'after (unknown) days', ja: '（不明） 日後' });
  expect(said.after({ days: '30' })).toMatchObject({ en: 'after 30 days', ja: '30 日後' });
});
