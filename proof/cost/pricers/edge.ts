// What stands before the platform: CloudFront, WAF, Route 53. They are sold in no region, so their prices are in us-east-1's table; a
// web ACL of a region has that region's.
import { at, literal, type Resource } from '../../../assembly/graph.ts';
import { listOf } from '../../../assembly/relations.ts';
import { globalRegion } from '../../../aws/prices/price-table.ts';
import { type Charge, type Pricer, type Site, settledNumber, sharedEverywhere } from './site.ts';

/** Viewers are in the country of the home region: prices of a delivery go by where it ends. */
function viewersOf({ home }: Site): string {
  return home.startsWith('us-') ? 'united-states' : home.startsWith('ap-northeast-') ? 'japan' : home;
}

export const distribution: Pricer = {
  type: 'AWS::CloudFront::Distribution',
  price(resource, site) {
    const place = `cloudfront.${viewersOf(site)}`;
    return atEdge([
      { item: `${place}.gb`, quantity: sharedEverywhere(site, resource, 'egressGb') },
      { item: `${place}.https-request`, quantity: sharedEverywhere(site, resource, 'requests') },
    ]);
  },
};

const atEdge = (charges: readonly Charge[]): readonly Charge[] =>
  charges.map((charge) => ({ ...charge, region: globalRegion }));

export const edgeFunction: Pricer = {
  type: 'AWS::CloudFront::Function',
  price: (_, { usage }) => atEdge([{ item: 'cloudfront.function-call', quantity: usage.read('requests') }]),
};

export const webAcl: Pricer = {
  type: 'AWS::WAFv2::WebACL',
  price: (acl, site) => [
    { item: 'waf.web-acl', quantity: 1 },
    { item: 'waf.rule', quantity: listOf(acl.properties.Rules).length },
    { item: 'waf.request', quantity: sharedEverywhere(site, acl, 'requests') },
  ],
};

/** A rule group costs as a rule in the ACL that uses it, and each rule in it once more. */
export const ruleGroup: Pricer = {
  type: 'AWS::WAFv2::RuleGroup',
  price: (group) => [{ item: 'waf.rule', quantity: listOf(group.properties.Rules).length }],
};

export const hostedZone: Pricer = {
  type: 'AWS::Route53::HostedZone',
  price: () => atEdge([{ item: 'route53.zone', quantity: 1 }]),
};

/** Queries for an alias of AWS's own endpoints are free. */
const isAlias = ({ properties }: Resource) => properties.AliasTarget !== undefined;

export const recordSet: Pricer = {
  type: 'AWS::Route53::RecordSet',
  price: (record, site) =>
    isAlias(record) ? [] : atEdge([{ item: 'route53.query', quantity: sharedEverywhere(site, record, 'dnsQueries') }]),
};

/** What a check does beyond asking: TLS, reading the answer, asking every ten seconds, measuring latency. */
export const healthCheck: Pricer = {
  type: 'AWS::Route53::HealthCheck',
  price(check) {
    const config = (name: string) => literal(at(check.properties, 'HealthCheckConfig', name));
    const kind = String(config('Type') ?? '');
    const options = [
      kind.startsWith('HTTPS'),
      kind.endsWith('STR_MATCH'),
      settledNumber(check, ['HealthCheckConfig', 'RequestInterval'], 30) === 10,
      String(config('MeasureLatency') ?? false) === 'true',
    ].filter(Boolean).length;
    return atEdge([
      { item: 'route53.health-check', quantity: 1 },
      ...(options === 0 ? [] : [{ item: 'route53.health-check-option', quantity: options }]),
    ]);
  },
};
