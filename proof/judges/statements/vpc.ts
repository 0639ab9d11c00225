// NET-1: one VPC in the document's region, with the document's address range and no further one.
import { isSettled, type Resource } from '../../../assembly/graph.ts';
import { ofType, pointing, refersTo, regionOf } from '../../../assembly/relations.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Observation, StatementCase, StatementJudge } from '../judge.ts';
import { on } from '../on.ts';
import { said } from '../words/network.ts';

export const vpcCidr: StatementJudge = {
  id: 'NET-1',
  path: 'network.cidr',
  judge({ graph, design }) {
    const [vpc, ...others] = ofType(graph, 'AWS::EC2::VPC');
    if (vpc === undefined) return [nothing(`a VPC ${design.network.cidr} in ${design.region}`)];
    return [
      equals(graph, vpc, ['CidrBlock'], design.network.cidr),
      ...others.map((other) => seen(graph, other, [], 'a second VPC', 'one VPC', false)),
      ...pointing(graph, 'AWS::EC2::VPCCidrBlock', 'VpcId', vpc).map((block) =>
        seen(graph, block, [], block.properties, 'no further address range', false),
      ),
    ];
  },
};

export const homeRegion: StatementJudge = {
  id: 'NET-1',
  path: 'region',
  judge({ everywhere, design, environment }) {
    // A standby network in a second region is no fault; that there is none at home would be.
    const vpcs = ofType(everywhere, 'AWS::EC2::VPC').map((vpc) => ({ vpc, region: regionOf(everywhere, vpc) }));
    if (vpcs.length === 0) return [nothing(`a VPC of ${environment} in ${design.region}`)];
    const home = vpcs.filter(({ region }) => known(region, design.region) !== false);
    return (home.length > 0 ? home : vpcs).map(({ vpc, region }) =>
      seen(everywhere, vpc, [], region, design.region, known(region, design.region)),
    );
  },
};

const known = (region: string, expected: string) => (region === 'unknown-region' ? undefined : region === expected);

/** The environment's VPC in the design's region. */
export function vpcOf({ graph }: StatementCase): Resource | undefined {
  return ofType(graph, 'AWS::EC2::VPC')[0];
}

/** Evidence that something stands in the environment's VPC. */
export function inVpc(judgeCase: StatementCase, resource: Resource): Observation {
  const vpc = vpcOf(judgeCase);
  const { VpcId } = resource.properties;
  const holds = vpc !== undefined ? refersTo(VpcId, vpc) : isSettled(VpcId) ? false : undefined;
  return on(resource).property('VpcId').holds(holds, { expected: said.inVpc });
}
