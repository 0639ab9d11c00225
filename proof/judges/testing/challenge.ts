// Passes on trial: the property that a piece of evidence names is spoilt in the templates, and the judge is asked again. A pass that does not
// notice has not rested on what it shows.

import { buildGraph } from '../../../assembly/build-graph.ts';
import { isNode, isNodes, type Node, type StackSource, type TemplateNode } from '../../../assembly/scope.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import { judgeStatements } from '../judge-statements.ts';
import type { Evidence, Verdict } from '../verdict.ts';
import { verdictOf } from './every-judge.ts';
import { formLines } from './form-lines.ts';
import { criterionSources } from './sample-criterion-templates.ts';
import { designWithCriteria as design } from './sentences.ts';

/** A property that a passing verdict shows, and the templates with it spoilt in each way that there is. */
export interface Trial {
  /** Path of the line, or id of the criterion. */
  readonly name: string;
  readonly property: string;
  readonly spoilt: readonly (readonly StackSource[])[];
}

/** Judges with properties that their passes show and do not hang on, each with the reason. Mutants by hand are on them. */
const restsOnMore: readonly (readonly [RegExp, reason: string])[] = [
  [/^(inputs\.(project|owner)|AC-OPS-4) .*\/\w*Tags$/, 'the tags of the stack say it too'],
  [/^AC-SEC-4 .*\/SecurityGroup(In|E)gress\/\d+$/, 'a rule that is taken away opens nothing'],
  [/^AC-SEC-5 .*\/(Statement|Statement\/\d+|Principal)$/, 'a statement that is taken away allows nothing'],
  [/^securityGroups\.2\.ingress /, 'that there is no rule'],
  [/^securityGroups\.2\.name .*\/VpcConfig\//, 'another function wears the group too'],
  [/^logs\.production\.cloudTrailForever /, 'that no rule ends the life of what is logged'],
  [/^AC-SEC-3 .*\/HealthCheckConfig\/Type$/, 'a check that does not ask over HTTP is no hop'],
  [/^AC-REL-4 .*\/Environment$/, "that nobody is told the reader's address"],
  [/^AC-OPS-1 .*\/LoggingConfig$/, 'a function without a group of its own logs to the usual one'],
];

const isPass = (verdict: Verdict | undefined) => verdict === 'pass' || verdict === 'needs-runtime';

/** Every property that the verdicts on the sample templates show and hang on. */
export async function trials(): Promise<readonly Trial[]> {
  const sources = criterionSources(design, 'production');
  const input = { graph: buildGraph(sources), design, lines: formLines(design), environments: ['production'] as const };
  const verdicts = [
    ...judgeStatements(input).map(({ path, ...judged }) => ({ ...judged, name: path })),
    ...(await judgeCriteria(input)).map(({ id, ...judged }) => ({ ...judged, name: id })),
  ];
  return verdicts
    .filter(({ verdict }) => isPass(verdict))
    .flatMap(({ name, evidence }) => evidence.map((one) => ({ name, ...one })))
    .filter(({ name, property }) => !restsOnMore.some(([known]) => known.test(`${name} ${property}`)))
    .map(({ name, stack, property }) => ({ name, property, spoilt: spoiltBy({ stack, property }, sources) }))
    .filter(({ spoilt }) => spoilt.length > 0);
}

/** Whether the judge notices one of the ways in which the property is spoilt. */
export async function isNoticed({ name, spoilt }: Trial): Promise<boolean> {
  for (const sources of spoilt) if (!isPass(await verdictOf(buildGraph(sources), name))) return true;
  return false;
}

/** The templates with the property of a piece of evidence spoilt, in each way that there is; empty where it names no property of a resource. */
function spoiltBy(
  { stack, property }: Pick<Evidence, 'stack' | 'property'>,
  sources: readonly StackSource[],
): readonly (readonly StackSource[])[] {
  const path = property
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const source = sources.find(({ id }) => id === stack);
  if (source === undefined || path.length < 4 || path[0] !== 'Resources') return [];
  const value = nodeAt(source.template, path);
  if (value === undefined) return [];
  return [undefined, ...others(value)].map((other) => {
    const template = replaced(source.template, path, other);
    return sources.map((one) => (one === source && isNode(template) ? { ...one, template } : one));
  });
}

/** What may stand in a value's place; what is no literal is only taken away. */
function others(value: Node): readonly Node[] {
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
