// Secrets that can be replaced while everything runs: which there are, and how each is rotated.
import { at, type Resource, referencesIn } from '../../assembly/graph.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';
import { rotateByFunction } from './rotate-by-function.ts';
import { rotateHeader } from './rotate-header.ts';
import { rotateToken } from './rotate-token.ts';
import type { Rotatable, RotationListener } from './rotation.ts';

/** The secrets of an environment that are rotated in one way or another: `database`, `cache`, `origin`. */
export function rotatable(place: DeployedEnvironment): readonly Rotatable[] {
  const { environmentGraph, all } = place;
  const secretIn = (resource: Resource, ...path: readonly string[]) =>
    referencesIn(at(resource.properties, ...path)).map((reference) => environmentGraph.find(reference));
  const isSecret = (resource: Resource | undefined): resource is Resource =>
    resource?.type === 'AWS::SecretsManager::Secret';

  const byFunction = all('AWS::SecretsManager::RotationSchedule').flatMap((schedule): Rotatable[] => {
    const [found] = secretIn(schedule, 'SecretId');
    // What is rotated is the secret as its target took it: the attachment names the secret itself.
    const [attached] = found?.type === 'AWS::SecretsManager::SecretTargetAttachment' ? secretIn(found, 'SecretId') : [];
    const secret = attached ?? found;
    return isSecret(secret) ? [{ name: 'database', kind: 'by-function', secret }] : [];
  });
  const tokens = all('AWS::ElastiCache::ReplicationGroup').flatMap((cache): Rotatable[] => {
    const [secret] = secretIn(cache, 'AuthToken');
    return isSecret(secret) ? [{ name: 'cache', kind: 'token', secret, cache }] : [];
  });
  const headers = environmentGraph.all('AWS::CloudFront::Distribution').flatMap((distribution): Rotatable[] => {
    const [secret] = secretIn(distribution, 'DistributionConfig', 'Origins').filter(isSecret);
    if (secret === undefined) return [];
    const knowing = environmentGraph.all('AWS::ElasticLoadBalancingV2::ListenerRule').flatMap((rule) => {
      const known = secretIn(rule, 'Conditions').filter(isSecret);
      const next = known.find(({ key }) => key !== secret.key);
      return known.some(({ key }) => key === secret.key) && next !== undefined ? [{ rule, next }] : [];
    });
    const isHere = ({ rule }: (typeof knowing)[number]) => environmentGraph.regionOf(rule) === place.region;
    const [here] = knowing.filter(isHere);
    if (here === undefined) return [];
    const others = knowing.filter((one) => !isHere(one)).map(({ rule }) => rule);
    return [{ name: 'origin', kind: 'header', secret, distribution, others, ...here }];
  });
  return [...byFunction, ...tokens, ...headers];
}

/** Replaces a secret without a moment in which anything is refused. @throws DayTwoProblem */
export async function rotate(place: DeployedEnvironment, asked: string, tell: RotationListener): Promise<void> {
  const secrets = rotatable(place);
  const found = secrets.find(({ name }) => name === asked.toLowerCase());
  if (found === undefined) throw dayTwoProblem('noSuchSecret', { asked, secrets: secrets.map(({ name }) => name) });
  if (found.kind === 'by-function') await rotateByFunction(place, found.secret, tell);
  else if (found.kind === 'token') await rotateToken(place, found.secret, found.cache, tell);
  else await rotateHeader(place, found, tell);
}
