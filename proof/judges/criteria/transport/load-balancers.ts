// To a load balancer, and from it to its targets.
import { type Assembly, at, literal, type Resource, type Value } from '../../../../assembly/graph.ts';
import { listOf, ofType, pointing } from '../../../../assembly/relations.ts';
import { seen } from '../../evidence.ts';
import type { Evidence } from '../../judge.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';
import { listenerMinimum } from './versions.ts';

export const loadBalancerHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').flatMap((listener) =>
    listenerEvidence(graph, listener, wanted),
  ),
  ...ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((group) => targetEvidence(graph, group)),
];

function listenerEvidence(graph: Assembly, listener: Resource, wanted: number): readonly Evidence[] {
  const protocol = textSetting(listener.properties.Protocol);
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    const policy = textSetting(listener.properties.SslPolicy);
    const observed = policy ?? "no policy said: Elastic Load Balancing's oldest";
    return [versionEvidence(graph, listener, ['SslPolicy'], observed, { wanted, least: listenerMinimum(policy) })];
  }
  if (protocol === 'HTTP') return plainEvidence(graph, listener);
  const observed = `${protocol ?? 'no protocol said'}: what passes is not looked at`;
  return [seen(graph, listener, ['Protocol'], observed, 'HTTPS or TLS', undefined)];
}

/** Plain HTTP may answer with the way to HTTPS, and with nothing else; so must every rule of the listener. */
function plainEvidence(graph: Assembly, listener: Resource): readonly Evidence[] {
  const rules = pointing(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', listener);
  const judged = [
    { resource: listener, property: 'DefaultActions', actions: listOf(listener.properties.DefaultActions) },
    ...rules.map((rule) => ({ resource: rule, property: 'Actions', actions: listOf(rule.properties.Actions) })),
  ];
  return judged.map(({ resource, property, actions }) => {
    const holds = actions.length > 0 && actions.every(leadsToHttps);
    const observed = actions.map((action) => literal(at(action, 'Type')) ?? 'unresolved');
    return seen(graph, resource, [property], observed, 'over plain HTTP nothing but the way to HTTPS', holds);
  });
}

const leadsToHttps = (action: Value) =>
  at(action, 'Type') === 'redirect' && at(action, 'RedirectConfig', 'Protocol') === 'HTTPS';

/** A function is called through AWS's own interface; every other target is spoken to in the group's protocol, and asked for its health in that of the check. */
function targetEvidence(graph: Assembly, group: Resource): readonly Evidence[] {
  const { TargetType, Protocol, HealthCheckProtocol, HealthCheckEnabled } = group.properties;
  if (literal(TargetType) === 'lambda') {
    return [seen(graph, group, ['TargetType'], 'lambda: called by AWS over TLS', 'HTTPS or TLS', true)];
  }
  const protocol = textSetting(Protocol);
  const secure = protocol === 'unresolved' ? undefined : protocol === 'HTTPS' || protocol === 'TLS';
  // A check that says nothing is HTTP, whatever the group's own protocol is.
  const check = textSetting(HealthCheckProtocol) ?? 'HTTP';
  const checked = String(literal(HealthCheckEnabled) ?? true) === 'true';
  return [
    seen(graph, group, ['Protocol'], Protocol ?? 'not said', 'HTTPS or TLS', secure),
    ...(checked && protocol === 'HTTPS'
      ? [
          seen(
            graph,
            group,
            ['HealthCheckProtocol'],
            check,
            'HTTPS',
            check === 'unresolved' ? undefined : check === 'HTTPS',
          ),
        ]
      : []),
  ];
}
