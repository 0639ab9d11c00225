// Whether a pass rests on what it shows: the property that a piece of its evidence names is spoilt in the templates, and the criterion is
// judged again. A pass that does not notice is withdrawn.

import { alternativesOf } from '../../assembly/alternatives.ts';
import { buildGraph } from '../../assembly/build-graph.ts';
import { isNode, isNodes, type Node, type StackSource, type TemplateNode } from '../../assembly/scope.ts';
import type { Environment } from '../../design/schema.ts';
import { type CriteriaInput, type CriterionVerdict, judgeCriteria } from './judge-criteria.ts';
import type { Evidence, Verdict } from './verdict.ts';
import { said } from './words/verdicts.ts';

type Sources = readonly StackSource[];
/** Where a property stands, and what was seen there. */
type Shown = Pick<Evidence, 'stack' | 'template' | 'property'> & Partial<Pick<Evidence, 'observed'>>;

/** A pass, by its criterion and environment. */
interface Pass {
  readonly id: string;
  readonly environment: Environment;
}

export interface Challenge {
  /** Properties that passes show and that can be spoilt. */
  readonly properties: number;
  /** Those of them that were: fewer where there are more than are tried. */
  readonly spoilt: number;
  /** Passes that did not notice, with the properties as JSON pointers below the template's name. */
  readonly withdrawn: readonly (Pass & { readonly properties: readonly string[] })[];
  /** Passes that stand untried: they show no property that can be spoilt, or none that they hang on. */
  readonly untried: readonly Pass[];
}

/**
 * Properties that are spoilt in one assembly, divided by the number of ways in which its conditions can come out. Each pass has an equal share of
 * them, and one at least.
 */
const most = 400;

/**
 * Properties that passes show and do not hang on alone, by criterion. One of them that is spoilt unnoticed says nothing against a pass, nor
 * for it.
 */
const restsOnMore: readonly (readonly [id: string, property: RegExp, reason: string])[] = [
  ['AC-OPS-4', /\/\w*Tags$/, 'the tags of the stack say it too'],
  ['AC-SEC-4', /\/SecurityGroup(In|E)gress\/\d+$/, 'a rule that is taken away opens nothing'],
  ['AC-SEC-5', /\/(Statement|Statement\/\d+|Principal)$/, 'a statement that is taken away allows nothing'],
  ['AC-SEC-6', /\/(ContainerDefinitions|Environment)\//, 'what is taken away holds no password'],
  ['AC-REL-6', /\/Target\/Input$/, 'a schedule that sets no number lowers none'],
  ['AC-COST-4', /\/CostFilters$/, 'a budget without a filter counts everything'],
  ['AC-SEC-3', /\/HealthCheckConfig\/Type$/, 'a check that does not ask over HTTP is no hop'],
  ['AC-REL-4', /\/Environment$/, "that nobody is told the reader's address"],
  ['AC-OPS-1', /\/LoggingConfig$/, 'a function without a group of its own logs to the usual one'],
];

/** Whether a criterion may pass with a property of its evidence spoilt. */
export const mayRestOnMore = (criterion: string, property: string): boolean =>
  restsOnMore.some(([id, known]) => id === criterion && known.test(property));

/** Whether the templates are found right, as far as templates go. */
export const isPass = (verdict: Verdict | undefined): boolean => verdict === 'pass' || verdict === 'needs-runtime';

/**
 * Tries every pass. Those that do not notice that a property which they show is spoilt are not judged in the verdicts that are given back.
 * @param sources what the graph of `input` was made from
 */
export async function challengePasses(
  criteria: readonly CriterionVerdict[],
  sources: Sources,
  input: CriteriaInput,
): Promise<{ readonly criteria: readonly CriterionVerdict[]; readonly challenge: Challenge }> {
  const passes = criteria.filter(({ verdict }) => verdict === 'pass');
  const ways = alternativesOf(input.graph).length;
  const share = Math.max(1, Math.floor(most / Math.max(1, ways * passes.length)));
  const tried = new Map<CriterionVerdict, Awaited<ReturnType<typeof challenged>>>();
  for (const pass of passes) tried.set(pass, await challenged(pass, sources, input, share));
  const outcomes = [...tried].map(([{ id, environment }, outcome]) => ({ id, environment, ...outcome }));
  const sum = (count: (one: (typeof outcomes)[number]) => number) => outcomes.reduce((all, one) => all + count(one), 0);
  return {
    criteria: criteria.map((one) => {
      const { unnoticed = [] } = tried.get(one) ?? {};
      return unnoticed.length === 0
        ? one
        : { ...one, verdict: 'not-judged', reason: said.unnoticed({ properties: unnoticed }) };
    }),
    challenge: {
      properties: sum(({ properties }) => properties),
      spoilt: sum(({ spoilt }) => spoilt),
      withdrawn: outcomes
        .filter(({ unnoticed }) => unnoticed.length > 0)
        .map(({ id, environment, unnoticed }) => ({ id, environment, properties: unnoticed })),
      untried: outcomes
        .filter(({ noticed, unnoticed }) => noticed + unnoticed.length === 0)
        .map(({ id, environment }) => ({ id, environment })),
    },
  };
}

async function challenged(pass: CriterionVerdict, sources: Sources, input: CriteriaInput, share: number) {
  const { id, environment, evidence } = pass;
  const shown = [...new Map(evidence.map((one) => [`${one.stack} ${nameOf(one)}`, one])).values()];
  const able = shown.filter((one) => spoiltBy(one, sources).length > 0);
  const chosen = spread(able, share);
  const design = { ...input.design, criteria: input.design.criteria.filter((one) => one.id === id) };
  const isNoticed = async (changed: Sources) => {
    const asked = { ...input, graph: buildGraph(changed), design, environments: [environment] };
    return !(await judgeCriteria(asked)).some(({ verdict }) => isPass(verdict));
  };
  let noticed = 0;
  const unnoticed: string[] = [];
  for (const one of chosen) {
    if (await anyOf(spoiltBy(one, sources), isNoticed)) noticed += 1;
    else if (!mayRestOnMore(id, one.property)) unnoticed.push(nameOf(one));
  }
  return { properties: able.length, spoilt: chosen.length, noticed, unnoticed };
}

const nameOf = ({ template, property }: Shown) => `${template}#${property}`;

/** As many of a list as are wanted, from all over it. */
const spread = <T>(list: readonly T[], wanted: number): readonly T[] =>
  list.length <= wanted ? list : list.filter((_, index) => (index * wanted) % list.length < wanted);

/** Whether it holds of one of them; what comes after that one is not asked. */
export async function anyOf<T>(list: readonly T[], holds: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of list) if (await holds(one)) return true;
  return false;
}

/** The templates with the property of a piece of evidence spoilt, in each way that there is; empty where it names no property of a resource. */
export function spoiltBy({ stack, template: file, property, observed }: Shown, sources: Sources): readonly Sources[] {
  const path = property
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (path.length < 4 || path[0] !== 'Resources') return [];
  // A nested template may be that of several resources of the stack.
  const isMeant = ({ id, nestedIn, templateFile }: StackSource) =>
    (nestedIn?.stack ?? id) === stack && templateFile === file;
  const value = sources.filter(isMeant).map(({ template }) => nodeAt(template, path))[0];
  if (value === undefined) return [];
  return [undefined, ...others(isLiteral(value) ? value : observed)].map((other) =>
    sources.map((one) => {
      const template = isMeant(one) ? replaced(one.template, path, other) : one.template;
      return isNode(template) ? { ...one, template } : one;
    }),
  );
}

const isLiteral = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** What may stand in a literal's place; what is none is only taken away. */
function others(value: unknown): readonly Node[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1_000_003, 0];
  if (typeof value !== 'string') return [];
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true'];
  return Number.isNaN(Number(value)) ? ['spoilt'] : [String(Number(value) + 1_000_003), '0'];
}

function nodeAt(node: Node, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((inner, key) => {
    if (inner === undefined || inner === null || typeof inner !== 'object') return undefined;
    return isNodes(inner) ? inner[Number(key)] : Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, node);
}

/** A copy in which another value, or nothing, stands at a path. */
function replaced(node: Node, [key, ...further]: readonly string[], value: Node | undefined): Node | undefined {
  if (key === undefined) return value;
  if (node === null || typeof node !== 'object') return node;
  if (isNodes(node)) {
    return node.flatMap((item, index) => (String(index) === key ? (replaced(item, further, value) ?? []) : [item]));
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, item]): [string, Node][] => {
      const changed = name === key ? replaced(item, further, value) : item;
      return changed === undefined ? [] : [[name, changed]];
    }),
  ) satisfies TemplateNode;
}
