// AC-OPS-4: every resource whose type takes tags, by AWS's own schemas, has all of those that the sentence names; so have the tasks that a
// service starts, which no template lists. Two of them are known: whose platform it is and which environment.
import {
  type Assembly,
  at,
  isList,
  isSettled,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import { isKnownType, tagPropertyOf } from '../../../aws/taggable-types.ts';
import { onStack, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';

export const tags: CriterionJudge = {
  id: 'AC-OPS-4',
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
  if (names.length === 0) return unread('names of tags');
  const wanted = names.map((key) => ({ key, value: expectedValue(criterionCase, key) }));
  const evidence = [
    ...graph.stacks.flatMap((stack) =>
      // A bare template cannot say what its stack will be tagged with.
      stack.terminationProtection === undefined ? [] : [stackEvidence(graph, stack.id, stack.tags, wanted)],
    ),
    ...graph.resources.flatMap((resource) => resourceEvidence(graph, resource, wanted)),
    ...ofType(graph, 'AWS::ECS::Service').map((service) => propagationEvidence(graph, service)),
  ];
  return evidence.length === 0 ? { notApplicable: 'nothing here takes tags' } : evidence;
}

function expectedValue({ design, environment, documented }: CriterionCase, key: string): string | undefined {
  if (!documented) return undefined;
  return { Environment: environment, Project: design.inputs.project, Owner: design.inputs.owner }[key];
}

const expectation = (wanted: readonly Wanted[]) =>
  wanted.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(', ');

function stackEvidence(
  graph: Assembly,
  id: string,
  own: Readonly<Record<string, string>>,
  wanted: readonly Wanted[],
): Evidence {
  const wrong = wanted.filter(
    ({ key, value }) => own[key] === undefined || own[key] === '' || (value !== undefined && own[key] !== value),
  );
  const observed = wrong.length === 0 ? own : wrong.map(({ key }) => `${key}: ${own[key] ?? 'none'}`);
  return onStack(graph, id, '', observed, expectation(wanted), wrong.length === 0);
}

/** One piece of evidence a resource: the tags that it lacks, or all that it has. */
function resourceEvidence(graph: Assembly, resource: Resource, wanted: readonly Wanted[]): readonly Evidence[] {
  const { type } = resource;
  if (!type.startsWith('AWS::') || type === 'AWS::CDK::Metadata') return [];
  if (!isKnownType(type)) {
    return [seen(graph, resource, [], `${type} is not in the table of AWS's schemas`, expectation(wanted), undefined)];
  }
  const property = tagPropertyOf(type);
  if (property === undefined) return [];
  const written = resource.properties[property];
  const states = wanted.map(({ key, value }) => ({ key, ...stateOf(tagIn(written, key), value, written) }));
  const holds = states.some((state) => state.holds === false)
    ? false
    : states.some((state) => state.holds === undefined)
      ? undefined
      : true;
  const shown = holds === true ? states : states.filter((state) => state.holds !== true);
  return [
    seen(
      graph,
      resource,
      [property],
      shown.map(({ key, found }) => `${key}: ${found}`),
      expectation(wanted),
      holds,
    ),
  ];
}

/** The value of a tag in a list of Key and Value, or in an object. */
function tagIn(written: Value | undefined, key: string): Value | undefined {
  if (!isList(written)) return at(written, key);
  return at(
    written.find((tag) => at(tag, 'Key') === key),
    'Value',
  );
}

function stateOf(found: Value | undefined, value: string | undefined, written: Value | undefined) {
  if (found === undefined) return { found: 'none', holds: isSettled(written) ? false : undefined };
  const known = literal(found);
  if (known === undefined) return { found: textOf(found), holds: isSettled(found) ? true : undefined };
  const same = value === undefined ? String(known).trim() !== '' : String(known) === value;
  return { found: String(known), holds: same };
}

/** Tasks have no tags of their own unless they get those of their service or task definition. */
function propagationEvidence(graph: Assembly, service: Resource): Evidence {
  const said = service.properties.PropagateTags;
  const holds = ['SERVICE', 'TASK_DEFINITION'].includes(String(literal(said)));
  return seen(graph, service, ['PropagateTags'], said ?? 'not said: none', 'SERVICE or TASK_DEFINITION', holds);
}
