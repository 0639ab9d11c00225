// TST-1…5: the test strategy, a section for each kind of test with what it verifies.
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import { withoutNumber } from '../section-titles.ts';
import type { Section } from '../sections.ts';
import { readSentence } from '../words/sentence.ts';
import { readMarkdownList, refuseStrays, stateUnlessMarked, unbold, walkList } from './list.ts';

const example = { en: '`- …`, one thing to verify in one line', ja: '検証事項 1 つにつき 1 行の `- …`' };

/** The kinds of test; a section without any item, such as the chapter's own heading, is left out. */
export function readTests(sections: readonly Section[], ledger: LineLedger): Design['tests'] {
  const tests: Design['tests'] = [];
  for (const { title, body } of sections) {
    const list = readMarkdownList(body);
    const items = [...walkList(list.items)];
    items.forEach(({ line }, index) => {
      stateUnlessMarked(ledger, line, 'procedure', `tests.${tests.length}.items.${index}`);
    });
    refuseStrays(list, ledger, example);
    if (items.length > 0)
      tests.push({ title: withoutNumber(title), items: items.map(({ words }) => readSentence(unbold(words))) });
  }
  return tests;
}
