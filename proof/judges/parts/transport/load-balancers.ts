// To a load balancer, and from it to its targets.
import { type Assembly, at, literal, type Resource, type Value } from '../../../../assembly/graph.ts';
import { isLiteral, isTrue } from '../../../../assembly/properties.ts';
import { listOf, ofType, refersTo, textHolds } from '../../../../assembly/relations.ts';
import { all, type Truth } from '../../../../assembly/truth.ts';
import { listenerMinimum } from '../../../../aws/tls-versions.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/transport.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';

export const loadBalancerHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').flatMap((listener) =>
    listenerEvidence(graph, listener, wanted),
  ),
  ...ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(targetEvidence),
];

function listenerEvidence(graph: Assembly, listener: Resource, wanted: number): readonly Observation[] {
  const protocol = textSetting(listener.properties.Protocol);
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    const policy = textSetting(listener.properties.SslPolicy);
    const observed = policy ?? said.oldestPolicy;
    return [versionEvidence(listener, ['SslPolicy'], observed, { wanted, least: listenerMinimum(policy) })];
  }
  if (protocol === 'HTTP') return plainEvidence(graph, listener);
  const observed = said.notLookedInto({ protocol });
  return [on(listener).property('Protocol').holds(undefined, { expected: said.httpsOrTls, observed })];
}

/** Plain HTTP may answer with the way to HTTPS, and with nothing else; so must every rule of the listener. */
function plainEvidence(graph: Assembly, listener: Resource): readonly Observation[] {
  const rules = ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule').flatMap((rule) => {
    const isOwn = refersTo(rule.properties.ListenerArn, listener);
    return isOwn === false ? [] : [{ resource: rule, property: 'Actions', isOwn }];
  });
  return [{ resource: listener, property: 'DefaultActions', isOwn: true as Truth }, ...rules].flatMap(
    ({ resource, property, isOwn }) => {
      const actions = listOf(resource.properties[property]);
      const leads = all([actions.length > 0, ...actions.map(leadsToHttps)]);
      const observed = actions.map((action) => literal(at(action, 'Type')) ?? 'unresolved');
      // A rule that may be another listener's is wrong only if it is this one's.
      const holds = isOwn === undefined && leads === false ? undefined : leads;
      return [on(resource).property(property).holds(holds, { expected: said.onlyToHttps, observed })];
    },
  );
}

const leadsToHttps = (action: Value): Truth =>
  all([isLiteral(at(action, 'Type'), 'redirect'), isLiteral(at(action, 'RedirectConfig', 'Protocol'), 'HTTPS')]);

/** A function is called through AWS's own interface; every other target is spoken to in the group's protocol, and asked for its health in that of the check. */
function targetEvidence(group: Resource): readonly Observation[] {
  const { TargetType, Protocol, HealthCheckEnabled } = group.properties;
  const expected = said.httpsOrTls;
  if (TargetType === 'lambda') {
    return [on(group).property('TargetType').holds(true, { expected, observed: said.lambdaTarget })];
  }
  const isSecure = textHolds(Protocol, (protocol) => protocol === 'HTTPS' || protocol === 'TLS');
  // Of what may be a function it is not known whether it is spoken to at all.
  const mayBeLambda = textHolds(TargetType, () => false) === undefined;
  // A check that says nothing is HTTP, whatever the group's own protocol is.
  const check = on(group).property('HealthCheckProtocol').otherwise('HTTP').is('HTTPS');
  const isChecked = isTrue(HealthCheckEnabled ?? true);
  return [
    on(group)
      .property('Protocol')
      .holds(isSecure === false && mayBeLambda ? undefined : isSecure, {
        expected,
        observed: Protocol ?? shared.unsaid,
      }),
    ...(isChecked !== false && Protocol === 'HTTPS'
      ? [isChecked ? check : { ...check, verdict: 'unresolved' as const }]
      : []),
  ];
}
