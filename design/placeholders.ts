// The form's placeholders: `[…]` that somebody should have replaced by words of their own. Links, check boxes, footnotes and code
// have brackets too, and are none.
import { bullet } from './marks.ts';

/** What stands in for a placeholder wherever the design needs a value (INP-1). */
const standIns: Readonly<Record<string, string>> = {
  '[ID]': 'INFRA-000',
  '[STORY_ID]': 'INFRA-000',
  '[機能名]': 'platform',
  '[title]': 'platform',
  '[num]': '000',
  '[YYYY-MM-DD]': '2000-01-01',
};

const beforeTitle = new RegExp(String.raw`^\s*${bullet}?\[$`, 'u');
const bracket = /\[([^[\]]*)\]/g;

/** The placeholders of a line outside code, e.g. `[ID]`, in their order. Takes the line in plain form. */
export function findPlaceholders(plain: string): string[] {
  const line = plain.replaceAll(/``.+?``|`[^`]+`/g, (code) => ' '.repeat(code.length));
  return [...line.matchAll(bracket)]
    .filter((match) => !isOrdinary(line, match.index, match[0], (match[1] ?? '').trim()))
    .map(([found]) => found);
}

function isOrdinary(line: string, index: number, found: string, words: string): boolean {
  const after = line.slice(index + found.length);
  const before = line.slice(0, index);
  return (
    // Check boxes and empty brackets; `[1]` and `[^1]` are citations; `[https://…]` is an address.
    /^(?:[xX]?|\d+|\^.*|https?:\/\/.*)$/.test(words) ||
    // `[words](target)`; the target may hold placeholders of its own.
    after.startsWith('(') ||
    // `- [title]: target`, as in the form's lists of references. A target that is still a placeholder leaves the title one.
    (beforeTitle.test(`${before}[`) && /^:\s+[^\s[]/.test(after))
  );
}

/** A line with the stand-ins in place of the form's placeholders; others, which are all prose, stay as they are. */
export const fillPlaceholders = (plain: string): string =>
  plain.includes('[') ? plain.replaceAll(bracket, (found) => standIns[found] ?? found) : plain;
