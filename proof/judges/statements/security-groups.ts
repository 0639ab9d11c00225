// SG-1…5: each rule of the document stands exactly, and no group has a rule more; a surplus rule spoils the line of its group.
import { at, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { functionsOf } from '../../../assembly/questions/compute.ts';
import {
  type Direction,
  groupNamed,
  homelessRules,
  likeness,
  matches,
  opensByDefault,
  rulesOf,
  textOfRule,
  wantedText,
} from '../../../assembly/questions/security-groups.ts';
import { listOf, ofType, pointsAt } from '../../../assembly/relations.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../../design/schema.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { vpcOf } from './vpc.ts';

const ids: Readonly<Record<string, string>> = { alb: 'SG-1', ecs: 'SG-2', lambda: 'SG-3', rds: 'SG-4', cache: 'SG-5' };
const id = (judgeCase: StatementCase) => ids[wantedGroup(judgeCase)?.key ?? ''] ?? 'SG-1';

const directions = ['ingress', 'egress'] as const;
const groupAspects = ['', '.key', '.name', '.title'] as const;

export const securityGroups: readonly StatementJudge[] = [
  ...groupAspects.map((aspect) => ({ id, path: `securityGroups.*${aspect}`, judge: judgeGroup })),
  ...directions.flatMap((direction) => [
    {
      id,
      path: `securityGroups.*.${direction}`,
      judge: (judgeCase: StatementCase) => judgeDirection(judgeCase, direction),
    },
    {
      id,
      path: `securityGroups.*.${direction}.*`,
      judge: (judgeCase: StatementCase) => judgeRule(judgeCase, direction),
    },
  ]),
];

const wantedGroup = ({ design, indices }: StatementCase): SecurityGroup | undefined =>
  design.securityGroups[indices[0] ?? 0];

function found(judgeCase: StatementCase) {
  const wanted = wantedGroup(judgeCase);
  const group = wanted === undefined ? undefined : groupNamed(judgeCase.graph, wanted.name);
  return wanted === undefined || group === undefined ? undefined : { wanted, group };
}

const noGroup = (judgeCase: StatementCase) => [nothing(`a security group ${wantedGroup(judgeCase)?.name ?? ''}`)];

/** Who wears a group of the document, and in which property. */
const wearers: Readonly<Record<string, readonly [type: string, ...path: string[]]>> = {
  alb: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups'],
  ecs: ['AWS::ECS::Service', 'NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'],
  lambda: ['AWS::Lambda::Function', 'VpcConfig', 'SecurityGroupIds'],
  rds: ['AWS::RDS::DBCluster', 'VpcSecurityGroupIds'],
  cache: ['AWS::ElastiCache::ReplicationGroup', 'SecurityGroupIds'],
};

/** Each wearer has this group and no other; that there is none at all is for the lines of its own stack to say. */
function worn({ graph, design }: StatementCase, key: string, group: Resource): readonly Evidence[] {
  const [type, ...path] = wearers[key] ?? [''];
  const all = key === 'lambda' ? functionsOf(graph, design) : ofType(graph, type);
  return all.flatMap((wearer) => {
    const groups = at(wearer.properties, ...path);
    if (groups === undefined && key === 'lambda') return [];
    const alone = listOf(groups).length === 1 && pointsAt(groups, group);
    return [seen(graph, wearer, path, groups, `${group.path} alone`, alone)];
  });
}

/** The group exists in the VPC, is worn by what it is named for, and holds no rule beyond the document's. */
function judgeGroup(judgeCase: StatementCase): Finding {
  const pair = found(judgeCase);
  if (pair === undefined) return noGroup(judgeCase);
  const { group } = pair;
  const { graph } = judgeCase;
  const vpc = vpcOf(judgeCase);
  const inVpc = vpc !== undefined && pointsAt(group.properties.VpcId, vpc);
  return [
    seen(graph, group, ['VpcId'], group.properties.VpcId, 'in the VPC', inVpc),
    ...worn(judgeCase, pair.wanted.key, group),
    ...directions.flatMap((direction) => surplus(judgeCase, direction)),
    ...homelessRules(graph).map((rule) =>
      seen(graph, rule, ['GroupId'], rule.properties.GroupId, 'a group that the templates name', undefined),
    ),
  ];
}

function surplus(judgeCase: StatementCase, direction: Direction): readonly Evidence[] {
  const pair = found(judgeCase);
  if (pair === undefined) return [];
  const { graph } = judgeCase;
  const { wanted, group } = pair;
  const expected = 'no rule beyond the document';
  const further = rulesOf(graph, group, direction).flatMap((rule) => {
    const held = wanted[direction].map((line) => matches(judgeCase, rule, line));
    if (held.includes(true)) return [];
    return [
      seen(graph, rule.resource, rule.path, textOfRule(rule), expected, held.includes(undefined) ? undefined : false),
    ];
  });
  if (direction === 'ingress' || !opensByDefault(graph, group)) return further;
  const added = "EC2's own rule, all traffic to 0.0.0.0/0";
  return [...further, seen(graph, group, ['SecurityGroupEgress'], added, expected, false)];
}

/** `なし`, or a direction as a whole: every rule stands and there is none more. */
function judgeDirection(judgeCase: StatementCase, direction: Direction): Finding {
  const pair = found(judgeCase);
  if (pair === undefined) return noGroup(judgeCase);
  const { wanted, group } = pair;
  const more = surplus(judgeCase, direction);
  const rules = wanted[direction].flatMap((rule) => ruleEvidence(judgeCase, group, rule, direction));
  if (more.length + rules.length > 0) return [...more, ...rules];
  const property = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return [seen(judgeCase.graph, group, [property], 'no rule', 'no rule', true)];
}

function judgeRule(judgeCase: StatementCase, direction: Direction): Finding {
  const pair = found(judgeCase);
  if (pair === undefined) return noGroup(judgeCase);
  const rule = pair.wanted[direction][judgeCase.indices[1] ?? 0];
  return rule === undefined ? [nothing('a rule of the design')] : ruleEvidence(judgeCase, pair.group, rule, direction);
}

function ruleEvidence(
  judgeCase: StatementCase,
  group: Resource,
  wanted: SecurityGroupRule,
  direction: Direction,
): readonly Evidence[] {
  const { graph, design } = judgeCase;
  const expected = wantedText(design, wanted, direction);
  const rules = rulesOf(graph, group, direction).map((rule) => ({
    rule,
    held: matches(judgeCase, rule, wanted),
  }));
  const best = rules.find(({ held }) => held === true) ?? rules.find(({ held }) => held === undefined);
  if (best !== undefined)
    return [seen(graph, best.rule.resource, best.rule.path, textOfRule(best.rule), expected, best.held)];
  // The nearest rule that is no other line's: most likely the one that was meant.
  const lines = wantedGroup(judgeCase)?.[direction] ?? [];
  const [near] = rules
    .filter(({ rule }) => !lines.some((line) => matches(judgeCase, rule, line) === true))
    .map(({ rule }) => ({ rule, score: likeness(judgeCase, rule, wanted) }))
    .sort((left, right) => right.score - left.score);
  if (near === undefined)
    return [{ ...nothing(expected, group.stack), resource: group.path, logicalId: group.logicalId }];
  return [seen(graph, near.rule.resource, near.rule.path, textOfRule(near.rule), expected, false)];
}

const isHttpsFrom = (rule: Value, groups: readonly Resource[]) =>
  textOf(at(rule, 'FromPort')) === '443' &&
  textOf(at(rule, 'ToPort')) === '443' &&
  groups.some((group) => pointsAt(at(rule, 'SourceSecurityGroupId'), group));

/** Groups that the document does not know; the one of the interface endpoints, when they are switched on, is a listed deviation. */
export function foreignGroups({ graph, design }: StatementCase): readonly Resource[] {
  const known = design.securityGroups.flatMap(({ name }) => groupNamed(graph, name) ?? []);
  const ofEndpoints = ofType(graph, 'AWS::EC2::VPCEndpoint').map(({ properties }) => properties.SecurityGroupIds);
  const { optional } = design.network.interfaceEndpoints;
  const switchedOn = !optional || design.inputs.interfaceEndpoints;
  const excused = (group: Resource) =>
    switchedOn &&
    ofEndpoints.some((value) => pointsAt(value, group)) &&
    rulesOf(graph, group, 'ingress').every(({ rule }) => isHttpsFrom(rule, known));
  return ofType(graph, 'AWS::EC2::SecurityGroup').filter((group) => !known.includes(group) && !excused(group));
}
