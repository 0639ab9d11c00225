// The lines of a document as the templates have them. A line that its verdicts confirm stays as it was written, in the author's own
// units; one that they deny shows what is built, and is named with both.
import { plainText } from '../../design/lines.ts';
import { shownIn } from '../../design/messages/said.ts';
import type { Language } from '../../design/problem.ts';
import type { Environment } from '../../design/schema.ts';
import type { StatementVerdict } from '../judges/judge-statements.ts';
import { written } from './figures.ts';

/** A line that the templates deny. */
export interface Denied {
  /** Of the document, from 1. */
  readonly line: number;
  readonly stated: string;
  /** The line with the template's figures; as stated where none could be written. */
  readonly built: string;
  /** Whether it is no more than a claim: nothing is built from it. */
  readonly isClaim: boolean;
  readonly environments: readonly Environment[];
  /** What was seen instead, resource by resource. */
  readonly seen: readonly string[];
}

/**
 * The denied lines. What a line says of several environments is written from the first of `environments` that denies it: a line has room for one figure, and the rest is told beside it.
 */
export function deniedLines(
  verdicts: readonly StatementVerdict[],
  environments: readonly Environment[],
  lang: Language,
): readonly Denied[] {
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  return [...Map.groupBy(failed, ({ line }) => line)].map(([line, found]) => {
    const [first] = found;
    const stated = first?.text ?? '';
    const where = environments.filter((name) => found.some(({ environment }) => environment === name));
    const told = found.filter(({ environment }) => environment === where[0]);
    // Of several members of one line the first tells: the line has one figure for all of them.
    const denied = told.flatMap(({ path, evidence }) =>
      [...Map.groupBy(evidence.filter(isDenied), tailOf).values()].flatMap(([one]) => (one ? [{ path, one }] : [])),
    );
    return {
      line,
      stated,
      built: denied.reduce((text, { path, one }) => onto(text, (words) => written(words, path, one)), stated),
      isClaim: found.every(({ kind }) => kind === 'claim'),
      environments: where,
      seen: [...new Set(found.flatMap(({ evidence }) => evidence.filter(isDenied).map((one) => word(one, lang))))],
    };
  });
}

type Evidence = StatementVerdict['evidence'][number];

const isDenied = ({ verdict }: Evidence): boolean => verdict === 'fail';
const tailOf = ({ property }: Evidence): string => property.split('/').at(-1) ?? '';

/** Full-width digits and brackets are read as their plain forms: where they are in the way, the plain line is written on. */
function onto(text: string, write: (words: string) => string | undefined): string {
  return write(text) ?? write(plainText(text)) ?? text;
}

function word({ resource, property, observed }: Evidence, lang: Language): string {
  const name = property.split('/').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const seen = typeof observed === 'string' ? observed : shownIn(observed, lang);
  return `${resource}${name === '' || name === 'Properties' ? '' : ` ${name}`} = ${seen}`.trim();
}
