// What the edge and the stacks behind it agree on: where the edge lives, the names that it answers to, the header it is known by, and
// the two paths that are not as others.
import { siteName } from '../../design/environments.ts';
import type { Design, Environment } from '../../design/schema.ts';

/** CloudFront's certificate, its firewall, its metrics and its log deliveries are kept there and nowhere else. */
export const edgeRegion = 'us-east-1';

/** The header that CloudFront adds to all it sends on. The load balancer answers nobody without the right value in it. */
export const originHeaderName = 'x-origin-token';

/** Where files of orders come in: to a function, where there is one, and larger than other bodies. */
export const importPath = '/imports';
/** What Route 53 asks the load balancer for. */
export const readinessPath = '/health/ready';

/** The names of an environment, as people and as CloudFront call it. */
export interface SiteNames {
  /** `example.com` in production, `staging.example.com` in staging. */
  readonly site: string;
  /** The load balancer: `origin.example.com` in production, `origin.staging.example.com` in staging. */
  readonly origin: string;
}

/** None when the document has no domain. */
export function siteNames(
  design: Pick<Design, 'inputs' | 'environments'>,
  environment: Environment,
): SiteNames | undefined {
  if (design.inputs.domain === 'none') return undefined;
  const site = siteName(design, environment);
  return { site, origin: `origin.${site}` };
}
