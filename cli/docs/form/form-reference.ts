// The reference of the form, part by part: what it is for, every kind of line with what becomes of it, other ways to write one, and what
// a slip is told. All of it is what the reader makes of a document when this is run, so that it cannot say what the reader does not do.
import { type Line, plainText } from '../../../design/lines.ts';
import { namesOf } from '../../../design/parts/term.ts';
import type { Language } from '../../../design/problem.ts';
import { readDesign } from '../../../design/read-design.ts';
import type { Design } from '../../../design/schema.ts';
import { optionalSections, type SectionName, sectionNamed, sectionTitles } from '../../../design/section-titles.ts';
import { vocabularies } from '../../../design/vocabulary.ts';
import { inputRows } from './input-rows.ts';
import { code, struck, table } from './markdown.ts';
import { type Part, purposes } from './purposes.ts';
import { asRead, rowsOf } from './statements.ts';
import { type Attempt, type Tried, tryExamples } from './try-examples.ts';
import { type FormMessages, words } from './words.ts';

/**
 * The reference as Markdown, in each language.
 * @param document one that says as much as the form can, and that the reader has nothing to say against
 * @throws Error where an example is not read, or not refused, as it is there for
 */
export function formReferences(document: string): Readonly<Record<Language, string>> {
  const { design, lines } = readDesign(document);
  if (design === undefined) throw new Error('The document of the reference is refused');
  const linesOf = Map.groupBy(withParts(lines), ({ part }) => part);
  const chapters = parts.map((part) => ({
    part,
    lines: (linesOf.get(part) ?? []).map(({ line }) => line),
    tried: tryExamples(document, part),
  }));
  const write = (language: Language): string => {
    const say = words[language];
    const texts = chapters.flatMap(({ part, lines: own, tried }) => [
      `## ${isSection(part) ? sectionTitles[part] : say.titles[part]}`,
      `${needOf(part, say)}${purposes[part][language]}`,
      ...(part === 'frontMatter' ? [table(say.inputHead, inputRows(document, language))] : []),
      ...statements(own, design, say),
      ...others(tried, say),
      ...refusals(tried, language),
    ]);
    return [say.title, ...say.about, ...texts, ...wordsOf(say)].map((text) => `${text}\n`).join('\n');
  };
  return { en: write('en'), ja: write('ja') };
}

/** Words that are read in either language, by what they are said of. */
function wordsOf(say: FormMessages): readonly string[] {
  const rows = Object.entries(vocabularies).flatMap(([part, { terms }]) =>
    terms
      .filter((term) => namesOf(term).some((name) => name !== term.ja))
      .map((term) => [say.parts[part] ?? part, code(term.ja), code(term.en), (term.also ?? []).map(code).join(' ')]),
  );
  return [`## ${say.wordsTitle}`, say.wordsAbout, table(say.wordsHead, rows)];
}

const parts: readonly Part[] = ['file', 'frontMatter', ...(Object.keys(sectionTitles) as SectionName[])];

const isSection = (part: Part): part is SectionName => Object.hasOwn(sectionTitles, part);

function needOf(part: Part, say: FormMessages): string {
  if (!isSection(part)) return '';
  return optionalSections.has(part) ? say.optional : say.required;
}

/** Each line with the part that it belongs to: headings of other names belong to the section of the form above them. */
function withParts(lines: readonly Line[]): readonly { readonly part: Part; readonly line: Line }[] {
  let part: Part = 'frontMatter';
  return lines.map((line) => {
    part = sectionNamed(plainText(line.section)) ?? part;
    return { part, line };
  });
}

function statements(lines: readonly Line[], design: Design, say: FormMessages): readonly string[] {
  const rows = rowsOf(lines, design).map(({ example, kind, path, value, judge }) => [
    code(example),
    say.kinds[kind],
    code(path),
    value,
    judge,
  ]);
  return rows.length === 0 ? [] : [table(say.head, rows)];
}

/** Other ways to write what the part says, each with what is read. */
function others({ also }: Tried, say: FormMessages): readonly string[] {
  const rows = also.map(({ read, design }) => {
    const values = read.changed.flatMap((line) => asRead(line, design));
    return [shown(read), values.join('<br>') || (read.changed.length === 0 ? say.nothing : say.same)];
  });
  return rows.length === 0 ? [] : [table(say.alsoHead, rows)];
}

/** What slips are told, as it is printed. */
function refusals({ refused }: Tried, language: Language): readonly string[] {
  const say = words[language];
  const rows = refused.map(({ told, read, problem }) => {
    const more = read.problems.length - 1;
    return [told?.[language] ?? shown(read), problem.message[language] + (more > 0 ? say.more(more) : '')];
  });
  return rows.length === 0 ? [] : [table(say.refusedHead, rows)];
}

/** The lines that the document did not have before, or else those that it has no longer. */
function shown({ changed, gone }: Attempt): string {
  const lines = changed.length > 0 ? changed.map(({ text }) => code(text)) : gone.map(struck);
  return lines.join('<br>');
}
