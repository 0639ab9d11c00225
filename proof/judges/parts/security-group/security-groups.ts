// SG-1…5: each rule of the document stands exactly, and no group has a rule more; a surplus rule spoils the line of its group.
import { at, isUnresolved, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import { functionsOf } from '../../../../assembly/questions/compute.ts';
import {
  type Direction,
  type FoundRule,
  groupNamed,
  homelessRules,
  likeness,
  matches,
  namelessGroups,
  opensByDefault,
  rulesOf,
  textOfRule,
  wantedText,
  wornBy,
} from '../../../../assembly/questions/security-groups.ts';
import { listOf, ofType, pointsAt, refersTo } from '../../../../assembly/relations.ts';
import { any, type Truth } from '../../../../assembly/truth.ts';
import { hasInterfaceEndpoints } from '../../../../design/parts.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../../../design/schema.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { said as evidenceWords } from '../../words/evidence.ts';
import { said } from '../../words/network.ts';
import { parts } from '../../words/parts.ts';
import { inVpc } from '../network/vpc.ts';

const ids: Readonly<Record<string, string>> = { alb: 'SG-1', ecs: 'SG-2', lambda: 'SG-3', rds: 'SG-4', cache: 'SG-5' };
const id = (judgeCase: StatementCase) => ids[wantedGroup(judgeCase)?.key ?? ''] ?? 'SG-1';

const directions = ['ingress', 'egress'] as const;
const groupAspects = ['', '.key', '.name', '.title'] as const;

export const securityGroups: readonly StatementJudge[] = [
  ...groupAspects.map((aspect) => ({ id, path: `securityGroups.*${aspect}`, judge: onGroup(judgeGroup) })),
  ...directions.flatMap((direction) => [
    { id, path: `securityGroups.*.${direction}`, judge: onGroup(judgeDirection(direction)) },
    { id, path: `securityGroups.*.${direction}.*`, judge: onGroup(judgeRule(direction)) },
  ]),
];

const wantedGroup = ({ design, indices }: StatementCase): SecurityGroup | undefined =>
  design.securityGroups[indices[0] ?? 0];

/** Judges the group of the document by what was found of it, or says that there is none. */
function onGroup(judge: GroupJudge) {
  return (judgeCase: StatementCase): Finding => {
    const wanted = wantedGroup(judgeCase);
    const { graph } = judgeCase;
    if (wanted === undefined) return [missing(parts.inTheDesign)];
    const group = groupNamed(graph, wanted.name);
    return group === undefined
      ? missingUnless(namelessGroups(graph), said.securityGroup(wanted))
      : judge(judgeCase, wanted, group);
  };
}

type GroupJudge = (judgeCase: StatementCase, wanted: SecurityGroup, group: Resource) => Finding;

/** Who wears a group of the document. */
const wearers: Readonly<Record<string, string>> = {
  alb: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ecs: 'AWS::ECS::Service',
  lambda: 'AWS::Lambda::Function',
  rds: 'AWS::RDS::DBCluster',
  cache: 'AWS::ElastiCache::ReplicationGroup',
};

/** Each wearer has this group and no other; that there is none at all is for the lines of its own stack to say. */
function worn({ graph, design }: StatementCase, key: string, group: Resource): readonly Observation[] {
  const every = key === 'lambda' ? functionsOf(graph, design) : ofType(graph, wearers[key] ?? '');
  return every.flatMap((wearer) => {
    const { path, value } = wornBy(graph, wearer);
    if (value === undefined && key === 'lambda') return [];
    return [
      on(wearer)
        .property(...path)
        .holds(isAlone(listOf(value), group), { expected: said.groupAlone({ group: group.path }) }),
    ];
  });
}

function isAlone(groups: readonly Value[], group: Resource): Truth {
  if (groups.length === 1) return refersTo(groups[0], group);
  return groups.some(isUnresolved) ? undefined : false;
}

/** The group exists in the VPC, is worn by what it is named for, and holds no rule beyond the document's. */
function judgeGroup(judgeCase: StatementCase, wanted: SecurityGroup, group: Resource): Finding {
  return [
    inVpc(judgeCase, group),
    ...worn(judgeCase, wanted.key, group),
    ...directions.flatMap((direction) => surplus(judgeCase, wanted, group, direction)),
    ...homeless(judgeCase),
  ];
}

/** Rules that may be of any group. */
const homeless = ({ graph }: StatementCase, ...wanted: readonly Direction[]): readonly Observation[] =>
  homelessRules(graph, ...wanted).map((rule) =>
    on(rule).property('GroupId').holds(undefined, { expected: said.groupThatTemplatesName }),
  );

const onRule = ({ resource, path }: FoundRule) => on(resource).property(...path);

function surplus(
  judgeCase: StatementCase,
  wanted: SecurityGroup,
  group: Resource,
  direction: Direction,
): readonly Observation[] {
  const { graph } = judgeCase;
  const expected = said.noFurtherRule;
  const further = rulesOf(graph, group, direction).flatMap((rule) => {
    const isWanted = any(wanted[direction].map((line) => matches(judgeCase, rule, line)));
    return isWanted ? [] : [onRule(rule).holds(isWanted, { expected, observed: textOfRule(rule) })];
  });
  if (direction === 'ingress' || !opensByDefault(graph, group)) return further;
  const isOpen = homelessRules(graph, 'egress').length > 0 ? undefined : false;
  return [...further, on(group).property('SecurityGroupEgress').holds(isOpen, { expected, observed: said.rulesOfEc2 })];
}

/** `なし`, or a direction as a whole: every rule stands and there is none more. */
function judgeDirection(direction: Direction): GroupJudge {
  return (judgeCase, wanted, group) => {
    const more = surplus(judgeCase, wanted, group, direction);
    const rules = wanted[direction].flatMap((rule) => ruleEvidence(judgeCase, wanted, group, rule, direction));
    const evidence = [...more, ...rules, ...homeless(judgeCase, direction)];
    if (evidence.length > 0) return evidence;
    const property = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
    return [on(group).property(property).holds(true, { expected: said.noRule, observed: said.noRule })];
  };
}

function judgeRule(direction: Direction): GroupJudge {
  return (judgeCase, wanted, group) => {
    const rule = wanted[direction][judgeCase.indices[1] ?? 0];
    return rule === undefined ? [missing(parts.inTheDesign)] : ruleEvidence(judgeCase, wanted, group, rule, direction);
  };
}

function ruleEvidence(
  judgeCase: StatementCase,
  wantedGroup: SecurityGroup,
  group: Resource,
  wanted: SecurityGroupRule,
  direction: Direction,
): readonly Observation[] {
  const { graph, design } = judgeCase;
  const expected = wantedText(design, wanted, direction);
  const rules = rulesOf(graph, group, direction).map((rule) => ({ rule, held: matches(judgeCase, rule, wanted) }));
  const best = rules.find(({ held }) => held) ?? rules.find(({ held }) => held === undefined);
  if (best !== undefined) return [onRule(best.rule).holds(best.held, { expected, observed: textOfRule(best.rule) })];
  const possible = homelessRules(graph, direction);
  if (possible.length > 0) return missingUnless(possible, expected);
  // The nearest rule that is no other line's: most likely the one that was meant.
  const [near] = rules
    .filter(({ rule }) => !wantedGroup[direction].some((line) => matches(judgeCase, rule, line)))
    .map(({ rule }) => ({ rule, score: likeness(judgeCase, rule, wanted) }))
    .sort((left, right) => right.score - left.score);
  return [
    near === undefined
      ? on(group).holds(false, { expected, observed: evidenceWords.nothingFound })
      : onRule(near.rule).holds(false, { expected, observed: textOfRule(near.rule) }),
  ];
}

const isHttpsFrom = (rule: Value, groups: readonly Resource[]) =>
  textOf(at(rule, 'FromPort')) === '443' &&
  textOf(at(rule, 'ToPort')) === '443' &&
  groups.some((group) => pointsAt(at(rule, 'SourceSecurityGroupId'), group));

/** Groups that the document does not know; the one of the interface endpoints, when they are switched on, is a listed deviation. */
export function foreignGroups({ graph, design }: StatementCase): readonly Resource[] {
  const known = design.securityGroups.flatMap(({ name }) => groupNamed(graph, name) ?? []);
  const ofEndpoints = ofType(graph, 'AWS::EC2::VPCEndpoint').map((endpoint) => wornBy(graph, endpoint).value);
  const excused = (group: Resource) =>
    hasInterfaceEndpoints(design) &&
    ofEndpoints.some((value) => pointsAt(value, group)) &&
    rulesOf(graph, group, 'ingress').every(({ rule }) => isHttpsFrom(rule, known));
  return ofType(graph, 'AWS::EC2::SecurityGroup').filter((group) => !known.includes(group) && !excused(group));
}
