// NET-1: one VPC in the document's region, with the document's address range and no further one.
import { isSettled, type Resource } from '../../../../assembly/graph.ts';
import { isIn, ofType, refersTo, regionOf } from '../../../../assembly/relations.ts';
import { not } from '../../../../assembly/truth.ts';
import type { Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/network.ts';

export const vpcCidr: StatementJudge = {
  id: 'NET-1',
  path: 'network.cidr',
  judge({ graph, design: { network, region } }) {
    const { cidr } = network;
    const [vpc, ...others] = ofType(graph, 'AWS::EC2::VPC');
    if (vpc === undefined) return [missing(said.vpcIn({ cidr, region }))];
    const blocks = ofType(graph, 'AWS::EC2::VPCCidrBlock').map((block) => ({
      block,
      isOwn: refersTo(block.properties.VpcId, vpc),
    }));
    return [
      on(vpc).property('CidrBlock').is(cidr),
      ...others.map((other) => on(other).holds(false, { expected: said.oneVpc, observed: said.secondVpc })),
      ...blocks.flatMap(({ block, isOwn }) =>
        isOwn === false
          ? []
          : [on(block).holds(not(isOwn), { expected: said.noFurtherRange, observed: block.properties })],
      ),
    ];
  },
};

export const homeRegion: StatementJudge = {
  id: 'NET-1',
  path: 'region',
  judge({ everywhere, design: { region }, environment }) {
    // A standby network in a second region is no fault; that there is none at home would be.
    const vpcs = ofType(everywhere, 'AWS::EC2::VPC').map((vpc) => ({ vpc, isHome: isIn(everywhere, vpc, region) }));
    if (vpcs.length === 0) return [missing(said.vpcOfEnvironment({ environment, region }))];
    const home = vpcs.filter(({ isHome }) => isHome !== false);
    return (home.length > 0 ? home : vpcs).map(({ vpc, isHome }) =>
      on(vpc).holds(isHome, { expected: region, observed: regionOf(everywhere, vpc) }),
    );
  },
};

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
