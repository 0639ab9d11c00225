// The English rendering: the form's headings and the words of its grammar in English. What people wrote in their own words stays and is
// marked; code in other languages than the form's stays without a mark. It is for readers: the grammar reads the Japanese form alone.
import { frontMatterBounds, frontMatterTitle } from '../../design/front-matter-bounds.ts';
import { LineLedger } from '../../design/lines.ts';
import { criterionGroups } from '../../design/parts/criterion.ts';
import { gathering, sections } from '../../design/section-titles.ts';
import { readSections } from '../../design/sections.ts';
import { englishWords } from '../../design/vocabulary.ts';
import { contentOf, textIn } from './managed.ts';

/** Titles of sections and of the chapters that gather them, and the form's groups of criteria; without what follows in brackets. */
const headings: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.values(sections), ...gathering, frontMatterTitle, ...criterionGroups].map(({ ja, en }) => [ja, en]),
);

const lengthOf = (words: RegExp | string) =>
  (typeof words === 'string' ? words : words.source.replaceAll(/[^\p{L}]/gu, '')).length;
/** The longest first, so that no word is taken for a part of another. */
const byLength = englishWords
  .filter(({ ja, en }) => ja !== en)
  .toSorted((one, other) => lengthOf(other.ja) - lengthOf(one.ja));

const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/;
const asWritten = '*(as written)*';

/** The punctuation of what turned out to be English. */
const punctuation: readonly (readonly [string, string])[] = [
  ['（', ' ('],
  ['）', ')'],
  ['、', ', '],
  ['：', ': '],
];

const tens: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 億: 1e8 };

/** Words in English, if English is all that comes of them: half a sentence in each language is neither's. */
function whole(words: string): string {
  const known = headings[words.trim()];
  if (known !== undefined) return words.replace(words.trim(), known);
  const counted = words.replace(/([\d,]+(?:\.\d+)?)(千|万|億)/g, (_, figure: string, ten: string) =>
    (Number(figure.replaceAll(',', '')) * (tens[ten] ?? 1)).toLocaleString('en-US'),
  );
  const found = byLength.reduce(
    (text, { ja, en }) => text.replaceAll(typeof ja === 'string' ? ja : new RegExp(ja, `${ja.flags}g`), en),
    counted,
  );
  if (japanese.test(found)) return words;
  return found === words ? words : punctuated(found).trimEnd();
}

const punctuated = (words: string): string =>
  punctuation.reduce((text, [from, to]) => text.replaceAll(from, to), words).trimEnd();

/**
 * A document that was written with English diagrams and tables, as English readers get it.
 * @param content the document in the form's own language
 */
export function inEnglish(content: string): string {
  const { lines, ...text } = textIn(content);
  const ledger = new LineLedger(content);
  const front = frontMatterBounds(ledger);
  const blocks = readSections(ledger, front.from).flatMap((section) => section.blocks);
  const result = lines.flatMap((line, index): readonly string[] => {
    const number = index + 1;
    const block = blocks.find(({ open, close }) => open <= number && number <= close);
    if ((front.open <= number && number <= front.close) || (block !== undefined && !/^ya?ml$/i.test(block.language)))
      return [line];
    if (block !== undefined) return [ofTheForm(line)];
    if (/^#\s/.test(line)) return [line, '', note];
    if (/^#{2,6}\s/.test(line)) return [heading(line)];
    return [ofProse(line, lines[index - 1] ?? '')];
  });
  return contentOf({ ...text, lines: result });
}

const note = `> English rendering by Hashira. ${asWritten} marks the author's own words. The platform is built from the Japanese document, not from this one.`;

function heading(line: string): string {
  const [, marks = '', title = ''] = /^(#+\s+)(.*)$/.exec(line) ?? [];
  const [, bare = title, more = ''] = /^(.*?)\s*([(（].*)?$/.exec(title) ?? [];
  const known =
    headings[title] ?? (headings[bare] === undefined ? whole(title) : `${headings[bare]} ${whole(more).trim()}`.trim());
  return `${marks}${japanese.test(known) ? `${known} ${asWritten}` : punctuated(known)}`;
}

/** A line of one of the form's blocks: its key and its value, each by itself. What they say beyond the grammar is their author's. */
function ofTheForm(line: string): string {
  const [, before = '', key = line, colon = '', value = ''] =
    /^([\s│├└─-]*(?:\d+\.\s+)?)(.*?)(?:(:\s|:$|：)(.*))?$/.exec(line) ?? [];
  const words = `${before}${whole(key)}${colon}${whole(value)}`;
  return japanese.test(words) ? `${words}  # as written` : words;
}

/** Labels before a colon, patterns of criteria and cells of tables are the form's; the rest is prose. */
function ofProse(line: string, before: string): string {
  if (/^\s*\|/.test(line)) {
    return line
      .split('|')
      .map((cell) => cell.split('<br>').map(cellOf).join('<br>'))
      .join('|');
  }
  const labelled = line
    .replace(
      /^(\s*(?:[-*+]\s+)?(?:\*\*)?)([^:：*[\]]+)((?:\*\*)?[:：])/,
      (_, open: string, label: string, close: string) => `${open}${whole(label)}${close}`,
    )
    .replace(/^(\s*\d+\.\s+\*\*)([^*]+)/, (_, open: string, step: string) => `${open}${whole(step)}`)
    .replace(
      /^(\s*[-*+]\s+\[[ x]\]\s+\*\*[\w-]+\*\*\s*[(（])([^()（）]+)/,
      (_, open: string, pattern: string) => `${open}${whole(pattern)}`,
    );
  if (!japanese.test(labelled)) return labelled;
  if (/^\s*(?:[-*+]|\d+\.)\s/.test(line)) return `${labelled} ${asWritten}`;
  return before.trim() === '' ? `${asWritten} ${labelled}` : labelled;
}

/** `CDKスタック構成 2 lines`: a section's title, and how much of it. */
function cellOf(cell: string): string {
  const [, before, words = '', after] = /^(\s*)(.*?)((?:\s+\d+ lines?)?\s*)$/.exec(cell) ?? [];
  return `${before}${whole(words)}${after}`;
}
