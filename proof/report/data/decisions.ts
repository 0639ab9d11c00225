// The decisions that verdicts refer to: enough of each to know what was decided without opening it.
import type { Decision, ReportCriterion, ReportLine } from '../report-data.ts';

/** An ADR as it lies on disk. */
export interface DecisionFile {
  /** Relative to the project. */
  readonly file: string;
  readonly content: string;
}

/** Those that are referred to, by number. One that has no file is named all the same. */
export function reportDecisions(
  lines: readonly ReportLine[],
  criteria: readonly ReportCriterion[],
  files: readonly DecisionFile[],
): readonly Decision[] {
  const statements = lines.flatMap(({ statements: said = [] }) => said);
  const ids = [...statements, ...criteria].flatMap(({ verdicts }) =>
    verdicts.flatMap(({ deviation }) => deviation ?? []),
  );
  const known = new Map(files.flatMap((one) => decisionIn(one)).map((decision) => [decision.id, decision]));
  return [...new Set(ids)].sort().map((id) => known.get(id) ?? { id, title: '', summary: '', file: '' });
}

/** `# ADR-032: title`, and the summary that stands first, as a quotation; empty for a file that is no record. */
export function decisionIn({ file, content }: DecisionFile): readonly Decision[] {
  const heading = /^# (ADR-\d+)[:：]\s*(.+)$/m.exec(content);
  const [, id, title] = heading ?? [];
  if (id === undefined || title === undefined) return [];
  const summary = /^> (?:要約|Summary)[:：]\s*(.+)$/m.exec(content)?.[1] ?? '';
  return [{ id, title, summary, file }];
}
