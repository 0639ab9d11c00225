// What the grammars of the architecture, network and IAM sections share: titles with a short name, lists in a line, words for
// "none", and how a part that cannot be read is set aside without a complaint about each of its lines.
import type { LineLedger } from '../lines.ts';
import { type OutlineNode, walkOutline } from '../outline.ts';
import { isCalled, none } from '../parts/term.ts';

/** `ALB Security Group (alb-sg)`: a title and its short name. */
export function readTitle(words: string): { title: string; name: string } | undefined {
  const match = /^(?<title>[^()]*[^()\s])\s*\(\s*(?<name>[a-z][a-z0-9-]*)\s*\)$/i.exec(words)?.groups;
  return match?.title === undefined || match.name === undefined ? undefined : { title: match.title, name: match.name };
}

/** The parts of a list in a line, by commas of either language; an empty part stays, for the caller to refuse. */
export const readList = (words: string): string[] => words.split(/[,、]/).map((part) => part.trim());

export const isNone = (words: string): boolean => isCalled(words, none);

/** Marks a part whose first line was refused: what it would have said of the rest is not known. */
export function setAside(node: OutlineNode, ledger: LineLedger): void {
  for (const { line } of walkOutline([node])) ledger.mark(line, 'unknown');
}

/** What `read` gives, unless it refused something: to compare parts of which some are missing would only raise false alarms. */
export function unlessRefused<T>(ledger: LineLedger, read: () => T): T | undefined {
  const before = ledger.problems.length;
  const value = read();
  return ledger.problems.length === before ? value : undefined;
}
