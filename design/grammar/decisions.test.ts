import { describe, expect, test } from 'vitest';
import { readDecisions } from './decisions.ts';
import { complaints, sectionTitled } from './testing/sections.ts';

const read = (...lines: readonly string[]) => {
  const { section, ledger } = sectionTitled('前提', `## 前提となるADR\n\nThey decide:\n\n${lines.join('\n')}\n`);
  return { decisions: readDecisions(section, ledger), ledger };
};
const vpc = '- [ADR-001: VPC](specs/adr/001-vpc.md)';
const gist = '  - 決定内容: three tiers';

test('DOC-7: both names of a record are read', () => {
  const { decisions, ledger } = read(vpc, gist, '- [Database](specs/adr/infra-WEB-7-order-desk-adr-002.md)', gist);
  expect(complaints(ledger)).toEqual([]);
  expect(decisions).toEqual([
    { id: 'ADR-001', title: 'VPC', link: 'specs/adr/001-vpc.md', decision: 'three tiers' },
    {
      id: 'ADR-002',
      title: 'Database',
      link: 'specs/adr/infra-WEB-7-order-desk-adr-002.md',
      decision: 'three tiers',
    },
  ]);
});

describe('DOC-3: what is no decision is refused', () => {
  test.each([
    ['a link to another record', [vpc.replace('001-', '002-'), gist], ['5 decision-link']],
    ['a file without a number', [vpc.replace('001-', ''), gist], ['5 unknown-line', '6 unknown-line']],
    ['no link', ['- ADR-001: VPC', gist], ['5 unknown-line', '6 unknown-line']],
    ['one that is there twice', [vpc, gist, vpc, gist], ['7 row-twice']],
    ['another word below', [vpc, '  - 理由: money'], ['6 unknown-line']],
    ['a lost bullet', [vpc, gist, '[ADR-002: Database](specs/adr/002-database.md)'], ['7 unknown-line']],
    ['none at all', ['None yet.'], ['1 row-missing']],
  ])('%s', (_, lines, expected) => {
    expect(complaints(read(...lines).ledger)).toEqual(expected);
  });
});
