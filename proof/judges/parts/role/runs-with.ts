// Whether what runs has a role that lets it do something: by its own policies, or by one of AWS's that holds the actions.
import type { Assembly, Resource, Value } from '../../../../assembly/graph.ts';
import {
  denialsOf,
  foreignPoliciesOf,
  grantsOfAction,
  openGrants,
} from '../../../../assembly/questions/permissions.ts';
import { targetOf } from '../../../../assembly/relations.ts';
import { all, any, type Truth, unknownIf } from '../../../../assembly/truth.ts';
import { wellKnownPolicies } from '../../../../aws/managed-policies.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/operation.ts';

/**
 * @param helpers names of AWS's policies that hold all of the actions
 * @param isMeant whether what a statement names is what the actions are used on; anything is, unless said
 */
export function roleEvidence(
  graph: Assembly,
  resource: Resource,
  property: string,
  actions: readonly string[],
  helpers: RegExp,
  isMeant: (named: Value) => Truth = () => true,
): Observation {
  const named = resource.properties[property];
  const role = targetOf(graph, named);
  const expected = shared.roleThatMay({ actions });
  const claims = on(resource).property(property);
  if (role === undefined) {
    return claims.holds(unknownIf(named !== undefined), { expected, observed: named ?? shared.noRole });
  }
  const policies = foreignPoliciesOf(graph, role);
  const helper = policies.find(({ name }) => helpers.test(name))?.name;
  // What a policy that the templates do not hold allows is not known.
  const mayBeGranted = policies.some(({ name }) => !wellKnownPolicies.test(name)) || openGrants(graph, role).length > 0;
  const truths = actions.map((action): Truth => {
    if (denialsOf(graph, role, action, '*').length > 0) return false;
    const granted = grantsOfAction(graph, role, action).flatMap(({ resources }) => resources.map(isMeant));
    return any([helper !== undefined, ...granted, unknownIf(mayBeGranted)]);
  });
  const truth = all(truths);
  const lacking = { role: role.path, actions: actions.filter((_, index) => truths[index] === truth) };
  const observed = truth
    ? said.roleMay({ role: role.path, policy: helper })
    : truth === undefined
      ? said.roleMayPerhaps(lacking)
      : said.roleMayNot(lacking);
  return claims.holds(truth, { expected, observed });
}
