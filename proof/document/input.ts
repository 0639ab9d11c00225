// What a document is written from.
import type { Assembly } from '../../assembly/graph.ts';
import type { Line } from '../../design/lines.ts';
import type { Language } from '../../design/problem.ts';
import type { Design } from '../../design/schema.ts';
import type { CriterionVerdict } from '../judges/judge-criteria.ts';
import type { StatementVerdict } from '../judges/judge-statements.ts';
import type { Decision } from '../report/report-data.ts';

export interface DocumentInput {
  /** The document without what Hashira wrote into it; see `withoutManaged`. */
  readonly content: string;
  readonly design: Design;
  /** The account of `content`'s lines. */
  readonly lines: readonly Line[];
  /** All three environments. */
  readonly graph: Assembly;
  /** On every statement of every environment. */
  readonly statements: readonly StatementVerdict[];
  readonly criteria: readonly CriterionVerdict[];
  /** The decision records (ADR) of the document's project. */
  readonly records: readonly Decision[];
  /** Hashira's own, which say why something is not as a document has it. */
  readonly reasons: readonly Decision[];
  /** Whether there is a file of that name, relative to the project. */
  readonly fileExists: (name: string) => boolean;
  /** Of what Hashira says itself; the document's own words stay. */
  readonly lang: Language;
}
