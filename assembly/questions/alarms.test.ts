import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { alarmsIn, compositeFor, topicsOf } from './alarms.ts';
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
    return silent === undefined ? undefined : compositeFor(graph, silent)?.logicalId;
  };
  const composite = (AlarmRule: TemplateNode, more: object = {}) =>
    resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule, ...telling, ...more });
  const about = (words: string) => ({ 'Fn::Join': ['', [`${words}ALARM("`, { Ref: 'Silent' }, '")']] });

  test.each<[string, Readonly<Record<string, TemplateNode>>, string | undefined]>([
    ['is not told of by another on the same series', { Twin: alarm(70, telling) }, undefined],
    ['is told of by one that is made of it', { Whole: composite(about('')) }, 'Whole'],
    ['but not where that needs another one too', { Whole: composite(about('ALARM("x") AND ')) }, undefined],
    ['nor where that goes off when it does not', { Whole: composite(about('OK("x") OR ')) }, undefined],
    ['nor where that may be kept quiet', { Whole: composite(about(''), { ActionsSuppressor: 'x' }) }, undefined],
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
