// AC-SEC-2: every RDS cluster, and every instance that is in none, encrypts what it stores. An instance of a cluster stores nothing of
// its own: it answers by its cluster.
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { isTrue } from '../../../../assembly/properties.ts';
import { isDeadKey } from '../../../../assembly/questions/key-users.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, not, type Truth } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/security.ts';

export const databaseEncryption: CriterionJudge = {
  id: 'AC-SEC-2',
  of: ['aurora'],
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
  if (databases.length === 0) return noneOf(graph, shared.noRdsDatabase);
  return databases.map((database) => evidenceOn(graph, database, new Set()));
}

function evidenceOn(graph: Assembly, database: Resource, met: Set<string>): Observation {
  const { properties, type } = database;
  if (properties.DBClusterIdentifier !== undefined && type === 'AWS::RDS::DBInstance') {
    const cluster = targetOf(graph, properties.DBClusterIdentifier);
    const observed = cluster === undefined ? said.foreignCluster : said.encryptionOf({ resource: cluster.path });
    const holds = cluster && isEncrypted(graph, cluster, met);
    return on(database).property('DBClusterIdentifier').holds(holds, { expected: said.encryptedCluster, observed });
  }
  const observed = properties.StorageEncrypted ?? shared.unsaid;
  return on(database)
    .property('StorageEncrypted')
    .holds(isEncrypted(graph, database, met), { expected: true, observed });
}

/** Whether a cluster or lone instance is encrypted; `undefined` when that hangs on something outside the templates. */
function isEncrypted(graph: Assembly, database: Resource, met: Set<string>): Truth {
  if (met.has(database.key)) return undefined;
  met.add(database.key);
  const { properties } = database;
  const source = sources.map((name) => properties[name]).find((value) => value !== undefined);
  if (source !== undefined) {
    const target = targetOf(graph, source);
    return target && isEncrypted(graph, target, met);
  }
  const isRestored = origins.some((name) => properties[name] !== undefined);
  const written = properties.StorageEncrypted;
  return all([
    not(isDeadKey(graph, properties.KmsKeyId)),
    written === undefined && isRestored ? undefined : isTrue(written),
  ]);
}
