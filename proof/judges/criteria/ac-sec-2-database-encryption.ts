// AC-SEC-2: every RDS cluster, and every instance that is in none, encrypts what it stores. An instance of a cluster stores nothing of
// its own: it answers by its cluster.
import { type Assembly, literal, type Resource } from '../../../assembly/graph.ts';
import { ofType, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { isDeadKey } from './resources.ts';

export const databaseEncryption: CriterionJudge = {
  id: 'AC-SEC-2',
  about: ['aurora', 'encryption'],
  judge: judgeDatabases,
};

/** What a database may be made from; it is then encrypted as that is, whatever its own template says. */
const origins = ['SnapshotIdentifier', 'DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier'] as const;
const sources = [
  'SourceDBClusterIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterResourceId',
  'SourceDbiResourceId',
] as const;

function judgeDatabases({ everywhere: graph }: CriterionCase): Finding {
  const databases = ofType(graph, 'AWS::RDS::GlobalCluster', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance');
  if (databases.length === 0) return { notApplicable: 'there is no RDS database' };
  return databases.map((database) => evidenceOn(graph, database, new Set()));
}

function evidenceOn(graph: Assembly, database: Resource, met: Set<string>): Evidence {
  const { properties } = database;
  if (properties.DBClusterIdentifier !== undefined && database.type === 'AWS::RDS::DBInstance') {
    const cluster = targetOf(graph, properties.DBClusterIdentifier);
    const holds = cluster === undefined ? undefined : storageHolds(graph, cluster, met);
    const observed = cluster === undefined ? 'a cluster that is not in the templates' : `that of ${cluster.path}`;
    return seen(graph, database, ['DBClusterIdentifier'], observed, 'a cluster that is encrypted', holds);
  }
  const observed = properties.StorageEncrypted ?? 'not said';
  return seen(graph, database, ['StorageEncrypted'], observed, true, storageHolds(graph, database, met));
}

/** Whether a cluster or lone instance is encrypted; `undefined` when that hangs on something outside the templates. */
function storageHolds(graph: Assembly, database: Resource, met: Set<string>): boolean | undefined {
  if (met.has(database.key)) return undefined;
  met.add(database.key);
  const { properties } = database;
  const source = sources.map((name) => properties[name]).find((value) => value !== undefined);
  if (source !== undefined) {
    const target = targetOf(graph, source);
    return target === undefined ? undefined : storageHolds(graph, target, met);
  }
  if (isDeadKey(graph, properties.KmsKeyId)) return false;
  const said = properties.StorageEncrypted;
  if (said === undefined) return origins.some((name) => properties[name] !== undefined) ? undefined : false;
  const known = literal(said);
  return known === undefined ? undefined : String(known) === 'true';
}
