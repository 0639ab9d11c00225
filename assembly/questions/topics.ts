// Who hears what a topic is told: the subscriptions within it, and those that are resources of their own.
import { type Assembly, at, isSettled, isUnresolved, type Resource, textOf, type Value } from '../graph.ts';
import type { Placed } from '../properties.ts';
import { listOf, ofType, refersTo, targetOf, textHolds } from '../relations.ts';
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

/** Whether a subscription is of mail. */
export const isMail = ({ subscription }: Subscription): Truth =>
  textHolds(at(subscription, 'Protocol'), (protocol) => /^email(-json)?$/.test(protocol));

/** Whether a value that stands for no resource of the templates may be a topic of theirs all the same. */
export const mayBeTopic = (value: Value | undefined): boolean =>
  !isSettled(value) && !/^arn:[^:]*:(?!sns:)[^:$]+:/.test(textOf(value));

/** Whether a subscription is of a topic; a list of which nothing is known may be empty. */
export function isOf({ resource, subscription, topic: own }: Subscription, topic: Resource): Truth {
  if (own === topic) return isUnresolved(subscription) ? undefined : true;
  return resource.type === 'AWS::SNS::Subscription' ? refersTo(resource.properties.TopicArn, topic) : false;
}

export const isHeard = (graph: Assembly, topic: Resource): Truth =>
  any(subscriptionsIn(graph).map((one) => isOf(one, topic)));
