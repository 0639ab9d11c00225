// NET-2…4: what a subnet is for stands in it, and stands in no subnet that is not for it.
import { at, isSettled, type Resource, type Value } from '../../../assembly/graph.ts';
import { functionsOf } from '../../../assembly/questions/compute.ts';
import { subnetAt } from '../../../assembly/questions/subnets.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import type { Design } from '../../../design/schema.ts';
import type { PlacedPart, SubnetUse } from '../../../design/words/subnet-use.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { noSubnet, subnetCase, tierId } from './subnets.ts';

interface Use {
  readonly type: string;
  /** Where the resource, or its subnet group, names its subnets. */
  readonly path: readonly string[];
  /** The property that names a subnet group. */
  readonly group?: string;
  /** Whether the design has any; absent: always. */
  readonly has?: (design: Design) => boolean;
  /** One resource for each subnet, instead of one resource in all of them. */
  readonly single?: boolean;
}

const hasCache = ({ stacks }: Design) => stacks.some(({ name }) => name === 'CacheStack');
const uses: Readonly<Record<PlacedPart, Use>> = {
  'nat-gateway': { type: 'AWS::EC2::NatGateway', path: ['SubnetId'], single: true },
  'load-balancer': { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', path: ['Subnets'] },
  service: {
    type: 'AWS::ECS::Service',
    path: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'],
  },
  function: {
    type: 'AWS::Lambda::Function',
    path: ['VpcConfig', 'SubnetIds'],
    has: ({ functions }) => functions.length > 0,
  },
  cache: {
    type: 'AWS::ElastiCache::ReplicationGroup',
    group: 'CacheSubnetGroupName',
    path: ['SubnetIds'],
    has: hasCache,
  },
  aurora: { type: 'AWS::RDS::DBCluster', group: 'DBSubnetGroupName', path: ['SubnetIds'] },
};

export const subnetUses: readonly StatementJudge[] = [
  {
    id: tierId,
    path: 'network.subnets.*.uses',
    judge: (judgeCase) => judgeUses(judgeCase, subnetCase(judgeCase)?.wanted.uses ?? []),
  },
  {
    id: tierId,
    path: 'network.subnets.*.uses.*',
    judge: (judgeCase) => {
      const [, use = 0] = judgeCase.indices;
      return judgeUses(judgeCase, subnetCase(judgeCase)?.wanted.uses.slice(use, use + 1) ?? []);
    },
  },
];

function judgeUses(judgeCase: StatementCase, wanted: readonly SubnetUse[]): Finding {
  const { subnet } = subnetCase(judgeCase) ?? {};
  if (subnet === undefined) return noSubnet(judgeCase);
  const words = (some: readonly SubnetUse[]) => some.map(({ text }) => text).join(', ');
  const strange = wanted.filter(({ parts }) => parts.length === 0);
  const evidence = wanted.flatMap(({ parts: [part] }) =>
    part === undefined ? [] : useEvidence(judgeCase, subnet, part),
  );
  if (strange.length > 0) return { notJudged: `no judge knows what ${words(strange)} is`, evidence };
  return evidence.length > 0 ? evidence : { notApplicable: `the design has no ${words(wanted)}` };
}

function useEvidence(judgeCase: StatementCase, subnet: Resource, part: PlacedPart): readonly Evidence[] {
  const { graph, design, environment } = judgeCase;
  const use = uses[part];
  if (use.has?.(design) === false) return [];
  const all = ofType(graph, use.type).map((user) => {
    const resource = (use.group === undefined ? undefined : targetOf(graph, user.properties[use.group])) ?? user;
    return { resource, value: at(resource.properties, ...use.path) };
  });
  const placed = all.flatMap(({ resource, value }) => (value === undefined ? [] : [{ resource, value }]));
  if (placed.length === 0) return [nothing(`${use.type} in the subnet`)];
  // Of functions only the workload's must stand somewhere; CDK's own need no VPC.
  const bound = use.type === 'AWS::Lambda::Function' ? functionsOf(graph, design) : undefined;
  const homeless = all.filter(
    ({ resource, value }) => value === undefined && (bound === undefined || bound.includes(resource)),
  );
  const meant = design.network.subnets.flatMap(({ uses: named }, index) =>
    named.some(({ parts }) => parts.includes(part)) ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const strays = [
    ...homeless.map(({ resource }) => seen(graph, resource, use.path, 'no subnet', 'a subnet that is for it', false)),
    ...placed.flatMap(({ resource, value }) =>
      listOf(value)
        .filter((item) => !meant.some((home) => pointsAt(item, home)))
        .map((item) =>
          seen(graph, resource, use.path, item, 'a subnet that is for it', isSettled(item) ? false : undefined),
        ),
    ),
  ];
  if (use.single === true && design.sizes[environment].natGateways < meant.length) {
    const expected = 'in a subnet that is for it (this environment has fewer than subnets)';
    return [
      ...strays,
      ...placed.map(({ resource, value }) => seen(graph, resource, use.path, value, expected, inOne(value, meant))),
    ];
  }
  const here = placed.filter(({ value }) => pointsAt(value, subnet));
  const expected = 'in this subnet';
  if (use.single === true) {
    const [own] = here;
    if (own === undefined) return [...strays, nothing(`${use.type} in subnet ${subnet.path}`)];
    return [...strays, seen(graph, own.resource, use.path, own.value, expected, true)];
  }
  return [
    ...strays,
    ...placed.map(({ resource, value }) => seen(graph, resource, use.path, value, expected, pointsAt(value, subnet))),
  ];
}

const inOne = (value: Value, subnets: readonly Resource[]) => subnets.some((subnet) => pointsAt(value, subnet));
