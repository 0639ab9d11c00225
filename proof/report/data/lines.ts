// The document as it stands, each line with the verdicts on what it says; and the criteria, which are lines of it too.
import type { Line } from '../../../design/lines.ts';
import type { CriterionVerdict } from '../../judges/judge-criteria.ts';
import type { StatementVerdict } from '../../judges/judge-statements.ts';
import type { ReportCriterion, ReportLine, ReportStatement, ReportVerdict } from '../report-data.ts';
import { type EvidenceTable, textFor } from './evidence.ts';

type Judged = Pick<CriterionVerdict, 'environment' | 'verdict' | 'evidence' | 'deviation' | 'reason'>;

function verdictOf({ environment, verdict, evidence, deviation, reason }: Judged, table: EvidenceTable): ReportVerdict {
  return {
    environment,
    verdict,
    // What is seen twice is shown once.
    evidence: [...new Set(table.add(evidence))],
    deviation,
    ...(reason === undefined ? {} : { reason: textFor(reason) }),
  };
}

/** Each criterion once, with its verdict in every environment. */
export function reportCriteria(
  criteria: readonly CriterionVerdict[],
  table: EvidenceTable,
): readonly ReportCriterion[] {
  return [...Map.groupBy(criteria, ({ id }) => id).values()].flatMap((verdicts) => {
    const [first] = verdicts;
    if (first === undefined) return [];
    const { id, group, pattern, text, line } = first;
    return [{ id, group, pattern, text, line, verdicts: verdicts.map((one) => verdictOf(one, table)) }];
  });
}

/** Every line of the document. What a line says of several paths is several statements. */
export function reportLines(
  lines: readonly Line[],
  statements: readonly StatementVerdict[],
  criteria: readonly ReportCriterion[],
  table: EvidenceTable,
): readonly ReportLine[] {
  const byLine = Map.groupBy(statements, ({ line }) => line);
  const criterionOf = new Map(criteria.map((criterion) => [criterion.line, criterion]));
  return lines.map(({ number, text, kind, statements: said }) => {
    if (said.length === 0) return { number, text, kind };
    const criterion = criterionOf.get(number);
    const found = Map.groupBy(byLine.get(number) ?? [], ({ path, kind: ofKind }) => `${ofKind} ${path}`);
    const own = [...found.values()].flatMap((verdicts): ReportStatement[] => {
      const [first] = verdicts;
      if (first === undefined) return [];
      const { kind: ofKind, path, id } = first;
      const judged = verdicts.map((one) => verdictOf(one, table));
      return [{ kind: ofKind, path, id, verdicts: judged }];
    });
    const judge: ReportStatement[] =
      criterion === undefined
        ? []
        : [{ kind: 'claim', path: `criteria.${criterion.id}`, id: criterion.id, verdicts: criterion.verdicts }];
    return { number, text, kind, statements: [...own, ...judge] };
  });
}
