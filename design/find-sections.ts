// Finds the form's sections in a document by their titles, in whatever order they stand, and names those that are not there.
import { guesses } from './grammar/nearest.ts';
import type { LineLedger } from './lines.ts';
import {
  formNames,
  gatherers,
  normalised,
  optionalSections,
  type SectionName,
  sectionNamed,
  sectionNames,
  sectionTitles,
  withoutNumber,
} from './section-titles.ts';
import type { Section } from './sections.ts';

export interface FoundSections {
  /** The document's own title: its first `#` heading, or the first of any level. */
  readonly title: Section | undefined;
  readonly named: Readonly<Partial<Record<SectionName, Section>>>;
  /** The headings of no name of the form below a section's own. */
  readonly below: (section: Section) => readonly Section[];
  /** The groups of criteria and the kinds of test, which go by any name: the chapter itself and the headings below it. */
  readonly criteria: readonly Section[];
  readonly tests: readonly Section[];
  /** Sections whose headings were refused as those of others that are missing. */
  readonly meant: ReadonlySet<Section>;
}

/** Finds the sections; a missing one is refused with the heading that may have been meant, and a second one of a name. */
export function findSections(all: readonly Section[], ledger: LineLedger): FoundSections {
  const own = new Set(all.map(({ title }) => formNames.get(normalised(title))));
  /** What people write instead of the form's title counts where no heading has that. */
  const nameOf = ({ title }: Section): SectionName | 'gathering' | undefined => {
    const name = sectionNamed(title);
    if (name !== undefined && own.has(name) && formNames.get(normalised(title)) !== name) return undefined;
    return name ?? (gatherers.has(normalised(title)) ? 'gathering' : undefined);
  };

  const named: Partial<Record<SectionName, Section>> = {};
  for (const section of all) {
    const name = nameOf(section);
    if (name === undefined || name === 'gathering') continue;
    const earlier = named[name];
    if (earlier === undefined) named[name] = section;
    else ledger.refuse(section.line, 'section-twice', { section: sectionTitles[name], line: earlier.line });
  }

  /** What follows a section, up to the next heading that is not below it or is one of the form's. */
  const below = (chapter: Section): Section[] => {
    const after = all.slice(all.indexOf(chapter) + 1);
    const end = after.findIndex((section) => section.depth <= chapter.depth || nameOf(section) !== undefined);
    return end === -1 ? after : after.slice(0, end);
  };
  const criteria = named.criteria === undefined ? [] : [named.criteria, ...below(named.criteria)];
  const tests = named.tests === undefined ? [] : [named.tests, ...below(named.tests)];
  const [first] = all;
  const title =
    all.find((section) => section.depth === 1 && nameOf(section) === undefined) ??
    (first === undefined || nameOf(first) !== undefined ? undefined : first);

  const taken = new Set([title, ...criteria, ...tests]);
  const nameless = all.filter((section) => !taken.has(section) && nameOf(section) === undefined);
  const meant = refuseMissing(named, nameless, title?.line ?? 1, ledger);
  return { title, named, below, criteria, tests, meant };
}

function refuseMissing(
  named: FoundSections['named'],
  nameless: readonly Section[],
  line: number,
  ledger: LineLedger,
): ReadonlySet<Section> {
  const missing = sectionNames.filter((name) => named[name] === undefined && !mayBeSilent.has(name));
  const rest: string[] = [];
  const meant = new Set<Section>();
  for (const name of missing) {
    const heading = nameless.find((section) => !meant.has(section) && isNear(section.title, sectionTitles[name]));
    if (heading === undefined && optionalSections.has(name)) continue;
    if (heading === undefined) rest.push(sectionTitles[name]);
    else {
      meant.add(heading);
      ledger.refuse(heading.line, 'section-missing', { sections: [sectionTitles[name]], nearest: heading.title });
    }
  }
  if (rest.length > 0) ledger.refuse(line, 'section-missing', { sections: rest, nearest: undefined });
  return meant;
}

/** Sections whose headings may stand for others: a slip in one is told of its block. */
const mayBeSilent: ReadonlySet<SectionName> = new Set<SectionName>(['endpoints', 'leastPrivilege', 'recovery']);

const isNear = (title: string, known: string): boolean => guesses(normalised(title), [normalised(known)]).length > 0;

/**
 * Refuses what stands outside the sections that read it: a block that no grammar accounted for (of YAML, or of no language: other
 * languages are examples), and criteria that would pass for prose.
 */
export function refuseUnread(
  all: readonly Section[],
  { criteria, meant }: FoundSections,
  ledger: LineLedger,
  looksLikeCriterion: (plain: string) => boolean,
): void {
  const chapter = new Set(criteria);
  for (const section of all) {
    for (const { language, open, lines } of meant.has(section) ? [] : section.blocks) {
      const said = lines.filter(({ plain }) => plain.trim() !== '');
      if (!/^(?:ya?ml)?$/i.test(language) || said.some(({ number }) => ledger.isAccountedFor(number))) continue;
      if (said.length > 0) {
        ledger.refuse(open, 'section-unread', {
          section: section.title,
          nearest: guesses(withoutNumber(section.title), Object.values(sectionTitles)),
        });
      }
    }
    if (chapter.has(section)) continue;
    for (const { number, plain } of section.body) {
      if (looksLikeCriterion(plain)) {
        ledger.refuse(number, 'criterion-outside', { section: section.title, chapter: sectionTitles.criteria });
      }
    }
  }
}
