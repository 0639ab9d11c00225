// Finds the front matter of a document: at its top, or in a fenced block below a title such as メタデータ.
import type { LineLedger } from './lines.ts';
import { scan } from './scan.ts';
import { captionOf, normalised, type Titles } from './section-titles.ts';

export interface FrontMatterBounds {
  /** The lines around it. */
  readonly open: number;
  readonly close: number;
  /** The first line of what follows; the whole document where it stands in a block below a heading. */
  readonly from: number;
  readonly problem?: { readonly line: number; readonly code: 'front-matter-missing' | 'front-matter-unclosed' };
}

/** The title of the block that people write instead. */
export const frontMatterTitle: Titles = {
  ja: 'メタデータ',
  en: 'Metadata',
  also: ['文書情報', 'ドキュメント情報', 'フロントマター'],
};
const titles: ReadonlySet<string> = new Set(
  [frontMatterTitle.ja, frontMatterTitle.en, ...(frontMatterTitle.also ?? [])].map(normalised),
);

/** Between the first two `---`, or in a fenced block right below a title such as メタデータ. */
export function frontMatterBounds(ledger: Pick<LineLedger, 'source' | 'line'>): FrontMatterBounds {
  const first = ledger.source.find(({ plain }) => plain !== '');
  if (first?.plain === '---') {
    const rest = ledger.source.slice(first.number);
    const end = rest.find(({ plain }) => /^(?:---|\.\.\.)$/.test(plain))?.number;
    const from = (end ?? first.number) + 1;
    const problem = { line: first.number, code: 'front-matter-unclosed' } as const;
    return { open: first.number, close: end ?? from, from, ...(end === undefined && { problem }) };
  }
  const { fences } = scan(ledger.source, 1);
  const block = fences.find(({ open, isClosed }) => {
    let number = open - 1;
    while (number > 0 && ledger.line(number).plain === '') number -= 1;
    const above = ledger.line(number).plain;
    return isClosed && titles.has(normalised(captionOf(above) ?? above.replace(/^\s*#+\s*/, '')));
  });
  if (block !== undefined) return { open: block.open, close: block.close, from: 1 };
  const problem = { line: first?.number ?? 1, code: 'front-matter-missing' } as const;
  return { open: 1, close: 1, from: 1, problem };
}
