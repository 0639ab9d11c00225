// AC-SEC-5: every statement of every role, whoever put it there, allows named actions on named things. What an action can be bound to is
// for AWS's own table to say. A policy that AWS writes and the document names is taken as it is; so is one that AWS made for a service.
import { type Assembly, at, isSettled, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { foreignPoliciesOf, isSpecific } from '../../../assembly/questions/permissions.ts';
import {
  allows,
  conditionsOf,
  identityStatements,
  isForEverybody,
  type PlacedStatement,
  trustOf,
} from '../../../assembly/questions/policies.ts';
import { listOf, ofType } from '../../../assembly/relations.ts';
import { actionsOf } from '../../../aws/iam-actions.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';

export const leastPrivilege: CriterionJudge = {
  id: 'AC-SEC-5',
  about: ['role'],
  judge: judgeRoles,
};

async function judgeRoles({ everywhere: graph, design }: CriterionCase): Promise<Finding> {
  const roles = ofType(graph, 'AWS::IAM::Role');
  const statements = identityStatements(graph);
  if (roles.length === 0 && statements.length === 0) return { notApplicable: 'there is no role' };
  const allowed = statements.filter(allows);
  const named = new Set(design.roles.flatMap(({ managedPolicies }) => managedPolicies));
  return [
    ...(await Promise.all(allowed.map((statement) => statementEvidence(graph, statement)))).flat(),
    ...roles.flatMap((role) => trustEvidence(graph, role)),
    ...roles.flatMap((role) => managedEvidence(graph, role, named)),
    ...applicationEvidence(graph),
  ];
}

const expected = 'named actions on named resources, wherever AWS lets a resource be named';

/** One piece of evidence a statement: all that is wrong with it, or that nothing is. */
async function statementEvidence(
  graph: Assembly,
  { resource, path, statement }: PlacedStatement,
): Promise<readonly Evidence[]> {
  const inverted = ['NotAction', 'NotResource'].filter((name) => at(statement, name) !== undefined);
  if (inverted.length > 0) {
    return [seen(graph, resource, path, `${inverted.join(' and ')}: all but a few`, expected, false)];
  }
  const actions = listOf(at(statement, 'Action'));
  const resources = listOf(at(statement, 'Resource'));
  if (!isSettled(actions)) return [seen(graph, resource, path, actions, expected, undefined)];
  const complaints = (
    await Promise.all(actions.map((action) => actionComplaints(textOf(action), resources, statement)))
  ).flat();
  const wrong = complaints.filter(({ holds }) => holds === false);
  const open = complaints.filter(({ holds }) => holds === undefined);
  const [shown, holds] = wrong.length > 0 ? [wrong, false] : open.length > 0 ? [open, undefined] : [[], true];
  const observed =
    shown.length > 0
      ? shown.map(({ what }) => what)
      : `${actions.map(textOf).join(', ')} on ${resources.map(textOf).join(', ')}`;
  return [seen(graph, resource, path, observed, expected, holds)];
}

interface Complaint {
  readonly what: string;
  /** `undefined`: it may be right. */
  readonly holds: false | undefined;
}

async function actionComplaints(
  written: string,
  resources: readonly Value[],
  statement: Value,
): Promise<readonly Complaint[]> {
  const [, name = ''] = written.split(':');
  if (name.replaceAll(/[*?]/g, '') === '') return [{ what: `${written} is every action`, holds: false }];
  const meant = await actionsOf(written);
  if (meant.length === 0) return [{ what: `${written} is no action that AWS's table knows`, holds: undefined }];
  const levels = new Set(meant.map(({ level }) => (level === 'List' ? 'Read' : level)));
  if (levels.size > 1) {
    return [
      { what: `${written} stands for ${meant.length} actions, of ${[...levels].sort().join(', ')}`, holds: false },
    ];
  }
  if (!meant.some(({ takesResource }) => takesResource)) return [];
  const nameless = meant.every(({ mayDoWithout }) => mayDoWithout);
  return resources.flatMap((resource): readonly Complaint[] => {
    const specific = resource === '*' ? false : isSpecific(resource);
    // What AWS names itself nobody can know beforehand: such a family is one thing when a condition says which of it is meant. So is
    // everything, where an action is used on what has no name at all.
    const family = textOf(resource).startsWith('arn:') || (resource === '*' && nameless);
    if (specific === true || (specific === false && family && isNarrowed(statement, written))) return [];
    const what = `${written} on ${textOf(resource)}, though it can be bound to a resource`;
    return [{ what, holds: specific }];
  });
}

/** Whether a condition says which things of the action's service are meant: by a key of that service, or by a tag. */
function isNarrowed(statement: Value, action: string): boolean {
  const service = (action.split(':', 1)[0] ?? '').toLowerCase();
  return [...conditionsOf(statement).keys()].some((condition) => {
    const [operator = '', key = ''] = condition.split(' ');
    return !/Not|Null|IfExists/.test(operator) && (key.startsWith(`${service}:`) || key.startsWith('aws:resourcetag/'));
  });
}

/** Who may take a role on: never everybody, unless a condition says who of them. */
function trustEvidence(graph: Assembly, role: Resource): readonly Evidence[] {
  return trustOf(role)
    .filter(allows)
    .map(({ resource, path, statement }) => {
      const holds = !isForEverybody(statement) || conditionsOf(statement).size > 0;
      return seen(graph, resource, [...path, 'Principal'], at(statement, 'Principal'), 'named principals', holds);
    });
}

/** Policies of AWS's: those that the document names, and those that AWS keeps for one service's own work. */
function managedEvidence(graph: Assembly, role: Resource, named: ReadonlySet<string>): readonly Evidence[] {
  const expected = "a policy that the document names, or AWS's own for a service";
  return foreignPoliciesOf(graph, role).map(({ index, name, isAws, isForService, arn }) => {
    const holds = isAws ? named.has(name) || isForService : undefined;
    return seen(graph, role, ['ManagedPolicyArns', index], arn, expected, holds);
  });
}

/** The account that AWS publishes the rotation of database passwords from: the application's role is AWS's, and not in the templates. */
const rotationPublisher = ':297356227824:applications/SecretsManager';

/** Templates within templates have roles that cannot be seen from here. */
function applicationEvidence(graph: Assembly): readonly Evidence[] {
  return ofType(graph, 'AWS::Serverless::Application', 'AWS::CloudFormation::Stack').map((application) => {
    const id = textOf(at(application.properties, 'Location', 'ApplicationId'));
    const holds = id.includes(rotationPublisher) ? true : undefined;
    const observed = id === '' ? 'a nested template that is not among these' : id;
    return seen(
      graph,
      application,
      ['Location'],
      observed,
      "an application of AWS's own, or one whose roles can be seen",
      holds,
    );
  });
}
