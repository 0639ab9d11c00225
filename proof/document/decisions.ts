// The decision records of a project and the list that its document has of them.
import type { Section } from '../../design/sections.ts';
import type { Decision } from '../report/report-data.ts';
import { withRelated } from './front-matter.ts';
import type { DocumentInput } from './input.ts';
import type { Page } from './page.ts';

const fileOf = (place: string): string => place.split('/').at(-1) ?? '';

/** Records of the document's own feature that it does not list yet. */
export function unlisted({ design, records }: Pick<DocumentInput, 'design' | 'records'>): readonly Decision[] {
  return records.filter(
    ({ id, file }) =>
      fileOf(file).startsWith(`infra-${design.id}-${design.feature}-adr-`) &&
      design.decisions.every((decision) => decision.id !== id),
  );
}

/** Adds records that are not listed yet, to the front matter and below the last one of the section. */
export function addDecisions(
  input: DocumentInput,
  document: readonly string[],
  section: Section | undefined,
  page: Page,
): void {
  const fresh = unlisted(input);
  const files = fresh.map(({ file }) => file).filter((file) => !input.design.relatedAdr.includes(file));
  const related = withRelated(document, files);
  if (related !== undefined) page.set(related.line, ...related.lines);
  const entries = fresh.flatMap(({ id, title, file, summary }) => [
    `- [${id}: ${title}](${file})`,
    `  - 決定内容: ${summary || title}`,
  ]);
  const last = section?.body.findLast(({ plain }) => /^\s*[-*+]\s/.test(plain));
  if (last !== undefined && entries.length > 0) page.set(last.number, last.text, ...entries);
  if (input.lang === 'en') titleInEnglish(input, section, page);
}

/** Records have English titles; a list that names them in Japanese is shown with those. */
function titleInEnglish({ design, records }: DocumentInput, section: Section | undefined, page: Page): void {
  for (const { number } of section?.body ?? []) {
    const line = page.at(number);
    const stated = design.decisions.find(({ id, title, link }) => line.includes(`[${id}: ${title}](${link})`));
    const record = stated && records.find(({ file }) => fileOf(file) === fileOf(stated.link));
    if (record !== undefined)
      page.set(
        number,
        line.replace(stated?.title ?? '', () => record.title),
      );
  }
}

/** A decision of Hashira's as the document may name it: as its own entry where it lists that very record, else by title alone. */
export function named(id: string, { design, reasons, fileExists, lang }: DocumentInput): string {
  const record = reasons.find((one) => one.id === id);
  const stated = design.decisions.find(({ link }) => record !== undefined && fileOf(link) === fileOf(record.file));
  const title = (lang === 'en' ? undefined : stated?.title) ?? record?.title ?? stated?.title ?? '';
  const name = title === '' ? id : `${id}: ${title}`;
  const place = [stated?.link, record?.file].find((file) => file !== undefined && fileExists(file));
  return place === undefined ? `Hashira ${name}` : `[${name}](${place})`;
}
