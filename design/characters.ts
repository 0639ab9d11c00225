// Characters of a block that nobody sees and that change what is read: invisible ones within words, and tabs or full-width spaces before
// them where other lines have spaces. Each is named by code and column; the line is then read as it looks.
import type { LineLedger, SourceLine } from './lines.ts';
import type { Words } from './messages/words.ts';

const invisible = /[\p{Cf}\u115f\u1160\u3164]/gu;

const names: Readonly<Record<string, Words>> = {
  '\t': { en: 'tab', ja: 'タブ' },
  '\u3000': { en: 'ideographic space', ja: '全角の空白' },
  '\u00ad': { en: 'soft hyphen', ja: 'ソフトハイフン' },
  '\u200b': { en: 'zero width space', ja: '幅のない空白' },
  '\u200c': { en: 'zero width non-joiner', ja: '幅のない非接合子' },
  '\u200d': { en: 'zero width joiner', ja: '幅のない接合子' },
  '\u2060': { en: 'word joiner', ja: '単語結合子' },
  '\ufeff': { en: 'zero width no-break space', ja: '幅のない改行なし空白' },
};

/** `U+200B (zero width space)`. */
const nameOf = (character: string): Words => {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const { en, ja } = names[character] ?? {};
  return en === undefined ? { en: code, ja: code } : { en: `${code} (${en})`, ja: `${code}（${ja}）` };
};

function refuse(line: SourceLine, index: number, ledger: LineLedger): void {
  const character = String.fromCodePoint(line.text.codePointAt(index) ?? 0);
  ledger.refuse(line.number, 'strange-character', {
    found: nameOf(character),
    column: [...line.text.slice(0, index)].length + 1,
  });
}

/** Refuses a line for the first invisible character in it. */
export function refuseInvisible(line: SourceLine, ledger: LineLedger): boolean {
  const index = line.text.search(invisible);
  if (index >= 0) refuse(line, index, ledger);
  return index >= 0;
}

interface Indented {
  readonly line: SourceLine;
  /** What stands before the first word, bullet or glyph. */
  readonly before: string;
  readonly isMarked: boolean;
}

/** The lines of a block as they look: those that a reader would take for something else are refused, and read without what misleads. */
export function asSeen(lines: readonly SourceLine[], ledger: LineLedger): readonly SourceLine[] {
  const indented = lines.map((line): Indented => {
    const before = /^\s*/.exec(line.text)?.[0] ?? '';
    return { line, before, isMarked: /^(?:[-*+・•]|\d+[.)])/.test(line.text.slice(before.length)) };
  });
  const spaced = indented.filter(({ line, before }) => line.plain !== '' && /^ +$/.test(before));
  const columns = new Set(spaced.map(({ before, isMarked }) => `${isMarked} ${before.length}`));
  return indented.map(({ line, before, isMarked }, index) => {
    const isHidden = refuseInvisible(line, ledger);
    const plain = isHidden ? line.plain.replaceAll(invisible, '') : line.plain;
    const column = columnOf(before);
    const wide = before.search(/[\t\u3000]/);
    // Tabs alone, or full-width spaces alone, are an indentation like any other, and so is a tab where spaces would lie as deep.
    const isClear =
      wide < 0 || columns.size === 0 || (!before.includes('\u3000') && columns.has(`${isMarked} ${column}`));
    if (isClear) return isHidden ? moved(line, plain, ledger) : line;
    refuse(line, wide, ledger);
    const beside = before.includes('\u3000') ? column : (besideOf(indented, index) ?? column);
    return moved(line, `${' '.repeat(beside)}${plain.trimStart()}`, ledger);
  });
}

/** A tab and a full-width space are as wide as two. */
const columnOf = (before: string): number => before.replaceAll(/[\t\u3000]/g, '  ').length;

/** How deep the line below lies, or the one above. */
function besideOf(lines: readonly Indented[], index: number): number | undefined {
  const beside = [lines[index + 1], lines[index - 1]].find((one) => one !== undefined && /^ *$/.test(one.before));
  return beside?.before.length;
}

function moved({ number, text }: SourceLine, plain: string, ledger: LineLedger): SourceLine {
  return { number: ledger.part(number, plain), text, plain };
}
