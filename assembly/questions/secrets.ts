// Which secrets hold the credentials of stores.
import { type Assembly, at, type Resource } from '../graph.ts';
import { ofType, pointsAt } from '../relations.ts';

/** Secrets that the cluster takes its password from, and their attachments to it. */
export function databaseSecrets(graph: Assembly): readonly Resource[] {
  const attachments = ofType(graph, 'AWS::SecretsManager::SecretTargetAttachment');
  const attached = ofType(graph, 'AWS::SecretsManager::Secret').filter(
    (secret) =>
      attachments.some(({ properties }) => pointsAt(properties.SecretId, secret)) ||
      ofType(graph, 'AWS::RDS::DBCluster').some(({ properties }) => pointsAt(properties.MasterUserPassword, secret)),
  );
  return [...attached, ...attachments];
}

/** Secrets that the cache takes its token from. */
export function cacheSecrets(graph: Assembly): readonly Resource[] {
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::User');
  return ofType(graph, 'AWS::SecretsManager::Secret').filter((secret) =>
    groups.some(({ properties }) =>
      [properties.AuthToken, properties.Passwords, at(properties, 'AuthenticationMode', 'Passwords')].some((value) =>
        pointsAt(value, secret),
      ),
    ),
  );
}
