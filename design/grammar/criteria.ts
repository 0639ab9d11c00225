// The acceptance criteria in EARS notation: one check box line each, with an id, the pattern and the sentence. A document may bring
// ids of its own; a box that is ticked already is read like any other.
import type { LineLedger } from '../lines.ts';
import { criterionPatterns } from '../parts/criterion.ts';
import { chosen, termsOf } from '../parts/term.ts';
import type { Criterion, Design } from '../schema.ts';
import { withoutNumber } from '../section-titles.ts';
import type { Section } from '../sections.ts';
import { readSentence } from '../words/sentence.ts';
import { refuseTwice } from './blocks.ts';
import { readMarkdownList, refuseStrays, stateUnlessMarked, walkList } from './list.ts';
import { offered } from './nearest.ts';

const example = {
  en: '`- [ ] **AC-SEC-1** (遍在型): …` in one line',
  ja: '1 行の `- [ ] **AC-SEC-1** (遍在型): …`',
};
const itemPattern = /^\*\*(?<id>[^*]+)\*\*\s*\((?<pattern>[^()]*)\)\s*:\s*(?<text>.+)$/;
const idPattern = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+$/;

/** Whether a line, in plain form, gives a criterion: such a line outside the chapter must not pass for prose. */
export const looksLikeCriterion = (plain: string): boolean =>
  /\*\*\s*[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+\s*\*\*\s*\(/.test(plain);

/** The criteria of the chapter's sections, in their order; a section's title is the group of its criteria. */
export function readCriteria(sections: readonly Section[], ledger: LineLedger): Design['criteria'] {
  const criteria: Criterion[] = [];
  const lines = new Map<string, number>();
  for (const { title, body } of sections) {
    const list = readMarkdownList(body);
    for (const { line, words } of walkList(list.items)) {
      const criterion = readCriterion(words, withoutNumber(title), line, ledger);
      const earlier = criterion === undefined ? undefined : lines.get(criterion.id);
      if (criterion === undefined) ledger.unknown(line, example);
      else if (earlier !== undefined) refuseTwice(ledger, criterion.id, line, earlier);
      else {
        lines.set(criterion.id, line);
        stateUnlessMarked(ledger, line, 'claim', `criteria.${criteria.length}`);
        criteria.push(criterion);
      }
    }
    refuseStrays(list, ledger, example);
  }
  return criteria;
}

function readCriterion(words: string, group: string, line: number, ledger: LineLedger): Criterion | undefined {
  const match = itemPattern.exec(words)?.groups;
  const id = (match?.id ?? '').trim();
  if (match === undefined || !idPattern.test(id)) return undefined;
  const name = (match.pattern ?? '').replaceAll(/\s/g, '');
  const pattern = chosen(name, criterionPatterns);
  if (pattern === undefined) {
    ledger.mark(line, 'unknown');
    ledger.refuse(line, 'unknown-name', {
      found: name,
      nearest: offered(
        name,
        termsOf(criterionPatterns).map(({ ja }) => ja),
        criterionPatterns.length,
      ),
    });
    return undefined;
  }
  return { id, group, pattern, ...readSentence((match.text ?? '').trim()) };
}
