// AC-REL-5: every RDS database keeps its automatic backups for as many days as the sentence says. In staging and development the
// document's own table of retention has fewer, and rules (ADR-035).

import { literal, type Resource } from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import { isProduction, perEnvironment } from '../../../design/environments.ts';
import { seen } from '../evidence.ts';
import type { Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';

export const backupRetention: CriterionJudge = {
  id: 'AC-REL-5',
  about: ['aurora', 'backup'],
  deviation: ({ design, environment }) => (isProduction(design, environment) ? undefined : 'ADR-035'),
  judge: judgeRetention,
};

function judgeRetention({ everywhere: graph, criterion, design, environment }: CriterionCase): Finding {
  const stated = criterion.figures.days;
  if (stated === undefined) return unread('a number of days');
  const wanted = isProduction(design, environment)
    ? stated
    : Math.min(stated, perEnvironment(design.backup.aurora.retentionDays, environment));
  const keeping = ofType(graph, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').filter(isKeeper);
  if (keeping.length === 0) return { notApplicable: 'there is no RDS database' };
  return keeping.map((database) => {
    const said = database.properties.BackupRetentionPeriod;
    // RDS keeps one day where nothing is said.
    const days = said === undefined ? 1 : Number(literal(said));
    const holds = Number.isNaN(days) ? undefined : days >= Math.max(1, wanted);
    return seen(graph, database, ['BackupRetentionPeriod'], said ?? 'not said: 1', `at least ${wanted} days`, holds);
  });
}

/** An instance of a cluster has no backups of its own. */
const isKeeper = ({ type, properties }: Resource) =>
  type === 'AWS::RDS::DBCluster' || properties.DBClusterIdentifier === undefined;
