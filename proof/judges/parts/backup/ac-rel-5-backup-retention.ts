// AC-REL-5: every RDS database keeps its automatic backups for as many days as the sentence says. In staging and development the
// document's own table of retention has fewer, and rules (ADR-035).

import { databasesIn } from '../../../../assembly/questions/compute.ts';
import { isProduction, perEnvironment } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding } from '../../judge.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { retentionOf } from './retention.ts';

export const backupRetention: CriterionJudge = {
  id: 'AC-REL-5',
  of: ['aurora'],
  about: ['aurora', 'backup'],
  deviation: ({ design, environment }) => (isProduction(design, environment) ? undefined : 'ADR-035'),
  judge: judgeRetention,
};

function judgeRetention({ everywhere: graph, criterion, design, environment }: CriterionCase): Finding {
  const stated = criterion.figures.days;
  if (stated === undefined) return unread('figureDays');
  const days = isProduction(design, environment)
    ? stated
    : Math.min(stated, perEnvironment(design.backup.aurora.retentionDays, environment));
  const keeping = databasesIn(graph);
  if (keeping.length === 0) return noneOf(graph, shared.noRdsDatabase);
  return keeping.map((database) => retentionOf(database).isAtLeast(Math.max(1, days), said.daysAtLeast({ days })));
}
