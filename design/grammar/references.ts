// DOC-6: what the author read, and the documents that belong to this one. Both are lists of `[title]: target`; their lines are prose.
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { type ListItem, readMarkdownList, refuseStrays, walkList } from './list.ts';

const example = '`- [title]: https://…` or `- [title](https://…)`';

/** The references with the notes below each. Lines that still hold a placeholder are left out. */
export function readReferences(section: Section, ledger: LineLedger): Design['references'] {
  return readTargets(section, ledger).map(({ item, title, target }) => ({
    title,
    target,
    notes: [...walkList(item.children)].map(({ words }) => words),
  }));
}

/** The related documents. Lines that still hold a placeholder are left out. */
export function readRelated(section: Section, ledger: LineLedger): Design['related'] {
  return readTargets(section, ledger).map(({ title, target }) => ({ title, target }));
}

function readTargets(section: Section, ledger: LineLedger): { item: ListItem; title: string; target: string }[] {
  const list = readMarkdownList(section.body);
  refuseStrays({ ...list, tails: [] }, ledger, example);
  return list.items.flatMap((item) => {
    if (ledger.isMarked(item.line)) return [];
    const target = readTarget(item.words);
    if (target === undefined) ledger.unknown(item.line, example);
    return target === undefined ? [] : [{ item, ...target }];
  });
}

function readTarget(words: string): { title: string; target: string } | undefined {
  const match =
    /^\[(?<title>[^\]]+)\](?:\s*:\s*(?<after>\S.*)|\((?<inside>[^()\s]+)\).*)$/.exec(words)?.groups ??
    /^(?:(?<title>\S[^:]*?)\s*:\s+)?(?<after>https?:\/\/\S+).*$/.exec(words)?.groups;
  if (match === undefined) return undefined;
  const target = (match.after ?? match.inside ?? '').trim();
  return { title: (match.title ?? target).trim(), target };
}
