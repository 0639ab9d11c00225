// AC-OPS-4: every resource whose type takes tags, by AWS's own schemas, has all of those that the sentence names; so have the tasks that a
// service starts, which no template lists. Two of them are known: whose platform it is and which environment.
import { isSettled, literal, type Resource, type Stack, textOf, type Value } from '../../../../assembly/graph.ts';
import { ofType, tagIn } from '../../../../assembly/relations.ts';
import { all, type Truth } from '../../../../assembly/truth.ts';
import { isKnownType, tagPropertyOf } from '../../../../aws/taggable-types.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on, onStack } from '../../on.ts';
import { said } from '../../words/operation.ts';

export const tags: CriterionJudge = {
  id: 'AC-OPS-4',
  of: [],
  about: ['tag'],
  judge: judgeTags,
};

/** A tag that must be there; with its value, where that is known. */
interface Wanted {
  readonly key: string;
  readonly value: string | undefined;
}

function judgeTags(criterionCase: CriterionCase): Finding {
  const { everywhere: graph, criterion } = criterionCase;
  const names = criterion.figures.tagNames;
  if (names.length === 0) return unread('figureTags');
  const wanted = names.map((key) => ({ key, value: expectedValue(criterionCase, key) }));
  const tagsOfStacks = new Map(graph.stacks.map(({ id, tags: own }) => [id, own]));
  const evidence = [
    // A bare template cannot say what its stack will be tagged with.
    ...graph.stacks
      .filter(({ terminationProtection }) => terminationProtection !== undefined)
      .map((stack) => stackEvidence(stack, wanted)),
    ...graph.resources.flatMap((resource) =>
      resourceEvidence(resource, wanted, tagsOfStacks.get(resource.stack) ?? {}),
    ),
    ...ofType(graph, 'AWS::ECS::Service').map(propagationEvidence),
  ];
  return evidence.length === 0 ? noneOf(graph, said.nothingTagged) : evidence;
}

function expectedValue({ design, environment, documented }: CriterionCase, key: string): string | undefined {
  if (!documented) return undefined;
  return { Environment: environment, Project: design.inputs.project, Owner: design.inputs.owner }[key];
}

const expectation = (wanted: readonly Wanted[]) =>
  said.wantedTags({ tags: wanted.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)) });

function stackEvidence({ id, tags: own }: Stack, wanted: readonly Wanted[]): Observation {
  const states = wanted.map(({ key, value }) => ({ key, ...stateOf(own[key], value, own) }));
  return onStack(id, '', ...judgedStates(states, wanted));
}

/** One piece of evidence a resource: the tags that it lacks, or all that it has. CloudFormation hands a stack's tags on to its resources. */
function resourceEvidence(
  resource: Resource,
  wanted: readonly Wanted[],
  ofStack: Stack['tags'],
): readonly Observation[] {
  const { type } = resource;
  if (!type.startsWith('AWS::') || type === 'AWS::CDK::Metadata') return [];
  if (!isKnownType(type)) {
    const observed = said.typeWithoutSchema({ type });
    return [on(resource).holds(undefined, { expected: expectation(wanted), observed })];
  }
  const property = tagPropertyOf(type);
  if (property === undefined) return [];
  const written = resource.properties[property];
  const states = wanted.map(({ key, value }) => ({
    key,
    ...stateOf(tagIn(written, key) ?? (isSettled(written) ? ofStack[key] : undefined), value, written),
  }));
  return [
    on(resource)
      .property(property)
      .holds(...judgedStates(states, wanted)),
  ];
}

interface State {
  readonly found: string | undefined;
  readonly holds: Truth;
}

function stateOf(found: Value | undefined, value: string | undefined, written: Value | undefined): State {
  if (found === undefined) return { found: undefined, holds: isSettled(written) ? false : undefined };
  const known = literal(found);
  if (known === undefined) return { found: textOf(found), holds: isSettled(found) ? true : undefined };
  const isRight = value === undefined ? String(known).trim() !== '' : String(known) === value;
  return { found: String(known), holds: isRight };
}

function judgedStates(states: readonly (State & { readonly key: string })[], wanted: readonly Wanted[]) {
  const truth = all(states.map(({ holds }) => holds));
  const shown = truth ? states : states.filter(({ holds }) => holds !== true);
  const observed = said.tagsFound({ tags: shown.map(({ key, found }) => ({ key, value: found })) });
  return [truth, { expected: expectation(wanted), observed }] as const;
}

/** Tasks have no tags of their own unless they get those of their service or task definition. */
const propagationEvidence = (service: Resource): Observation =>
  on(service).property('PropagateTags').otherwise('none').isOneOf(['SERVICE', 'TASK_DEFINITION']);
