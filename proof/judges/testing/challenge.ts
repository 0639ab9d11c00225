// The passes of the samples, of lines and of criteria, challenged: every property that they show is spoilt, and the judge is asked again.

import { buildGraph } from '../../../assembly/build-graph.ts';
import type { StackSource } from '../../../assembly/scope.ts';
import { anyOf, isPass, mayRestOnMore, spoiltBy } from '../challenge.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import { judgeStatements } from '../judge-statements.ts';
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

/** Lines with properties that their passes show and do not hang on, each with the reason. Mutants by hand are on them. */
const linesOnMore: readonly (readonly [RegExp, reason: string])[] = [
  [/^inputs\.(project|owner) .*\/\w*Tags$/, 'the tags of the stack say it too'],
  [/^securityGroups\.2\.ingress /, 'that there is no rule'],
  [/^securityGroups\.2\.name .*\/VpcConfig\//, 'another function wears the group too'],
  [/^logs\.production\.cloudTrailForever /, 'that no rule ends the life of what is logged'],
];

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
    .filter(({ name, property }) => !mayRestOnMore(name, property))
    .filter(({ name, property }) => !linesOnMore.some(([known]) => known.test(`${name} ${property}`)))
    .map(({ name, ...shown }) => ({ name, property: shown.property, spoilt: spoiltBy(shown, sources) }))
    .filter(({ spoilt }) => spoilt.length > 0);
}

/** Whether the judge notices one of the ways in which the property is spoilt. */
export const isNoticed = ({ name, spoilt }: Trial): Promise<boolean> =>
  anyOf(spoilt, async (sources) => !isPass(await verdictOf(buildGraph(sources), name)));
