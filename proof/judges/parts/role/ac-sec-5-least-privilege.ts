// AC-SEC-5: every statement of every role, whoever put it there, allows named actions on named things. What an action can be bound to is
// for AWS's own table to say. A policy that AWS writes and the document names is taken as it is; so is one that AWS made for a service.
import {
  type Assembly,
  at,
  isReference,
  isSettled,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import { foreignPoliciesOf, isSpecific } from '../../../../assembly/questions/permissions.ts';
import {
  conditionsOf,
  hasUnknownConditions,
  identityStatements,
  isAllowing,
  isForEverybody,
  isNarrowed,
  type PlacedStatement,
  trustOf,
} from '../../../../assembly/questions/policies.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { actionsOf } from '../../../../aws/iam-actions.ts';
import { covers } from '../../../../aws/permissions.ts';
import type { Said } from '../../../../design/messages/said.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/security.ts';

export const leastPrivilege: CriterionJudge = {
  id: 'AC-SEC-5',
  of: ['role'],
  about: ['role'],
  ofFunctions: true,
  judge: judgeRoles,
};

async function judgeRoles({ everywhere: graph, design }: CriterionCase): Promise<Finding> {
  const roles = ofType(graph, 'AWS::IAM::Role');
  const statements = identityStatements(graph);
  if (roles.length === 0 && statements.length === 0) return noneOf(graph, said.noIamRole, leastPrivilege);
  const named = new Set(design.roles.flatMap(({ managedPolicies }) => managedPolicies));
  const grants = statements.filter(({ statement }) => isAllowing(statement) !== false);
  return [
    ...(await Promise.all(grants.map(statementEvidence))),
    ...roles.flatMap(trustEvidence),
    ...roles.flatMap((role) => managedEvidence(graph, role, named)),
  ];
}

/** One piece of evidence a statement: all that is wrong with it, or that nothing is. */
async function statementEvidence({ resource, path, statement }: PlacedStatement): Promise<Observation> {
  const claims = on(resource).property(...path);
  const expected = said.namedActions;
  const actions = listOf(at(statement, 'Action'));
  if (isAllowing(statement) === undefined || !isSettled(actions)) return claims.holds(undefined, { expected });
  const inverted = ['NotAction', 'NotResource'].filter((name) => at(statement, name) !== undefined);
  if (inverted.length > 0) {
    return claims.holds(false, { expected, observed: said.allButAFew({ properties: inverted }) });
  }
  const resources = listOf(at(statement, 'Resource'));
  const complaints = (
    await Promise.all(actions.map((action) => actionComplaints(textOf(action), resources, statement)))
  ).flat();
  const truth = all(complaints.map(({ holds }) => holds));
  const shown = complaints.filter(({ holds }) => holds === truth).map(({ what }) => what);
  const observed =
    shown.length > 0
      ? said.complaintsOn({ complaints: shown })
      : said.grantAsWritten({ actions: actions.map(textOf), resources: resources.map(textOf) });
  return claims.holds(truth, { expected, observed });
}

interface Complaint {
  readonly what: Said;
  /** `undefined`: it may be right. */
  readonly holds: false | undefined;
}

async function actionComplaints(
  action: string,
  resources: readonly Value[],
  statement: Value,
): Promise<readonly Complaint[]> {
  const [, name = ''] = action.split(':');
  if (name.replaceAll(/[*?]/g, '') === '') return [{ what: said.everyAction({ action }), holds: false }];
  const meant = await actionsOf(action);
  if (meant.length === 0) return [{ what: said.unknownAction({ action }), holds: undefined }];
  const levels = [...new Set(meant.map(({ level }) => (level === 'List' ? 'Read' : level)))].sort();
  if (levels.length > 1) {
    return [{ what: said.familyOfActions({ action, count: meant.length, levels }), holds: false }];
  }
  if (!meant.some(({ takesResource }) => takesResource)) return [];
  const nameless = meant.every(({ mayDoWithout }) => mayDoWithout);
  return resources.flatMap((resource): readonly Complaint[] => {
    const specific = resource === '*' ? false : isSpecific(resource);
    // What AWS names itself nobody can know beforehand: such a family is one thing when a condition says which of it is meant. So is
    // everything, where an action is used on what has no name at all.
    const family = textOf(resource).startsWith('arn:') || (resource === '*' && nameless);
    const narrowed: Truth = family && (isNarrowed(statement, action) || (hasUnknownConditions(statement) && undefined));
    // What is read without a name, a statement may have to allow on everything.
    const mayBeAll = resource === '*' && nameless && levels[0] === 'Read';
    const holds = any([specific, narrowed, mayBeAll ? undefined : false]);
    return holds === true ? [] : [{ what: said.unboundAction({ action, resource: textOf(resource) }), holds }];
  });
}

/** Who may take a role on: never everybody, unless a condition says who of them. */
const trustEvidence = (role: Resource): readonly Observation[] =>
  trustOf(role)
    .filter(({ statement }) => isAllowing(statement) !== false)
    .map(({ resource, path, statement }) => {
      const isUnknown = hasUnknownConditions(statement);
      const holds = all([
        any([not(isForEverybody(statement)), isSomeOfThem(statement) || (isUnknown && undefined)]),
        isFromProvider(statement) ? isSubjectNamed(statement) || (isUnknown && undefined) : true,
      ]);
      return on(resource)
        .property(...path, 'Principal')
        .holds(holds, { expected: said.namedPrincipals });
    });

/** Whether a condition says who of everybody; one that holds where its key is not there says nothing. */
const isSomeOfThem = (statement: Value): boolean =>
  [...conditionsOf(statement).keys()].some((condition) => !/^\S*(Not|Null|IfExists)/.test(condition));

/** Whether a statement trusts a provider of identities that serves others too, such as GitHub. */
const isFromProvider = (statement: Value): boolean =>
  listOf(at(statement, 'Action')).some((action) => covers(textOf(action), 'sts:AssumeRoleWithWebIdentity')) &&
  listOf(at(statement, 'Principal', 'Federated')).some(
    (provider) => isReference(provider) || /:oidc-provider\//.test(textOf(provider)),
  );

/** Whether a condition names whose tokens of a provider are meant, down to an owner and what is theirs. */
const isSubjectNamed = (statement: Value): boolean =>
  [...conditionsOf(statement)].some(
    ([condition, values]) =>
      /^(ForAnyValue:)?String(Equals|Like) \S*:sub$/i.test(condition) &&
      values.length > 0 &&
      values.every((value) => /^[^*?:]+:[^*?]*[^*?/:][/:][^*?]/.test(textOf(value))),
  );

/** Policies of AWS's: those that the document names, and those that AWS keeps for one service's own work. */
const managedEvidence = (graph: Assembly, role: Resource, named: ReadonlySet<string>): readonly Observation[] =>
  foreignPoliciesOf(graph, role).map(({ index, name, isAws, isForService, arn }) =>
    on(role)
      .property('ManagedPolicyArns', index)
      .holds(isAws ? named.has(name) || isForService : undefined, { expected: said.namedPolicy, observed: arn }),
  );
