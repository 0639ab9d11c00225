// DOC-5: the points that a reviewer ticks off.
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readMarkdownList, refuseStrays, stateUnlessMarked, unbold, walkList } from './list.ts';

const example = { en: '`- [ ] **…**`, one point in one line', ja: '1 項目につき 1 行の `- [ ] **…**`' };

/** The points, without their check boxes; whether a box is ticked is not the design's. */
export function readChecklist(section: Section, ledger: LineLedger): Design['checklist'] {
  const list = readMarkdownList(section.body);
  const items = [...walkList(list.items)];
  items.forEach(({ line }, index) => {
    stateUnlessMarked(ledger, line, 'claim', `checklist.${index}`);
  });
  refuseStrays(list, ledger, example);
  if (items.length === 0) ledger.refuse(section.line, 'row-missing', { rows: example });
  return items.map(({ words }) => unbold(words));
}
