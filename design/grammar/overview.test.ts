import { describe, expect, test } from 'vitest';
import { readOverview } from './overview.ts';
import { complaints, sectionTitled } from './testing/sections.ts';

const text = `## 概要

The platform of the order desk.

**目的**: take orders
without losing one

**スコープ**:
- 含む: VPC
  - Aurora
- 含まない: payment

**前提条件**:
- a domain
- two accounts
`;
const read = (document: string) => {
  const { section, ledger } = sectionTitled('概要', document);
  return { overview: readOverview(section, ledger), ledger };
};
const expected = {
  summary: 'The platform of the order desk.',
  purpose: 'take orders\nwithout losing one',
  included: 'VPC、Aurora',
  excluded: 'payment',
  preconditions: ['a domain', 'two accounts'],
};

describe('DOC-2: the overview is read', () => {
  test.each([
    ['as it stands', text],
    ['with the colon inside the bold', text.replaceAll('**:', ':**')],
    ['in full width', text.replaceAll('**: ', '**：').replaceAll('**:', '**：').replaceAll('含む: ', '含む：')],
    ['with other bullets', text.replaceAll('- ', '* ')],
    ['in another order', text.replace(/(\*\*目的[\s\S]*?)(\*\*スコープ[\s\S]*)$/, '$2\n$1')],
  ])('%s', (_, document) => {
    const { overview, ledger } = read(document);
    expect(complaints(ledger)).toEqual([]);
    expect(overview).toEqual(expected);
  });
});

test.each([
  ['what belongs to it', '- 含む: VPC\n  - Aurora\n', '含む'],
  ['what does not', '- 含まない: payment\n', '含まない'],
  ['what it presupposes', '**前提条件**:\n- a domain\n- two accounts\n', '前提条件'],
])('DOC-2: an overview without %s is refused', (_, words, name) => {
  const { overview, ledger } = read(text.replace(words, ''));
  expect(overview).toBeUndefined();
  expect(complaints(ledger)).toEqual(['1 row-missing']);
  expect(ledger.problems[0]?.message.en).toContain(name);
});
