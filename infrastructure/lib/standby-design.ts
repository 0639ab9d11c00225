// The design of the region that stands by (DR-1, DR-7): the document's own, in another place. Whatever is not said here is the same in both
// regions, so that what takes over is what was taken over from.

import { zonesIn } from '../../aws/regions.ts';
import { type Cidr, contains, dotted, readCidr } from '../../design/cidr.ts';
import { perEnvironment, productionOf } from '../../design/environments.ts';
import type { Design, SecurityGroup, SecurityGroupRule, Sizes } from '../../design/schema.ts';

/**
 * The derived design; `undefined` where the document has no region that takes over. Production alone is built from it.
 *
 * - Every address range lies as far into `standby_cidr` as the document's lies into the VPC's: subnets, and those peers of security rules
 *   that are within the VPC.
 * - Zones keep their letters where the other region has them; otherwise they take its first ones, in the same order.
 * - One of each of what the document has twice for the loss of a zone: a node of the cache, a NAT gateway, a database instance. Each
 *   carries production's load; but while this region serves, a lost zone can stop it. Who stays there for longer adds the second ones.
 * - No copies of the copies: weekly snapshots and replicas go from the region that serves to this one, not back.
 * - The load balancer's certificate is one of its own region; a document's own lies in the other.
 *
 * @cost Oregon, while nothing runs: load balancer $16.43, NAT gateway $32.85, three public addresses $10.95, database $87.60 (see
 * `AuroraCluster`) and $10.00 for 100 GB, a node of the cache $150.38, five keys $5.00, four secrets and replicas $1.60, 41 alarms and
 * dashboards $13.10: some $328 a month.
 */
export function standbyDesign(design: Design): Design | undefined {
  const { recovery, ...rest } = design;
  if (recovery === undefined) return undefined;
  const { inputs, network, backup, securityGroups, sizes } = design;
  const moved = mover(network.cidr, inputs.standbyCidr);
  const zones = zoneMap(
    network.subnets.map(({ zone }) => zone),
    recovery.region,
  );
  const { weeklySnapshot: _, ...aurora } = backup.aurora;
  const production = productionOf(design);
  return {
    ...rest,
    region: recovery.region,
    inputs: withoutOriginCertificate(inputs),
    network: {
      ...network,
      cidr: inputs.standbyCidr,
      subnets: network.subnets.map((subnet) => ({
        ...subnet,
        cidr: moved(subnet.cidr),
        zone: zones.get(subnet.zone) ?? subnet.zone,
      })),
    },
    securityGroups: securityGroups.map((group) => withPeers(group, moved)),
    backup: {
      ...backup,
      aurora: { ...aurora, copyTo: { ...aurora.copyTo, [production]: null } },
      s3: { ...backup.s3, replicateTo: { ...backup.s3.replicateTo, [production]: null } },
    },
    sizes: { ...sizes, [production]: oneOfEach(perEnvironment(sizes, production)) },
  };
}

function withoutOriginCertificate(inputs: Design['inputs']): Design['inputs'] {
  if (inputs.certificates?.origin === undefined) return inputs;
  const { origin: _, ...certificates } = inputs.certificates;
  return { ...inputs, certificates };
}

/** Moves ranges within one range to the same place in another; other ranges stay where they are. */
function mover(from: string, to: string): (range: string) => string {
  const [source, target] = [rangeOf(from), rangeOf(to)];
  return (written) => {
    const range = rangeOf(written);
    if (!contains(source, range)) return written;
    return `${dotted(target.first + range.first - source.first)}/${range.prefix}`;
  };
}

function rangeOf(written: string): Cidr {
  const range = readCidr(written);
  if (range === undefined) throw new Error(`${written} is no range of addresses; the reader refuses it`);
  return range;
}

function withPeers(group: SecurityGroup, moved: (range: string) => string): SecurityGroup {
  const move = (rule: SecurityGroupRule): SecurityGroupRule =>
    rule.peer.kind === 'cidr' ? { ...rule, peer: { ...rule.peer, cidr: moved(rule.peer.cidr) } } : rule;
  return { ...group, ingress: group.ingress.map(move), egress: group.egress.map(move) };
}

/** The letters of the document's zones, each with one of the other region. */
function zoneMap(letters: readonly string[], region: string): ReadonlyMap<string, string> {
  const wanted = [...new Set(letters)].sort();
  const there = zonesIn(region);
  if (wanted.every((letter) => there.includes(letter))) return new Map();
  if (wanted.length > there.length) {
    throw new Error(`${region} has ${there.length} zones for the document's ${wanted.length}; the reader refuses that`);
  }
  return new Map(wanted.map((letter, index) => [letter, there[index] ?? letter]));
}

function oneOfEach({ aurora, cache, ...rest }: Sizes): Sizes {
  return {
    ...rest,
    aurora: { ...aurora, instances: 1 },
    ...(cache === undefined ? {} : { cache: { ...cache, nodes: 1 } }),
    natGateways: 1,
  };
}
