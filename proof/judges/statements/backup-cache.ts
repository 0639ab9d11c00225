// BKP-6: snapshots of the cache with their window and retention; `null` in the document: none.
import type { Resource } from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const backupCache: readonly StatementJudge[] = [
  { id: 'BKP-6', path: 'backup.cache.automatic', judge: judgeRetention },
  { id: 'BKP-6', path: 'backup.cache.retentionDays.*', judge: judgeRetention },
  { id: 'BKP-6', path: 'backup.cache.window', judge: judgeWindow },
];

function onGroups({ graph, design }: StatementCase, look: (group: Resource) => Evidence): Finding {
  if (design.backup.cache === undefined) return { notApplicable: 'the design has no cache' };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  return found.length > 0 ? found.map(look) : [nothing('a replication group')];
}

function judgeRetention(judgeCase: StatementCase): Finding {
  const { graph, design, environment } = judgeCase;
  const backup = design.backup.cache;
  const days = backup?.automatic === true ? backup.retentionDays[environment] : null;
  return onGroups(judgeCase, (group) => {
    if (days !== null) return equals(graph, group, ['SnapshotRetentionLimit'], days);
    const kept = group.properties.SnapshotRetentionLimit ?? 0;
    return seen(graph, group, ['SnapshotRetentionLimit'], kept, 'no snapshots', Number(kept) === 0);
  });
}

function judgeWindow(judgeCase: StatementCase): Finding {
  const { graph, design, environment } = judgeCase;
  const backup = design.backup.cache;
  if (backup?.retentionDays[environment] === null) return { notApplicable: 'this environment takes no snapshots' };
  return onGroups(judgeCase, (group) =>
    equals(graph, group, ['SnapshotWindow'], `${backup?.window.start}-${backup?.window.end}`),
  );
}
