// To databases and caches.
import { type Assembly, at, literal, type Resource } from '../../../../assembly/graph.ts';
import { listOf, ofType, targetOf } from '../../../../assembly/relations.ts';
import { seen } from '../../evidence.ts';
import type { Evidence } from '../../judge.ts';
import { isTrue } from '../resources.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';
import { awsMinimum } from './versions.ts';

export const storeHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) =>
    databaseEvidence(graph, cluster, 'DBClusterParameterGroupName', wanted),
  ),
  ...ofType(graph, 'AWS::RDS::DBInstance')
    .filter(({ properties }) => properties.DBClusterIdentifier === undefined)
    .flatMap((instance) => databaseEvidence(graph, instance, 'DBParameterGroupName', wanted)),
  ...ofType(graph, 'AWS::RDS::DBProxy').map((proxy) =>
    seen(graph, proxy, ['RequireTLS'], proxy.properties.RequireTLS, true, isTrue(proxy.properties.RequireTLS)),
  ),
  ...ofType(graph, 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster').flatMap((cache) =>
    cacheEvidence(graph, cache, wanted),
  ),
  ...ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((task) => fileSystemEvidence(graph, task, wanted)),
];

/** A file system that a task mounts goes over plain NFS unless the volume says otherwise; with encryption it is TLS 1.2. */
function fileSystemEvidence(graph: Assembly, task: Resource, wanted: number): readonly Evidence[] {
  return listOf(task.properties.Volumes).flatMap((volume, index) => {
    const configuration = at(volume, 'EFSVolumeConfiguration');
    if (configuration === undefined) return [];
    const setting = textSetting(at(configuration, 'TransitEncryption'));
    const path = ['Volumes', index, 'EFSVolumeConfiguration', 'TransitEncryption'];
    const least = setting === 'ENABLED' ? 1.2 : setting === 'unresolved' ? undefined : 0;
    return [versionEvidence(graph, task, path, setting ?? 'not said: plain', { wanted, least })];
  });
}

/** What makes an engine refuse plain connections, and the parameter that says from which version on; PostgreSQL's own least is 1.2. */
const engines = [
  { engine: /postgres/, force: 'rds.force_ssl', on: ['1', 'true'], version: 'ssl_min_protocol_version' },
  { engine: /mysql|mariadb/, force: 'require_secure_transport', on: ['1', 'ON', 'true'], version: 'tls_version' },
] as const;

function databaseEvidence(graph: Assembly, database: Resource, property: string, wanted: number): readonly Evidence[] {
  const engine = engines.find((known) => known.engine.test(String(literal(database.properties.Engine))));
  const named = database.properties[property];
  const group = targetOf(graph, named);
  if (engine === undefined) {
    return [
      seen(
        graph,
        database,
        ['Engine'],
        database.properties.Engine,
        'an engine that can be made to refuse plain connections',
        undefined,
      ),
    ];
  }
  if (group === undefined) {
    const observed = named === undefined ? 'no parameter group: plain connections are let in' : named;
    return [
      seen(
        graph,
        database,
        [property],
        observed,
        `a parameter group with ${engine.force}`,
        named === undefined ? false : undefined,
      ),
    ];
  }
  const forced = at(group.properties, 'Parameters', engine.force);
  const known = literal(forced);
  const holds =
    forced === undefined ? false : known === undefined ? undefined : engine.on.some((on) => on === String(known));
  const version = textSetting(at(group.properties, 'Parameters', engine.version));
  return [
    seen(graph, group, ['Parameters', engine.force], forced ?? 'not said', engine.on[0], holds),
    ...(version === undefined && wanted <= awsMinimum
      ? []
      : [
          versionEvidence(graph, group, ['Parameters', engine.version], version ?? 'not said', {
            wanted,
            least: leastOf(version),
          }),
        ]),
  ];
}

/** `TLSv1.2`; of MySQL's list `TLSv1.1,TLSv1.2` the least. */
function leastOf(version: string | undefined): number | undefined {
  if (version === undefined) return awsMinimum;
  const found = version.split(',').map((one) => /^TLSv(\d)(?:\.(\d))?$/.exec(one.trim()));
  const numbers = found.map((match) => (match === null ? Number.NaN : Number(match[1]) + Number(match[2] ?? 0) / 10));
  return numbers.some(Number.isNaN) ? undefined : Math.min(...numbers);
}

/** AWS's caches speak TLS 1.2 and newer when they speak TLS; `preferred` lets plain connections in beside it. */
function cacheEvidence(graph: Assembly, cache: Resource, wanted: number): readonly Evidence[] {
  const { TransitEncryptionEnabled: on, TransitEncryptionMode: mode } = cache.properties;
  if (cache.type === 'AWS::ElastiCache::CacheCluster' && cache.properties.ReplicationGroupId !== undefined) return [];
  return [
    seen(
      graph,
      cache,
      ['TransitEncryptionEnabled'],
      on ?? 'not said',
      true,
      on !== undefined && literal(on) === undefined ? undefined : isTrue(on),
    ),
    seen(
      graph,
      cache,
      ['TransitEncryptionMode'],
      mode ?? 'required, since nothing is said',
      'required',
      mode === undefined || literal(mode) === 'required',
    ),
    ...(wanted > awsMinimum
      ? [
          versionEvidence(graph, cache, ['TransitEncryptionEnabled'], `TLS ${awsMinimum}`, {
            wanted,
            least: awsMinimum,
          }),
        ]
      : []),
  ];
}
