// Resource lines of ComputeStack, MessagingStack and MonitoringStack.
import { at, isUnresolved, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { alarmsIn } from '../../../../../assembly/questions/alarms.ts';
import { namelessRoles, roleNamed } from '../../../../../assembly/questions/permissions.ts';
import { hasDeadLetters } from '../../../../../assembly/questions/queues.ts';
import { isHeard, subscriptionsIn } from '../../../../../assembly/questions/topics.ts';
import { isNamedBy, listOf, ofType, refersTo, textHolds } from '../../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../../assembly/truth.ts';
import type { Finding, StatementCase } from '../../../judge.ts';
import { missing, on } from '../../../on.ts';
import { said } from '../../../words/stacks.ts';
import { counted, inStack, type LineCase, type LineJudge, whether } from './line.ts';

export function fargate(type: string): LineJudge {
  return (line) => {
    const found = inStack(line, type);
    if (found.length === 0) return [missing(type, line.stack)];
    return found.map((resource) => {
      const { LaunchType, RequiresCompatibilities, CapacityProviderStrategy } = resource.properties;
      const providers = listOf(CapacityProviderStrategy).flatMap((item) => at(item, 'CapacityProvider') ?? []);
      const ways = [...listOf(LaunchType ?? RequiresCompatibilities), ...providers];
      const held = ways.map((way) => textHolds(way, (name) => name.startsWith('FARGATE')));
      return on(resource).holds(all([ways.length > 0, ...held]), { expected: 'FARGATE', observed: ways });
    });
  };
}

/** Application load balancers, and target groups that a listener, or one of its rules, leads to. */
export function loadBalancer(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const balancers = inStack(line, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const targets = inStack(line, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (balancers.length === 0 || targets.length === 0) return [missing(said.balancerAndTargets, line.stack)];
  const actions = [
    ...ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').map(({ properties }) => properties.DefaultActions),
    ...ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ properties }) => properties.Actions),
  ];
  return [
    ...balancers.flatMap((one) => {
      const heard = isNamedBy(graph, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', one);
      const observed = whether(heard, said.withListener, said.noListener);
      return [
        on(one).property('Type').otherwise('application').is('application'),
        on(one).holds(heard, { expected: said.withListener, observed }),
      ];
    }),
    ...targets.map((one) => {
      const led = any(actions.map((action) => refersTo(action, one)));
      const observed = whether(led, said.listenerLeads, said.noListenerLeads);
      return on(one).holds(led, { expected: said.listenerLeads, observed });
    }),
  ];
}

/** Functions of the stack, all of which run as the document's role, if it has one for them. */
export function functions(line: LineCase): Finding {
  const { graph, design } = line.judgeCase;
  const found = inStack(line, 'AWS::Lambda::Function');
  if (found.length === 0) return [missing('AWS::Lambda::Function', line.stack)];
  const role = design.roles.find(({ kind }) => kind === 'lambda')?.name;
  const expected = role === undefined ? said.anyRole : said.runsAsRole({ role });
  return found.map((one) =>
    on(one)
      .property('Role')
      .holds(role === undefined ? true : runsAs(graph, one, role), { expected }),
  );
}

function runsAs(graph: StatementCase['graph'], { properties }: Resource, name: string): Truth {
  const role = roleNamed(graph, name);
  if (role !== undefined) return refersTo(properties.Role, role);
  return namelessRoles(graph).length > 0 ? undefined : false;
}

/** Rules that are switched on and lead somewhere. */
export function eventRules(line: LineCase): Finding {
  const found = inStack(line, 'AWS::Events::Rule');
  if (found.length === 0) return [missing('AWS::Events::Rule', line.stack)];
  return found.map((rule) => {
    const { State = 'ENABLED', Targets } = rule.properties;
    const targets = listOf(Targets);
    const held = all([
      textHolds(State, (state) => state !== 'DISABLED'),
      any(targets.map((target) => (isUnresolved(target) ? undefined : true))),
    ]);
    const observed = said.ruleState({ state: textOf(State), targets: targets.length });
    return on(rule).property('Targets').holds(held, { expected: said.ruleWithTarget, observed });
  });
}

/** Each queue hands what it cannot deliver to another one, unless it is that other one. */
export function queue(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const queues = inStack(line, 'AWS::SQS::Queue').map((one) => ({ one, hands: hasDeadLetters(graph, one) }));
  if (queues.length === 0) return [missing(said.someQueue, line.stack)];
  const some = any(queues.map(({ hands }) => hands));
  return queues.flatMap(({ one, hands }) => {
    const takes = takesDeadLetters(graph, one);
    if (some && takes && hands === false) return [];
    return [
      on(one)
        .property('RedrivePolicy')
        .holds(all([some, any([hands, takes])]), { expected: said.deadLetterQueue }),
    ];
  });
}

const takesDeadLetters = (graph: StatementCase['graph'], taker: Resource): Truth =>
  any(
    [
      ...ofType(graph, 'AWS::SQS::Queue').map(({ properties }) => properties.RedrivePolicy),
      ...ofType(graph, 'AWS::Events::Rule')
        .flatMap(({ properties }) => listOf(properties.Targets))
        .map((target) => at(target, 'DeadLetterConfig')),
      ...subscriptionsIn(graph).map(({ subscription }) => at(subscription, 'RedrivePolicy')),
      ...ofType(graph, 'AWS::Lambda::Function').map(({ properties }) => properties.DeadLetterConfig),
    ].map((policy) => refersTo(policy, taker)),
  );

/** Topics that alarms report to and that somebody hears. */
export function alertTopics(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const topics = inStack(line, 'AWS::SNS::Topic');
  if (topics.length === 0) return [missing(said.alertTopic, line.stack)];
  return topics.map((topic) => {
    const isTold = any(alarmsIn(graph).map(({ properties }) => refersTo(properties.AlarmActions, topic)));
    const heard = isHeard(graph, topic);
    const observed = said.topicState({ isTold, isHeard: heard });
    return on(topic).holds(all([isTold, heard]), { expected: said.toldAndHeard, observed });
  });
}

export function dashboards(line: LineCase): Finding {
  const found = inStack(line, 'AWS::CloudWatch::Dashboard').length;
  return [
    found === 0
      ? missing(said.someDashboards, line.stack)
      : counted(line, found, line.judgeCase.design.dashboards.length),
  ];
}

/** A log group stands with what writes to it; what is left of the line is that each is kept for a stated time. */
export function logGroups({ judgeCase }: LineCase): Finding {
  const found = ofType(judgeCase.graph, 'AWS::Logs::LogGroup');
  if (found.length === 0) return [missing(said.someLogGroups)];
  return found.map((group) => on(group).property('RetentionInDays').isThere(said.statedRetention));
}
