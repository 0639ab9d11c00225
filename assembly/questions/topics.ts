// Who hears what a topic is told: the subscriptions within it, and those that are resources of their own.
import { type Assembly, at, isUnresolved, literal, type Resource, type Value } from '../graph.ts';
import type { Placed } from '../properties.ts';
import { isNamedBy, listOf, ofType, targetOf } from '../relations.ts';
import { any, type Truth } from '../truth.ts';

export interface Subscription extends Placed {
  readonly subscription: Value;
  /** Absent where it is none of the templates. */
  readonly topic: Resource | undefined;
}

/** Every subscription, of whatever topic. */
export const subscriptionsIn = (graph: Assembly): readonly Subscription[] => [
  ...ofType(graph, 'AWS::SNS::Subscription').map((resource) => ({
    resource,
    path: [],
    subscription: resource.properties,
    topic: targetOf(graph, resource.properties.TopicArn),
  })),
  ...ofType(graph, 'AWS::SNS::Topic').flatMap((topic) =>
    listOf(topic.properties.Subscription).map((subscription, index) => ({
      resource: topic,
      path: ['Subscription', index],
      subscription,
      topic,
    })),
  ),
];

/** The subscriptions of a topic. */
export const subscriptionsOf = (graph: Assembly, topic: Resource): readonly Subscription[] =>
  subscriptionsIn(graph).filter((one) => one.topic === topic);

export const isMail = ({ subscription }: Subscription): boolean =>
  /^email(-json)?$/.test(String(literal(at(subscription, 'Protocol'))));

/** Whether anybody hears what a topic is told. */
export const isHeard = (graph: Assembly, topic: Resource): Truth =>
  any([
    isNamedBy(graph, 'AWS::SNS::Subscription', 'TopicArn', topic),
    ...listOf(topic.properties.Subscription).map((one) => (isUnresolved(one) ? undefined : true)),
  ]);
