// Resource lines of ComputeStack, MessagingStack and MonitoringStack.
import { at, literal, type Resource, textOf } from '../../../../assembly/graph.ts';
import { alarmsIn, topicsOf } from '../../../../assembly/questions/alarms.ts';
import { functionsOf } from '../../../../assembly/questions/compute.ts';
import { deadLetterOf } from '../../../../assembly/questions/queues.ts';
import { isHeard, subscriptionsIn } from '../../../../assembly/questions/topics.ts';
import { listOf, ofType, pointsAt } from '../../../../assembly/relations.ts';
import { nothing, onStack, seen } from '../../evidence.ts';
import type { Finding, StatementCase } from '../../judge.ts';
import { inStack, type LineCase, type LineJudge } from './line.ts';

export function fargate(type: string): LineJudge {
  return (line) => {
    const { graph } = line.judgeCase;
    const found = inStack(line, type);
    if (found.length === 0) return [nothing(type, line.stack)];
    return found.map((resource) => {
      const { LaunchType, RequiresCompatibilities, CapacityProviderStrategy } = resource.properties;
      const providers = listOf(CapacityProviderStrategy).map((item) => textOf(at(item, 'CapacityProvider')));
      const ways = [...listOf(LaunchType ?? RequiresCompatibilities).map(textOf), ...providers];
      return seen(
        graph,
        resource,
        [],
        ways,
        'FARGATE',
        ways.length > 0 && ways.every((way) => way.startsWith('FARGATE')),
      );
    });
  };
}

/** Application load balancers, and target groups that a listener, or one of its rules, leads to. */
export function loadBalancer(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const balancers = inStack(line, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const targets = inStack(line, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (balancers.length === 0 || targets.length === 0)
    return [nothing('a load balancer and a target group', line.stack)];
  const listeners = ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener');
  const rules = ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  const actions = [
    ...listeners.map(({ properties }) => properties.DefaultActions),
    ...rules.map(({ properties }) => properties.Actions),
  ];
  return [
    ...balancers.flatMap((one) => {
      const kind = literal(one.properties.Type) ?? 'application';
      const heard = listeners.some(({ properties }) => pointsAt(properties.LoadBalancerArn, one));
      return [
        seen(graph, one, ['Type'], kind, 'application', kind === 'application'),
        seen(graph, one, [], heard ? 'with a listener' : 'no listener', 'with a listener', heard),
      ];
    }),
    ...targets.map((one) => {
      const led = actions.some((action) => pointsAt(action, one));
      return seen(graph, one, [], led ? 'a listener leads to it' : 'none leads to it', 'a listener leads to it', led);
    }),
  ];
}

/** Functions of the stack, all of which run as the document's role, if it has one for them. */
export function functions(line: LineCase): Finding {
  const { graph, design } = line.judgeCase;
  const found = inStack(line, 'AWS::Lambda::Function');
  if (found.length === 0) return [nothing('AWS::Lambda::Function', line.stack)];
  const own = functionsOf(graph, design);
  const role = design.roles.find(({ kind }) => kind === 'lambda')?.name;
  return found.map((one) => {
    const held = role === undefined || own.includes(one);
    return seen(graph, one, ['Role'], one.properties.Role, role ?? 'any role', held);
  });
}

/** Rules that are switched on and lead somewhere. */
export function eventRules(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const found = inStack(line, 'AWS::Events::Rule');
  if (found.length === 0) return [nothing('AWS::Events::Rule', line.stack)];
  return found.map((rule) => {
    const { State = 'ENABLED', Targets } = rule.properties;
    const targets = listOf(Targets).length;
    const held = State !== 'DISABLED' && targets > 0;
    return seen(graph, rule, ['Targets'], `${textOf(State)}, ${targets} targets`, 'enabled, with a target', held);
  });
}

/** Each queue hands what it cannot deliver to another one, unless it is that other one. */
export function queue(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const queues = inStack(line, 'AWS::SQS::Queue');
  const redriven = queues.filter((one) => deadLetterOf(graph, one) !== undefined);
  if (queues.length === 0) return [nothing('a queue', line.stack)];
  if (redriven.length === 0)
    return queues.map((one) => seen(graph, one, ['RedrivePolicy'], null, 'a dead-letter queue', false));
  const takers = queues.filter((one) => !redriven.includes(one) && !takesDeadLetters(graph, one));
  return [
    ...redriven.map((one) =>
      seen(graph, one, ['RedrivePolicy'], one.properties.RedrivePolicy, 'a dead-letter queue', true),
    ),
    ...takers.map((one) => seen(graph, one, ['RedrivePolicy'], null, 'a dead-letter queue', false)),
  ];
}

function takesDeadLetters(graph: StatementCase['graph'], taker: Resource): boolean {
  return (
    ofType(graph, 'AWS::SQS::Queue').some((one) => deadLetterOf(graph, one) === taker) ||
    ofType(graph, 'AWS::Events::Rule').some(({ properties }) =>
      listOf(properties.Targets).some((target) => pointsAt(at(target, 'DeadLetterConfig'), taker)),
    ) ||
    subscriptionsIn(graph).some(({ subscription }) => pointsAt(at(subscription, 'RedrivePolicy'), taker)) ||
    ofType(graph, 'AWS::Lambda::Function').some(({ properties }) => pointsAt(properties.DeadLetterConfig, taker))
  );
}

/** Topics that alarms report to and that somebody hears. */
export function alertTopics(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const topics = inStack(line, 'AWS::SNS::Topic');
  if (topics.length === 0) return [nothing('a topic for alerts', line.stack)];
  return topics.map((topic) => {
    const told = alarmsIn(graph).some((alarm) => topicsOf(graph, alarm).includes(topic));
    const heard = isHeard(graph, topic);
    const observed = `${told ? 'alarms report to it' : 'no alarm reports to it'}, ${heard ? 'subscribed' : 'no subscription'}`;
    return seen(graph, topic, [], observed, 'alarms report to it, subscribed', told && heard);
  });
}

export function dashboards(line: LineCase): Finding {
  const { graph, design } = line.judgeCase;
  const found = inStack(line, 'AWS::CloudWatch::Dashboard');
  if (found.length === 0) return [nothing('dashboards', line.stack)];
  const wanted = design.dashboards.length;
  return [onStack(graph, line.stack, '/Resources', found.length, wanted, found.length === wanted)];
}

/** A log group stands with what writes to it; what is left of the line is that each is kept for a stated time. */
export function logGroups({ judgeCase }: LineCase): Finding {
  const { graph } = judgeCase;
  const found = ofType(graph, 'AWS::Logs::LogGroup');
  if (found.length === 0) return [nothing('log groups')];
  return found.map((group) => {
    const days = literal(group.properties.RetentionInDays);
    return seen(graph, group, ['RetentionInDays'], days, 'a retention', days !== undefined);
  });
}
