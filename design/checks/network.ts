// What a network engineer would ask of a design: address ranges that AWS takes and that lie apart, zones enough, tiers that keep
// their word about the internet, security rules that meet, and every figure of the network the same wherever it stands.
import { zonesIn } from '../../aws/regions.ts';
import { type Cidr, contains, overlaps, readCidr } from '../cidr.ts';
import type { LineLedger } from '../lines.ts';
import { type Design, type Subnet, type Tier, tiers } from '../schema.ts';
import { checkNetworkFigures } from './network-figures.ts';
import { checkSecurityGroups } from './security-groups.ts';

/** Refuses, at their lines, what cannot work in the design's network and what its parts say differently. */
export function checkNetwork(design: Design, ledger: LineLedger): void {
  const vpc = checkAddresses(design, ledger);
  if (vpc !== undefined && design.recovery !== undefined) checkStandby(vpc, design, ledger);
  checkZones(design.network.subnets, ledger);
  checkStandbyZones(design, ledger);
  checkRoutes(design.network.subnets, ledger);
  checkSecurityGroups(design, vpc, ledger);
  checkNetworkFigures(design, ledger);
}

const lineOfVpc = (ledger: LineLedger): number => ledger.lineOf('network.cidr');
const lineOfSubnet = (index: number, ledger: LineLedger): number => ledger.lineOf(`network.subnets.${index}.cidr`);

/** AWS's limits for VPCs and subnets; a load balancer needs a subnet of /27 at least. */
const largest = 16;
const smallest = 28;
const smallestPublic = 27;

/** The VPC's range, when it is one. */
function checkAddresses({ network }: Design, ledger: LineLedger): Cidr | undefined {
  const vpc = checkCidr(network.cidr, 'VPC', smallest, lineOfVpc(ledger), ledger);
  const known: { cidr: Cidr; line: number }[] = [];
  for (const [index, subnet] of network.subnets.entries()) {
    const line = lineOfSubnet(index, ledger);
    const cidr = checkCidr(
      subnet.cidr,
      titleOf(subnet),
      subnet.tier === 'public' ? smallestPublic : smallest,
      line,
      ledger,
    );
    if (cidr === undefined) continue;
    if (vpc !== undefined && !contains(vpc, cidr)) {
      ledger.refuse(line, 'subnet-outside', { subnet: subnet.cidr, vpc: network.cidr, line: lineOfVpc(ledger) });
    }
    const other = known.find((earlier) => overlaps(earlier.cidr, cidr));
    if (other !== undefined) {
      ledger.refuse(line, 'subnets-overlap', { here: subnet.cidr, there: other.cidr.canonical, line: other.line });
    }
    known.push({ cidr, line });
  }
  return vpc;
}

const titleOf = ({ tier, zone }: Subnet): string =>
  `${tier.charAt(0).toUpperCase()}${tier.slice(1)} Subnet (AZ-${zone})`;

/** The range, unless it was refused. */
function checkCidr(found: string, what: string, least: number, line: number, ledger: LineLedger): Cidr | undefined {
  const cidr = readCidr(found);
  if (cidr === undefined) ledger.refuse(line, 'cidr-malformed', { found });
  else if (cidr.canonical !== found) ledger.refuse(line, 'cidr-host-bits', { found, canonical: cidr.canonical });
  else if (cidr.prefix < largest || cidr.prefix > least) {
    ledger.refuse(line, 'cidr-size', { what, found, largest, smallest: least });
  } else return cidr;
  return undefined;
}

/** The standby region holds the same subnets, and may one day be connected to this one. */
function checkStandby(vpc: Cidr, { inputs, network }: Design, ledger: LineLedger): void {
  const line = ledger.lineOf('inputs.standbyCidr');
  const standby = checkCidr(inputs.standbyCidr, 'standby_cidr', smallest, line, ledger);
  if (standby === undefined) return;
  const place = { standby: inputs.standbyCidr, vpc: network.cidr, line: lineOfVpc(ledger) };
  if (overlaps(standby, vpc)) ledger.refuse(line, 'standby-overlap', place);
  else if (standby.prefix !== vpc.prefix) ledger.refuse(line, 'standby-size', place);
}

/** As many zones as the document's subnets lie in are to be had in the region that takes over. */
function checkStandbyZones({ recovery, network }: Design, ledger: LineLedger): void {
  if (recovery === undefined) return;
  const wanted = [...new Set(network.subnets.map(({ zone }) => zone))].sort();
  const there = zonesIn(recovery.region);
  if (wanted.length <= there.length) return;
  ledger.refuse(ledger.lineOf('recovery.region'), 'standby-zones', {
    region: recovery.region,
    there,
    wanted,
    line: lineOfSubnet(0, ledger),
  });
}

function checkZones(subnets: readonly Subnet[], ledger: LineLedger): void {
  const zonesOf = (tier: Tier) =>
    [...new Set(subnets.filter((subnet) => subnet.tier === tier).map(({ zone }) => zone))].sort();
  const lineOf = (tier: Tier, isMeant = (_: string) => true) => {
    const index = subnets.findIndex((subnet) => subnet.tier === tier && isMeant(subnet.zone));
    return index < 0 ? lineOfVpc(ledger) : lineOfSubnet(index, ledger);
  };
  for (const tier of tiers) {
    const zones = zonesOf(tier);
    if (zones.length < 2) ledger.refuse(lineOf(tier), 'zones-few', { tier, zones });
  }
  const [other, ...others] = tiers.filter((tier) => zonesOf(tier).length > 1);
  if (other === undefined) return;
  const otherZones = zonesOf(other);
  for (const tier of others) {
    const zones = zonesOf(tier);
    if (zones.join() === otherZones.join()) continue;
    const surplus = zones.find((zone) => !otherZones.includes(zone));
    const line = lineOf(tier, (zone) => surplus === undefined || zone === surplus);
    ledger.refuse(line, 'zones-differ', { tier, zones, other, otherZones, line: lineOf(other) });
  }
}

/** Where a subnet's traffic to the internet may go is what makes its tier. */
const allowedRoutes: Readonly<Record<Tier, readonly Subnet['defaultRoute'][]>> = {
  public: ['internet-gateway'],
  private: ['nat-gateway', 'none'],
  data: ['none'],
};

function checkRoutes(subnets: readonly Subnet[], ledger: LineLedger): void {
  for (const [index, { tier, defaultRoute: found }] of subnets.entries()) {
    const expected = allowedRoutes[tier];
    const line = ledger.lineOf(`network.subnets.${index}.defaultRoute`);
    if (!expected.includes(found)) ledger.refuse(line, 'subnet-route', { tier, found, expected });
  }
}
