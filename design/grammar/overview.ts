// DOC-2: what the platform is for, what belongs to it and what it presupposes, in prose under bold labels.
import type { LineLedger, SourceLine } from '../lines.ts';
import { bullet } from '../marks.ts';
import { overviewLabels, scopeSides } from '../parts/overview.ts';
import { anyOf, chosen, termsOf } from '../parts/term.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';

type Label = (typeof overviewLabels)[number][0];
type Side = (typeof scopeSides)[number][0];

const labelPattern = new RegExp(
  String.raw`^\s*${bullet}?\*\*(?<label>${anyOf(termsOf(overviewLabels))})(?::\s*\*\*|\*\*\s*:)\s*(?<words>.*)$`,
  'u',
);
const scopePattern = new RegExp(
  String.raw`^\s*${bullet}(?:\*\*)?(?<label>${anyOf(termsOf(scopeSides))})(?:\*\*)?\s*:\s*(?<words>.*)$`,
  'u',
);
const beginning = new RegExp(String.raw`^\s*${bullet}?`, 'u');

/** The overview; its lines are prose. What the form asks for and is not there is refused at the section's heading. */
export function readOverview(section: Section, ledger: LineLedger): Design['overview'] | undefined {
  const parts = cut(section.body);
  const scope: Record<Side, string[]> = { included: [], excluded: [] };
  let side: Side | undefined;
  for (const { plain } of parts.scope ?? []) {
    const match = scopePattern.exec(plain)?.groups;
    side = chosen(match?.label ?? '', scopeSides) ?? side;
    const words = match === undefined ? item(plain) : (match.words ?? '');
    if (side !== undefined && words !== '') scope[side].push(words);
  }
  const purpose = paragraphs(parts.purpose);
  const preconditions = (parts.preconditions ?? []).map(({ plain }) => item(plain)).filter((words) => words !== '');
  const missing = [
    scope.included.length === 0 ? '含む: …' : '',
    scope.excluded.length === 0 ? '含まない: …' : '',
    preconditions.length === 0 ? '**前提条件**: …' : '',
  ].filter((row) => row !== '');
  if (missing.length > 0) {
    ledger.refuse(section.line, 'row-missing', { rows: missing.join(', ') });
    return undefined;
  }
  if (purpose === '') {
    ledger.assume({
      attribute: 'overview.purpose',
      value: '',
      why: 'for-people',
      section: section.title,
      sentence: '**目的**: …',
    });
  }
  return {
    summary: paragraphs(parts.summary),
    purpose,
    included: scope.included.join('、'),
    excluded: scope.excluded.join('、'),
    preconditions,
  };
}

const paragraphs = (lines: readonly SourceLine[] = []): string =>
  lines
    .map(({ plain }) => plain.trim())
    .join('\n')
    .trim();

const item = (plain: string): string => plain.replace(beginning, '').trim();

/** The lines under each label, the label's own words first; `summary` is what stands before the first one. */
function cut(body: readonly SourceLine[]): Partial<Record<Label | 'summary', SourceLine[]>> {
  const parts: Partial<Record<Label | 'summary', SourceLine[]>> = {};
  let current: Label | 'summary' = 'summary';
  for (const line of body) {
    const match = labelPattern.exec(line.plain)?.groups;
    current = chosen(match?.label ?? '', overviewLabels) ?? current;
    const words = match === undefined ? line.plain : (match.words ?? '');
    parts[current] = [...(parts[current] ?? []), { ...line, plain: words }];
  }
  return parts;
}
