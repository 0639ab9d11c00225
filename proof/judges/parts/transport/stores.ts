// To databases and caches.
import { type Assembly, at, literal, type Resource } from '../../../../assembly/graph.ts';
import { databasesIn } from '../../../../assembly/questions/compute.ts';
import { listOf, ofType, targetOf, textHolds } from '../../../../assembly/relations.ts';
import { awsMinimum, databaseMinimum, forcedFrom, tlsEngines } from '../../../../aws/tls-versions.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/transport.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';

export const storeHops: Hops = (graph, wanted) => [
  ...databasesIn(graph).flatMap((database) => databaseEvidence(graph, database, wanted)),
  ...ofType(graph, 'AWS::DocDB::DBCluster').map((cluster) => documentsEvidence(graph, cluster)),
  ...ofType(graph, 'AWS::DAX::Cluster').map((cluster) =>
    on(cluster).property('ClusterEndpointEncryptionType').otherwise('NONE').is('TLS'),
  ),
  ...ofType(graph, 'AWS::ElastiCache::ServerlessCache').map((cache) =>
    versionEvidence(cache, [], said.leastOfInterface({ least: awsMinimum }), { wanted, least: awsMinimum }),
  ),
  ...ofType(graph, 'AWS::RDS::DBProxy').map((proxy) => on(proxy).property('RequireTLS').is(true)),
  ...ofType(graph, 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster').flatMap((cache) =>
    cacheEvidence(cache, wanted),
  ),
  ...ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((task) => fileSystemEvidence(task, wanted)),
];

/**
 * DocumentDB speaks TLS unless its parameter group says otherwise; which versions its usual setting takes depends on the engine's.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
 */
function documentsEvidence(graph: Assembly, cluster: Resource): Observation {
  const group = targetOf(graph, cluster.properties.DBClusterParameterGroupName);
  const expected = said.tlsOfDocuments;
  if (group === undefined) return on(cluster).property('DBClusterParameterGroupName').holds(undefined, { expected });
  const setting = textSetting(at(group.properties, 'Parameters', 'tls')) ?? 'enabled';
  const holds = setting === 'disabled' ? false : /^(tls1\.[23]\+|fips-140-3)$/.test(setting) || undefined;
  return on(group).property('Parameters', 'tls').holds(holds, { expected });
}

/** A file system that a task mounts goes over plain NFS unless the volume says otherwise; with encryption it is TLS 1.2. */
function fileSystemEvidence(task: Resource, wanted: number): readonly Observation[] {
  return listOf(task.properties.Volumes).flatMap((volume, index) => {
    const configuration = at(volume, 'EFSVolumeConfiguration');
    if (configuration === undefined) return [];
    const setting = textSetting(at(configuration, 'TransitEncryption'));
    const path = ['Volumes', index, 'EFSVolumeConfiguration', 'TransitEncryption'];
    const least = setting === 'ENABLED' ? 1.2 : setting === 'unresolved' ? undefined : 0;
    return [versionEvidence(task, path, setting ?? said.plainFileSystem, { wanted, least })];
  });
}

function databaseEvidence(graph: Assembly, database: Resource, wanted: number): readonly Observation[] {
  const property = database.type === 'AWS::RDS::DBCluster' ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const engine = tlsEngines.find((known) => textHolds(database.properties.Engine, (name) => known.engine.test(name)));
  if (engine === undefined)
    return [on(database).property('Engine').holds(undefined, { expected: said.encryptableEngine })];
  const named = database.properties[property];
  const group = targetOf(graph, named);
  if (group === undefined) {
    const isForced = named === undefined ? isForcedByDefault(database) : undefined;
    const observed = named ?? (isForced ? said.usualParameterGroup : said.noParameterGroup);
    const expected = said.parameterGroupWith({ parameter: engine.force });
    return [on(database).property(property).holds(isForced, { expected, observed })];
  }
  const forced = at(group.properties, 'Parameters', engine.force);
  const isForced = textHolds(forced, (written) => engine.on.some((on) => on === written));
  const version = textSetting(at(group.properties, 'Parameters', engine.version));
  return [
    on(group)
      .property('Parameters', engine.force)
      .holds(isForced, { expected: engine.on[0], observed: forced ?? shared.unsaid }),
    ...(version === undefined && wanted <= awsMinimum
      ? []
      : [
          versionEvidence(group, ['Parameters', engine.version], version ?? shared.unsaid, {
            wanted,
            least: databaseMinimum(version),
          }),
        ]),
  ];
}

/** Whether RDS's own parameter group refuses plain connections. */
function isForcedByDefault({ properties }: Resource): boolean | undefined {
  const first = forcedFrom[String(literal(properties.Engine))];
  if (first === undefined) return false;
  const major = textHolds(properties.EngineVersion, (version) => Number.parseFloat(version) >= first);
  // Which version a database gets that names none is AWS's to say.
  return properties.EngineVersion === undefined ? undefined : major;
}

/** AWS's caches speak TLS 1.2 and newer when they speak TLS; `preferred` lets plain connections in beside it. */
function cacheEvidence(cache: Resource, wanted: number): readonly Observation[] {
  if (cache.type === 'AWS::ElastiCache::CacheCluster' && cache.properties.ReplicationGroupId !== undefined) return [];
  return [
    on(cache).property('TransitEncryptionEnabled').is(true),
    on(cache).property('TransitEncryptionMode').otherwise('required').is('required'),
    ...(wanted > awsMinimum
      ? [
          versionEvidence(cache, ['TransitEncryptionEnabled'], said.tlsVersion({ least: awsMinimum }), {
            wanted,
            least: awsMinimum,
          }),
        ]
      : []),
  ];
}
