// AC-SEC-2: every RDS cluster, and every instance that is in none, encrypts what it stores. An instance of a cluster stores nothing of
// its own: it answers by its cluster.
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { isEncrypted } from '../../../../assembly/questions/encryption.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
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

function judgeDatabases({ everywhere: graph }: CriterionCase): Finding {
  const databases = ofType(graph, 'AWS::RDS::GlobalCluster', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance');
  if (databases.length === 0) return noneOf(graph, shared.noRdsDatabase);
  return databases.map((database) => evidenceOn(graph, database));
}

function evidenceOn(graph: Assembly, database: Resource): Observation {
  const { properties, type } = database;
  if (properties.DBClusterIdentifier !== undefined && type === 'AWS::RDS::DBInstance') {
    const cluster = targetOf(graph, properties.DBClusterIdentifier);
    const observed = cluster === undefined ? said.foreignCluster : said.encryptionOf({ resource: cluster.path });
    const holds = cluster && isEncrypted(graph, cluster);
    return on(database).property('DBClusterIdentifier').holds(holds, { expected: said.encryptedCluster, observed });
  }
  const observed = properties.StorageEncrypted ?? shared.unsaid;
  return on(database).property('StorageEncrypted').holds(isEncrypted(graph, database), { expected: true, observed });
}
