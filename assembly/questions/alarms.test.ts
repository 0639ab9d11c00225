import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { alarmsIn, speakerFor, topicsOf } from './alarms.ts';
import { isHeard, isMail, subscriptionsOf } from './topics.ts';

const own = { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Statistic: 'Average', Period: 60 };
const alarm = (Threshold: number, more: TemplateNode = {}) =>
  resource('AWS::CloudWatch::Alarm', {
    ...own,
    Threshold,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    ...(more as object),
  });
const telling = { AlarmActions: [{ Ref: 'Topic' }] };
const topic = resource('AWS::SNS::Topic');

describe('an alarm that tells nobody', () => {
  const speakerOf = (resources: Readonly<Record<string, TemplateNode>>) => {
    const graph = tokyo({ Silent: alarm(80), Topic: topic, ...resources });
    const [silent] = alarmsIn(graph);
    return silent === undefined ? undefined : speakerFor(graph, silent)?.logicalId;
  };
  const composite = (AlarmRule: TemplateNode) => resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule, ...telling });
  const about = (words: string) => ({ 'Fn::Join': ['', [`${words}ALARM("`, { Ref: 'Silent' }, '")']] });

  test.each<[string, Readonly<Record<string, TemplateNode>>, string | undefined]>([
    ['is spoken for by one on the same series that goes off no later', { Twin: alarm(70, telling) }, 'Twin'],
    ['but by none that goes off later', { Twin: alarm(90, telling) }, undefined],
    ['nor by one that tells nobody either', { Twin: alarm(70) }, undefined],
    ['is spoken for by one that is made of it', { Whole: composite(about('')) }, 'Whole'],
    ['but not where that needs another one too', { Whole: composite(about('ALARM("x") AND ')) }, undefined],
  ])('%s', (_, resources, speaker) => {
    expect(speakerOf(resources)).toBe(speaker);
  });
});

test('a topic is heard by the subscriptions within it and beside it', () => {
  const graph = tokyo({
    Topic: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] }),
    Beside: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: 'arn' }),
    Unheard: topic,
    Alarm: alarm(80, telling),
  });
  const [first, unheard] = graph.resources.filter(({ type }) => type === 'AWS::SNS::Topic');
  const [one] = alarmsIn(graph);
  if (first === undefined || unheard === undefined || one === undefined) throw new Error('something is missing');
  expect(subscriptionsOf(graph, first).map(isMail).sort()).toEqual([false, true]);
  expect([isHeard(graph, first), isHeard(graph, unheard)]).toEqual([true, false]);
  expect(topicsOf(graph, one)).toEqual([first]);
});
