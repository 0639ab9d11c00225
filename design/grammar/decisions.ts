// DOC-3: the decisions that a design rests on, each a link to its record with the gist below. DOC-7: a record's file goes by one of
// two names, `specs/adr/001-vpc.md` or `specs/adr/infra-WEB-001-web-platform-adr-001.md`.
import type { LineLedger } from '../lines.ts';
import { gist } from '../parts/overview.ts';
import { anyOf } from '../parts/term.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { refuseTwice } from './blocks.ts';
import { type ListItem, readMarkdownList, refuseStrays, walkList } from './list.ts';

type Decision = Design['decisions'][number];

const link = '`- [ADR-001: VPC](specs/adr/infra-WEB-001-web-platform-adr-001.md)`';
const gistLine = '`  - 決定内容: …`';
const example = { en: `${link}, with ${gistLine} below`, ja: `${link} と、その下の ${gistLine}` };
const linkPattern = /^\[(?:(?<id>ADR-\d+)\s*:\s*)?(?<title>[^\]]+)\]\((?<link>[^()\s]+)\)$/;
const gistPattern = new RegExp(`^(?:${anyOf([gist])})\\s*:\\s*(?<words>.+)$`);

/** The decisions of the section, in its order. */
export function readDecisions(section: Section, ledger: LineLedger): Design['decisions'] | undefined {
  const list = readMarkdownList(section.body);
  const found = new Map<string, number>();
  const decisions: Decision[] = [];
  for (const item of list.items) {
    const decision = readDecision(item, decisions.length, section.title, ledger);
    const earlier = decision === undefined ? undefined : found.get(decision.id);
    if (decision === undefined) refuseAll(item, ledger);
    else if (earlier !== undefined) refuseTwice(ledger, decision.id, item.line, earlier);
    else {
      found.set(decision.id, item.line);
      decisions.push(decision);
    }
  }
  refuseStrays(list, ledger, example);
  if (list.items.length === 0) ledger.refuse(section.line, 'row-missing', { rows: example });
  return decisions.length === 0 ? undefined : decisions;
}

function readDecision(
  { line, words, children }: ListItem,
  index: number,
  title: string,
  ledger: LineLedger,
): Decision | undefined {
  const match = linkPattern.exec(words)?.groups;
  const link = match?.link ?? '';
  const number = numberOf(link);
  if (match === undefined || number === undefined) return undefined;
  const id = match.id ?? `ADR-${number}`;
  if (Number(id.slice('ADR-'.length)) !== Number(number)) {
    ledger.refuse(line, 'decision-link', { id, link });
  }
  const gists = [...walkList(children)].map((child) => ({ child, match: gistPattern.exec(child.words)?.groups }));
  for (const { child, match: found } of gists) if (found === undefined) ledger.unknown(child.line, example);
  const [first] = gists;
  if (first === undefined) {
    const attribute = `decisions.${index}.decision`;
    ledger.assume({ attribute, value: '', why: 'for-people', section: title, sentence: '  - 決定内容: …' });
  }
  return {
    id,
    title: (match.title ?? '').trim(),
    link,
    decision: gists.map(({ match: found }) => found?.words ?? '').join('、'),
  };
}

/** The number in the file name of a decision record, in either scheme. */
function numberOf(link: string): string | undefined {
  const file = link.split('/').at(-1) ?? '';
  return /-adr-(\d+)\.md$/i.exec(file)?.[1] ?? /^(\d+)-.+\.md$/.exec(file)?.[1];
}

function refuseAll(item: ListItem, ledger: LineLedger): void {
  for (const { line } of walkList([item])) ledger.unknown(line, example);
}
