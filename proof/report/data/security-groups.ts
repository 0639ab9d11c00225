// Who may reach whom: the rules of the templates' security groups, both ends of a way brought together.

import { graphsOfEnvironment } from '../../../assembly/environments.ts';
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { type FoundRule, matches, rulesOf } from '../../../assembly/questions/security-groups.ts';
import { ofType, tagOf, targetOf } from '../../../assembly/relations.ts';
import { environmentKeys } from '../../../design/environments.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import type { GroupMatrix, GroupRule } from '../report-data.ts';

/** One matrix for each environment and region that has groups, the design's own region first. */
export function groupMatrices(
  graph: Assembly,
  design: Design,
  environments: readonly Environment[],
): readonly GroupMatrix[] {
  return environments.flatMap((environment) => {
    const { everywhere } = graphsOfEnvironment(graph, environment, design.region, environmentKeys(design));
    const regions = [...new Set([design.region, ...everywhere.stacks.map(({ region }) => region)])];
    return regions.flatMap((region): GroupMatrix[] => {
      const here = graphsOfEnvironment(graph, environment, region, environmentKeys(design)).graph;
      const groups = ofType(here, 'AWS::EC2::SecurityGroup');
      if (groups.length === 0) return [];
      return [{ environment, region, groups: groups.map(nameOf), rules: rulesAmong(here, design, groups) }];
    });
  });
}

/** The name a person knows a group by. */
const nameOf = (group: Resource): string =>
  String(literal(tagOf(group, 'Name')) ?? literal(group.properties.GroupName) ?? group.path);

function rulesAmong(graph: Assembly, design: Design, groups: readonly Resource[]): readonly GroupRule[] {
  const ways = new Map<string, GroupRule>();
  for (const group of groups) {
    for (const direction of ['egress', 'ingress'] as const) {
      for (const found of rulesOf(graph, group, direction)) {
        for (const peer of found.peers.map(({ value }) => peerName(graph, value))) {
          const [from, to] = direction === 'egress' ? [nameOf(group), peer] : [peer, nameOf(group)];
          const ports = portsOf(found);
          const key = [from, to, ports].join(' ');
          const known = ways.get(key) ?? { from, to, ports, stated: true };
          const words = textOf(at(found.rule, 'Description'));
          const stated = known.stated && isStated(graph, design, group, found);
          ways.set(key, { ...known, [direction]: words, stated });
        }
      }
    }
  }
  return [...ways.values()];
}

function peerName(graph: Assembly, value: Value): string {
  const target = targetOf(graph, value);
  return target?.type === 'AWS::EC2::SecurityGroup' ? nameOf(target) : textOf(value);
}

function portsOf({ rule, protocol = 'all' }: FoundRule): string {
  const [from, to] = [textOf(at(rule, 'FromPort')), textOf(at(rule, 'ToPort'))];
  if (protocol === 'all') return 'all';
  return from === to ? `${protocol} ${from}` : `${protocol} ${from}–${to}`;
}

function isStated(graph: Assembly, design: Design, group: Resource, found: FoundRule): boolean {
  const own = design.securityGroups.find(({ name }) => name === nameOf(group));
  return own?.[found.direction].some((wanted) => matches({ graph, design }, found, wanted) === true) ?? false;
}
