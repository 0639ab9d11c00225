// NET-2…4: what a subnet is for stands in it, and stands in no subnet that is not for it.
import { at, type Resource, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { functionsOf, possibleFunctionsOf } from '../../../../assembly/questions/compute.ts';
import { subnetAt } from '../../../../assembly/questions/subnets.ts';
import { listOf, ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { any, type Truth } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Design } from '../../../../design/schema.ts';
import type { PlacedPart, SubnetUse } from '../../../../design/words/subnet-use.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, unsure } from '../../on.ts';
import { said } from '../../words/network.ts';
import { parts as words } from '../../words/parts.ts';
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
  const texts = (some: readonly SubnetUse[]) => some.map(({ text }) => text).join(', ');
  const strange = wanted.filter(({ parts }) => parts.length === 0);
  const evidence = wanted.flatMap(({ parts: [part] }) =>
    part === undefined ? [] : useEvidence(judgeCase, subnet, part),
  );
  if (strange.length > 0) return { notJudged: words.unknownWords({ text: texts(strange) }), evidence };
  return evidence.length > 0 ? evidence : { notApplicable: words.noneOfDesign({ what: texts(wanted) }) };
}

/** Where something, or its subnet group, names its subnets. */
interface Placed {
  readonly user: Resource;
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly value: Value | undefined;
}

function placesOf({ graph }: StatementCase, { type, group, path }: Use): readonly Placed[] {
  return ofType(graph, type).map((user) => {
    if (group === undefined) return { user, resource: user, path, value: at(user.properties, ...path) };
    const named = user.properties[group];
    const resource = targetOf(graph, named);
    // A group that is none of the templates' may have any subnets.
    return resource === undefined
      ? { user, resource: user, path: [group], value: at(named, ...path) }
      : { user, resource, path, value: at(resource.properties, ...path) };
  });
}

function useEvidence(judgeCase: StatementCase, subnet: Resource, part: PlacedPart): readonly Observation[] {
  const { design, environment } = judgeCase;
  const use = uses[part];
  const { type } = use;
  if (use.has?.(design) === false) return [];
  const all = placesOf(judgeCase, use);
  const placed = all.filter(({ value }) => value !== undefined);
  if (placed.length === 0) return [missing(said.partInSomeSubnet({ type }))];
  const meant = design.network.subnets.flatMap(({ uses: named }, index) =>
    named.some(({ parts }) => parts.includes(part)) ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const strays = [...homeless(judgeCase, type, all), ...placed.flatMap((one) => strayEvidence(one, meant))];
  const evidence = (one: Placed, truth: Truth, expected: Said) =>
    on(one.resource)
      .property(...one.path)
      .holds(truth, { expected, observed: one.value });
  if (use.single !== true)
    return [...strays, ...placed.map((one) => evidence(one, refersTo(one.value, subnet), said.inThisSubnet))];
  if (perEnvironment(design.sizes, environment).natGateways < meant.length) {
    const isInOne = ({ value }: Placed) => any(meant.map((home) => refersTo(value, home)));
    return [...strays, ...placed.map((one) => evidence(one, isInOne(one), said.oneSubnetForIt))];
  }
  const own = placed.find(({ value }) => refersTo(value, subnet));
  if (own !== undefined) return [...strays, evidence(own, true, said.inThisSubnet)];
  const possible = placed.filter(({ value }) => refersTo(value, subnet) === undefined);
  return [
    ...strays,
    ...missingUnless(
      possible.map(({ user }) => user),
      said.partInSubnet({ type, subnet: subnet.path }),
    ),
  ];
}

/** Of functions only the workload's must stand somewhere; CDK's own need no VPC. */
function homeless({ graph, design }: StatementCase, type: string, all: readonly Placed[]): readonly Observation[] {
  const isFunction = type === 'AWS::Lambda::Function';
  const [bound, possible] = isFunction ? [functionsOf(graph, design), possibleFunctionsOf(graph, design)] : [];
  return all.flatMap(({ user, resource, path, value }) => {
    const isPossible = possible?.includes(user) === true;
    if (value !== undefined || !(isPossible || (bound?.includes(user) ?? true))) return [];
    const evidence = on(resource)
      .property(...path)
      .holds(false, { expected: said.subnetForIt, observed: said.noSubnet });
    return [isPossible ? unsure(evidence) : evidence];
  });
}

const strayEvidence = ({ resource, path, value }: Placed, meant: readonly Resource[]): readonly Observation[] =>
  listOf(value).flatMap((item) => {
    const isMeant = any(meant.map((home) => refersTo(item, home)));
    if (isMeant) return [];
    return [
      on(resource)
        .property(...path)
        .holds(isMeant, { expected: said.subnetForIt, observed: item }),
    ];
  });
