// NET-2…4: what a subnet is for stands in it, and stands in no subnet that is not for it.
import type { Resource } from '../../../../assembly/graph.ts';
import { functionsOf, possibleFunctionsOf } from '../../../../assembly/questions/compute.ts';
import { type Placement, placedTypes, placementsOf } from '../../../../assembly/questions/placements.ts';
import { subnetAt } from '../../../../assembly/questions/subnets.ts';
import { listOf, refersTo } from '../../../../assembly/relations.ts';
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

export const subnetUseJudges: readonly StatementJudge[] = [
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

/** What a design may be without. */
const optional: Partial<Record<PlacedPart, (design: Design) => boolean>> = {
  function: ({ functions }) => functions.length > 0,
  cache: ({ stacks }) => stacks.some(({ name }) => name === 'CacheStack'),
};

function useEvidence(judgeCase: StatementCase, subnet: Resource, part: PlacedPart): readonly Observation[] {
  const { design, environment } = judgeCase;
  if (optional[part]?.(design) === false) return [];
  const type = placedTypes[part];
  const all = placementsOf(judgeCase.graph, type);
  const placed = all.filter(({ value }) => value !== undefined);
  if (placed.length === 0) return [missing(said.partInSomeSubnet({ type }))];
  const meant = design.network.subnets.flatMap(({ uses: named }, index) =>
    named.some(({ parts }) => parts.includes(part)) ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const strays = [...homeless(judgeCase, type, all), ...placed.flatMap((one) => strayEvidence(one, meant))];
  const evidence = (one: Placement, truth: Truth, expected: Said) =>
    on(one.resource)
      .property(...one.path)
      .holds(truth, { expected, observed: one.value });
  // A NAT gateway stands in one subnet, all else in each of its own.
  if (part !== 'nat-gateway')
    return [...strays, ...placed.map((one) => evidence(one, refersTo(one.value, subnet), said.inThisSubnet))];
  if (perEnvironment(design.sizes, environment).natGateways < meant.length) {
    const isInOne = ({ value }: Placement) => any(meant.map((home) => refersTo(value, home)));
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
function homeless({ graph, design }: StatementCase, type: string, all: readonly Placement[]): readonly Observation[] {
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

const strayEvidence = ({ resource, path, value }: Placement, meant: readonly Resource[]): readonly Observation[] =>
  listOf(value).flatMap((item) => {
    const isMeant = any(meant.map((home) => refersTo(item, home)));
    if (isMeant) return [];
    return [
      on(resource)
        .property(...path)
        .holds(isMeant, { expected: said.subnetForIt, observed: item }),
    ];
  });
