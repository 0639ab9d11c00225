// The least version of TLS that a named setting of AWS's lets through.

/** The least that AWS's own interfaces (S3, SQS, SNS, Lambda, ElastiCache …) take. https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/ */
export const awsMinimum = 1.2;

/**
 * Of a load balancer's policy: its name has it, `…-TLS13-1-2-2021-06` and `…-FS-1-2-Res-2020-10` being 1.2; the older names without a
 * version, and no name, are 1.0. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function listenerMinimum(policy: string | undefined): number | undefined {
  if (policy === undefined) return 1;
  if (!policy.startsWith('ELBSecurityPolicy-')) return undefined;
  const minor = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-(\d)(?:-|$)/.exec(policy)?.[1];
  return minor === undefined ? 1 : 1 + Number(minor) / 10;
}

/** Of CloudFront's: `TLSv1.2_2021`, `TLSv1_2016`, `SSLv3`. */
export function viewerMinimum(version: string | undefined): number | undefined {
  if (version === undefined) return 1;
  if (version.startsWith('SSL')) return 0;
  const [known, minor] = /^TLSv1(?:\.(\d))?(?:_\d{4})?$/.exec(version) ?? [];
  return known === undefined ? undefined : 1 + Number(minor ?? 0) / 10;
}

/** Of API Gateway's: `TLS_1_2`, `SecurityPolicy_TLS13_1_2_2021_06`, `SecurityPolicy_TLS12_PFS_2025_EDGE`. */
export function gatewayMinimum(policy: string | undefined): number | undefined {
  if (policy === undefined) return 1;
  const [, plain, within, single] = /^TLS_1_(\d)$|TLS13_1_(\d)|_TLS1(\d)_/.exec(policy) ?? [];
  const minor = plain ?? within ?? single;
  return minor === undefined ? undefined : 1 + Number(minor) / 10;
}

/** Of a search domain's: `Policy-Min-TLS-1-2-2019-07`; that of a domain that says nothing is not relied on. https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html */
export function searchMinimum(policy: string | undefined): number | undefined {
  const minor = /^Policy-Min-TLS-1-(\d)-/.exec(policy ?? '')?.[1];
  return minor === undefined ? undefined : 1 + Number(minor) / 10;
}

/** Of a database's parameter: `TLSv1.2`; of MySQL's list `TLSv1.1,TLSv1.2` the least. */
export function databaseMinimum(version: string | undefined): number | undefined {
  if (version === undefined) return awsMinimum;
  const found = version.split(',').map((one) => /^TLSv(\d)(?:\.(\d))?$/.exec(one.trim()));
  const numbers = found.map((match) => (match === null ? Number.NaN : Number(match[1]) + Number(match[2] ?? 0) / 10));
  return numbers.some(Number.isNaN) ? undefined : Math.min(...numbers);
}

/** What makes an engine refuse plain connections, and the parameter that says from which version on; PostgreSQL's own least is 1.2. */
export const tlsEngines = [
  { engine: /postgres/, force: 'rds.force_ssl', on: ['1', 'true'], version: 'ssl_min_protocol_version' },
  { engine: /mysql|mariadb/, force: 'require_secure_transport', on: ['1', 'ON', 'true'], version: 'tls_version' },
] as const;

/**
 * The first version of an engine whose parameter group of RDS's own refuses plain connections: that of RDS for PostgreSQL does from 15 on,
 * Aurora's from 17, and that of RDS for MySQL from 8.4.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export const forcedFrom: Readonly<Record<string, number>> = { postgres: 15, 'aurora-postgresql': 17, mysql: 8.4 };
