// BKP-6: snapshots of the cache with their window and retention; `null` in the document: none.

import type { Resource } from '../../../../assembly/graph.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/backups.ts';
import { parts } from '../../words/parts.ts';

export const backupCache: readonly StatementJudge[] = [
  { id: 'BKP-6', path: 'backup.cache.automatic', judge: judgeRetention },
  { id: 'BKP-6', path: 'backup.cache.retentionDays.*', judge: judgeRetention },
  { id: 'BKP-6', path: 'backup.cache.window', judge: judgeWindow },
];

function onGroups({ graph, design }: StatementCase, look: (group: Resource) => Observation): Finding {
  if (design.backup.cache === undefined) return { notApplicable: parts.noCache };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  return found.length > 0 ? found.map(look) : [missing(parts.replicationGroup)];
}

function judgeRetention(judgeCase: StatementCase): Finding {
  const backup = judgeCase.design.backup.cache;
  const days = backup?.automatic === true ? perEnvironment(backup.retentionDays, judgeCase.environment) : null;
  return onGroups(judgeCase, (group) => {
    const kept = on(group).property('SnapshotRetentionLimit');
    return days === null ? kept.otherwise(0).is(0) : kept.is(days);
  });
}

function judgeWindow(judgeCase: StatementCase): Finding {
  const backup = judgeCase.design.backup.cache;
  if (backup !== undefined && perEnvironment(backup.retentionDays, judgeCase.environment) === null)
    return { notApplicable: said.noSnapshotsHere };
  return onGroups(judgeCase, (group) =>
    on(group).property('SnapshotWindow').is(`${backup?.window.start}-${backup?.window.end}`),
  );
}
