// What stands behind a load balancer and answers people, told apart from what answers health checks of Route 53 alone.
import { type Assembly, at, literal, type Resource } from '../graph.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';

/** Paths that health checks of Route 53 ask for, in any region. */
function healthCheckPaths(everywhere: Assembly): ReadonlySet<string> {
  const paths = ofType(everywhere, 'AWS::Route53::HealthCheck').flatMap(
    ({ properties }) => literal(at(properties.HealthCheckConfig, 'ResourcePath')) ?? [],
  );
  return new Set(paths.map(String));
}

/**
 * Rules that fit nothing but questions about health: what Route 53 asks for, what a load balancer asks its targets for, and what stands
 * beside that in a folder of its own. An environment that no health check looks at has the same rules.
 */
export function healthCheckRules(graph: Assembly, everywhere: Assembly): readonly Resource[] {
  const ofTargets = ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(
    ({ properties }) => literal(properties.HealthCheckPath) ?? [],
  );
  const asked = new Set([...healthCheckPaths(everywhere), ...ofTargets.map(String)]);
  const folders = new Set([...asked].map(folderOf).filter((folder) => folder !== '/'));
  const isAboutHealth = (path: string) => asked.has(path) || (!/[*?]/.test(path) && folders.has(folderOf(path)));
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ properties }) => {
    const paths = listOf(properties.Conditions).flatMap((condition) =>
      literal(at(condition, 'Field')) === 'path-pattern'
        ? listOf(at(condition, 'PathPatternConfig', 'Values') ?? at(condition, 'Values'))
        : [],
    );
    return paths.length > 0 && paths.every((path) => isAboutHealth(String(literal(path))));
  });
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** Target groups but for those that only questions about health come to; each with its load balancer where that counts nothing else. */
export function servingGroups(
  graph: Assembly,
  everywhere: Assembly,
): readonly { readonly resource: Resource; readonly whole?: Resource }[] {
  const balancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const listeners = ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener');
  const rules = ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  const ofHealthChecks = new Set(healthCheckRules(graph, everywhere));
  const isAsked = ofHealthChecks.size > 0 || healthCheckPaths(everywhere).size > 0;
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((resource) => {
    const leading = rules.filter(({ properties }) => pointsAt(properties.Actions, resource));
    const byDefault = listeners.filter(({ properties }) => pointsAt(properties.DefaultActions, resource));
    if (byDefault.length === 0 && leading.length > 0 && leading.every((rule) => ofHealthChecks.has(rule))) return [];
    const listener =
      byDefault[0] ?? leading.flatMap(({ properties }) => targetOf(graph, properties.ListenerArn) ?? [])[0];
    // That nothing leads to a group is another line's fault.
    const whole = listener === undefined ? balancers[0] : targetOf(graph, listener.properties.LoadBalancerArn);
    return [{ resource, ...(isAsked || whole === undefined ? {} : { whole }) }];
  });
}
