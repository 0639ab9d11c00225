// The last column of the list in docs/unproven.md: what the newest evidence says of each row, and a dash where there is none. All other
// columns are written by people.
import type { Language } from '../../design/problem.ts';
import { type Evidence, type Facts, isAsBelieved, type RowId, rowIds } from '../../operations/prove/evidence.ts';
import { evidenceFolder } from '../lib/prove/evidence-folder.ts';
import { proveCatalogues } from '../lib/prove/messages.ts';

const words = {
  en: {
    seenBy: 'seen by, when',
    otherwise: '**otherwise than believed**',
    notClean: 'with changes',
    account: 'account',
  },
  ja: { seenBy: '確認', otherwise: '**見込みと異なる**', notClean: '変更あり', account: 'アカウント' },
} as const;

const none = '–';

/** The cells of a row of a table, without the bars at its ends. */
const cellsOf = (line: string): readonly string[] => line.split(/(?<!\\)\|/).slice(1, -1);

const idOf = (line: string): string => cellsOf(line)[0]?.trim() ?? '';

/** Lines of the list's rows, by their number in the page. @throws Error for a page without such a list */
function rowsOf(lines: readonly string[], { seenBy }: (typeof words)[Language]): readonly number[] {
  const head = lines.findIndex((line) => line.startsWith('| id |') && cellsOf(line).at(-1)?.trim() === seenBy);
  if (head < 0) throw new Error(`no table that begins with "id" and ends with "${seenBy}"`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  const last = end < 0 ? lines.length : end;
  return Array.from({ length: Math.max(0, last - head - 2) }, (_, index) => head + 2 + index);
}

/** The ids of the rows, in the order of the page. */
export function unprovenRows(page: string, language: Language): readonly string[] {
  const lines = page.split('\n');
  return rowsOf(lines, words[language]).map((index) => idOf(lines[index] ?? ''));
}

/** The page with its last column as the evidence has it. @param evidence the oldest first */
export function unprovenPage(page: string, language: Language, evidence: readonly Evidence[]): string {
  const lines = page.split('\n');
  const rows = new Set(rowsOf(lines, words[language]));
  const newest = evidence.toReversed();
  return lines
    .map((line, index) => {
      if (!rows.has(index)) return line;
      const cells = cellsOf(line).slice(0, -1);
      const row = rowIds.find((id) => id === idOf(line));
      const cell = row === undefined ? none : (newest.map((one) => cellOf(one, row, language)).find(Boolean) ?? none);
      return `|${[...cells, ` ${cell} `].join('|')}|`;
    })
    .join('\n');
}

/** All that is shown was read by its shape: none of it can be Markdown. */
function cellOf<Row extends RowId>(
  { seen, run, commit, clean, began, account, environment, region }: Evidence,
  row: Row,
  language: Language,
): string | undefined {
  const figures: Facts[Row] | undefined = seen[row];
  if (figures === undefined) return undefined;
  const [say, sentence] = [words[language], proveCatalogues[language].rows[row]];
  const at = clean ? commit.slice(0, 8) : `${commit.slice(0, 8)} (${say.notClean})`;
  const name = `${began.slice(0, 10)}, ${environment}, ${at}`;
  const link = `[${name}](${evidenceFolder.replace(/^docs\//, '')}/${run}.json)`;
  const verdict = isAsBelieved(row, figures) ? '' : `${say.otherwise}: `;
  return `${verdict}${link}, ${say.account} …${account.slice(-4)}, ${region}: ${sentence(figures)}`;
}
