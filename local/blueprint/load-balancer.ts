// The load balancer as the templates have it: its listeners, their rules in order, and the target groups behind them.

import { at, literal, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { attributesOf, listAt, numberAt, textAt } from '../../assembly/properties.ts';
import { localProblem } from '../problems.ts';
import type { LocalGraph } from './local-graph.ts';

export interface LoadBalancerPlan {
  readonly key: string;
  readonly listeners: readonly ListenerPlan[];
  readonly targetGroups: readonly TargetGroupPlan[];
  /** Seconds that it waits for a target, or a client, that says nothing. */
  readonly idleTimeout: number;
  readonly dropInvalidHeaders: boolean;
  /** Whether a request that is not all of what RFC 9112 asks for is refused, also where it is harmless. */
  readonly strictest: boolean;
}

export interface ListenerPlan {
  readonly key: string;
  readonly port: number;
  readonly encrypted: boolean;
  readonly policy: string;
  /** In the order in which they are asked; the last one fits every request. */
  readonly rules: readonly RulePlan[];
}

interface RulePlan {
  readonly conditions: readonly ConditionPlan[];
  readonly action: ActionPlan;
}

/** A request fits when one of the values does. */
export type ConditionPlan =
  | {
      readonly field: 'path-pattern' | 'host-header' | 'http-request-method' | 'source-ip';
      readonly values: readonly Value[];
    }
  | { readonly field: 'http-header'; readonly header: string; readonly values: readonly Value[] }
  | { readonly field: 'query-string'; readonly values: readonly { readonly key?: Value; readonly value: Value }[] };

export type ActionPlan =
  | { readonly type: 'forward'; readonly groups: readonly { readonly key: string; readonly weight: number }[] }
  | {
      readonly type: 'redirect';
      readonly status: 301 | 302;
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
    }
  | { readonly type: 'fixed-response'; readonly status: number; readonly contentType: string; readonly body: string };

export interface TargetGroupPlan {
  readonly key: string;
  readonly kind: 'ip' | 'lambda';
  /** Key of the function, for `lambda`. */
  readonly functionKey: string | undefined;
  readonly encrypted: boolean;
  /** Seconds. */
  readonly deregistrationDelay: number;
  readonly algorithm: 'round_robin' | 'least_outstanding_requests';
  readonly multiValueHeaders: boolean;
  readonly health: HealthCheckPlan;
}

export interface HealthCheckPlan {
  readonly path: string;
  readonly encrypted: boolean;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Statuses that count as healthy, e.g. `200` or `200-299,301`. */
  readonly matcher: string;
}

export function readLoadBalancer(graph: LocalGraph): LoadBalancerPlan {
  const balancer = graph.one('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const attributes = attributesOf(balancer, 'LoadBalancerAttributes');
  const isOurs = (listener: Resource) => graph.find(at(listener.properties, 'LoadBalancerArn'))?.key === balancer.key;
  return {
    key: balancer.key,
    listeners: graph
      .all('AWS::ElasticLoadBalancingV2::Listener')
      .filter(isOurs)
      .map((listener) => readListener(graph, listener)),
    targetGroups: graph.all('AWS::ElasticLoadBalancingV2::TargetGroup').map((group) => readTargetGroup(graph, group)),
    idleTimeout: Number(attributes.get('idle_timeout.timeout_seconds') ?? 60),
    dropInvalidHeaders: attributes.get('routing.http.drop_invalid_header_fields.enabled') === 'true',
    strictest: attributes.get('routing.http.desync_mitigation_mode') === 'strictest',
  };
}

function readListener(graph: LocalGraph, listener: Resource): ListenerPlan {
  const rules = graph
    .all('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter((rule) => graph.find(at(rule.properties, 'ListenerArn'))?.key === listener.key)
    .sort((a, b) => numberAt(a, ['Priority'], 0) - numberAt(b, ['Priority'], 0));
  return {
    key: listener.key,
    port: numberAt(listener, ['Port'], 443),
    encrypted: textAt(listener, ['Protocol']) === 'HTTPS',
    policy: textAt(listener, ['SslPolicy']) ?? '',
    rules: [
      ...rules.map((rule) => ({
        conditions: listAt(rule, ['Conditions']).map(readCondition),
        action: readAction(listAt(rule, ['Actions'])),
      })),
      { conditions: [], action: readAction(listAt(listener, ['DefaultActions'])) },
    ],
  };
}

const valuesOf = (list: Value | undefined): readonly Value[] => (Array.isArray(list) ? list : []);

function readCondition(condition: Value): ConditionPlan {
  const field = literal(at(condition, 'Field'));
  switch (field) {
    case 'http-header':
      return {
        field,
        header: String(literal(at(condition, 'HttpHeaderConfig', 'HttpHeaderName')) ?? '').toLowerCase(),
        values: valuesOf(at(condition, 'HttpHeaderConfig', 'Values')),
      };
    case 'query-string':
      return {
        field,
        values: valuesOf(at(condition, 'QueryStringConfig', 'Values')).map((each) => {
          const key = at(each, 'Key');
          return { value: at(each, 'Value') ?? '', key };
        }),
      };
    case 'host-header':
      return { field, values: valuesOf(at(condition, 'HostHeaderConfig', 'Values') ?? at(condition, 'Values')) };
    case 'http-request-method':
      return { field, values: valuesOf(at(condition, 'HttpRequestMethodConfig', 'Values')) };
    case 'source-ip':
      return { field, values: valuesOf(at(condition, 'SourceIpConfig', 'Values')) };
    case 'path-pattern':
      return { field, values: valuesOf(at(condition, 'PathPatternConfig', 'Values') ?? at(condition, 'Values')) };
    default:
      throw localProblem('unknownCondition', { field: String(field) });
  }
}

function readAction(actions: readonly Value[]): ActionPlan {
  // Authentication would come before the last action, which is the one that answers.
  const action = actions.at(-1);
  const text = (...path: string[]) => String(literal(at(action, ...path)) ?? '');
  switch (text('Type')) {
    case 'redirect': {
      const part = (name: string, otherwise: string) => text('RedirectConfig', name) || otherwise;
      return {
        type: 'redirect',
        status: text('RedirectConfig', 'StatusCode') === 'HTTP_302' ? 302 : 301,
        protocol: part('Protocol', '#{protocol}'),
        host: part('Host', '#{host}'),
        port: part('Port', '#{port}'),
        path: part('Path', '/#{path}'),
        query: part('Query', '#{query}'),
      };
    }
    case 'fixed-response':
      return {
        type: 'fixed-response',
        status: Number(text('FixedResponseConfig', 'StatusCode')),
        contentType: text('FixedResponseConfig', 'ContentType') || 'text/plain',
        body: text('FixedResponseConfig', 'MessageBody'),
      };
    default: {
      const several = valuesOf(at(action, 'ForwardConfig', 'TargetGroups'));
      const groups = several.flatMap((each) => {
        const key = resourceOf(at(each, 'TargetGroupArn'));
        return key === undefined ? [] : [{ key, weight: Number(literal(at(each, 'Weight')) ?? 1) }];
      });
      const single = resourceOf(at(action, 'TargetGroupArn'));
      return {
        type: 'forward',
        groups: groups.length > 0 ? groups : single === undefined ? [] : [{ key: single, weight: 1 }],
      };
    }
  }
}

function readTargetGroup(graph: LocalGraph, group: Resource): TargetGroupPlan {
  const attributes = attributesOf(group, 'TargetGroupAttributes');
  const protocol = textAt(group, ['Protocol']);
  return {
    key: group.key,
    kind: textAt(group, ['TargetType']) === 'lambda' ? 'lambda' : 'ip',
    functionKey: graph.find(at(group.properties, 'Targets', 0, 'Id'))?.key,
    encrypted: protocol === 'HTTPS',
    deregistrationDelay: Number(attributes.get('deregistration_delay.timeout_seconds') ?? 300),
    algorithm:
      attributes.get('load_balancing.algorithm.type') === 'least_outstanding_requests'
        ? 'least_outstanding_requests'
        : 'round_robin',
    multiValueHeaders: attributes.get('lambda.multi_value_headers.enabled') === 'true',
    health: {
      path: textAt(group, ['HealthCheckPath']) ?? '/',
      encrypted: (textAt(group, ['HealthCheckProtocol']) ?? protocol) === 'HTTPS',
      interval: numberAt(group, ['HealthCheckIntervalSeconds'], 30),
      timeout: numberAt(group, ['HealthCheckTimeoutSeconds'], 5),
      healthyThreshold: numberAt(group, ['HealthyThresholdCount'], 5),
      unhealthyThreshold: numberAt(group, ['UnhealthyThresholdCount'], 2),
      matcher: textAt(group, ['Matcher', 'HttpCode']) ?? '200',
    },
  };
}
