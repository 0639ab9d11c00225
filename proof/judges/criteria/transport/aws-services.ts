// To buckets, queues and topics, and from log services, replication and topics onwards: AWS's own interfaces, which take plain transport
// too unless a policy refuses it.
import {
  type Assembly,
  at,
  isProperties,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import { conditionsOf, coversActions, isForEverybody, statementsOn } from '../../../../assembly/questions/policies.ts';
import { subscriptionsIn } from '../../../../assembly/questions/topics.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../../assembly/relations.ts';
import { seen } from '../../evidence.ts';
import type { Evidence } from '../../judge.ts';
import { suffixOf } from '../resources.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';
import { awsMinimum } from './versions.ts';

export const serviceHops: Hops = (graph, wanted) => [
  ...Object.entries(dataActions).flatMap(([type, actions]) =>
    ofType(graph, type).flatMap((thing) => refusalEvidence(graph, thing, actions, wanted)),
  ),
  ...deliveryEvidence(graph),
  ...replicationEvidence(graph),
  ...subscriptionEvidence(graph),
  ...healthCheckEvidence(graph),
];

/** What carries data to and from each; whoever is refused these cannot do it in plain. */
const dataActions: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
  'AWS::SQS::Queue': ['sqs:SendMessage', 'sqs:ReceiveMessage'],
  'AWS::SNS::Topic': ['sns:Publish'],
};

function refusalEvidence(
  graph: Assembly,
  thing: Resource,
  actions: readonly string[],
  wanted: number,
): readonly Evidence[] {
  const statements = statementsOn(graph, thing);
  const refusing = statements.filter(({ statement }) => refuses(statement, actions) && isPlain(statement));
  const parts = thing.type === 'AWS::S3::Bucket' ? (['', '/*'] as const) : ([''] as const);
  const covered = parts.every((part) => refusing.some(({ statement }) => coversPart(statement, thing, part)));
  const [first] = refusing;
  const expected = 'a policy that refuses everybody whatever is not encrypted';
  const evidence =
    first === undefined || !covered
      ? seen(
          graph,
          thing,
          [],
          first === undefined ? 'plain transport is refused nobody' : 'refused for a part of it only',
          expected,
          false,
        )
      : seen(graph, first.resource, first.path, 'aws:SecureTransport false is refused', expected, true);
  if (wanted <= awsMinimum) return [evidence];
  const newer = statements.some(({ statement }) => refuses(statement, actions) && isOlder(statement, wanted));
  const observed = newer ? 'older versions are refused' : `TLS ${awsMinimum}, the least of AWS's interface`;
  return [evidence, versionEvidence(graph, thing, [], observed, { wanted, least: newer ? wanted : awsMinimum })];
}

const refuses = (statement: Value, actions: readonly string[]) =>
  at(statement, 'Effect') === 'Deny' && isForEverybody(statement) && coversActions(statement, actions);

/** Refused when plain, and not only under a further condition. */
function isPlain(statement: Value): boolean {
  const [condition, ...others] = conditionsOf(statement);
  const [name, values] = condition ?? [];
  return (
    others.length === 0 &&
    (name === 'Bool aws:securetransport' || name === 'BoolIfExists aws:securetransport') &&
    values?.length === 1 &&
    String(literal(values[0])) === 'false'
  );
}

function isOlder(statement: Value, wanted: number): boolean {
  const [condition, ...others] = conditionsOf(statement);
  const [name, values] = condition ?? [];
  return others.length === 0 && name === 'NumericLessThan s3:tlsversion' && Number(literal(values?.[0])) >= wanted;
}

/** Whether a statement is about a thing itself, or about what is in it. */
function coversPart(statement: Value, thing: Resource, part: '' | '/*'): boolean {
  const name = literal(thing.properties.BucketName);
  return listOf(at(statement, 'Resource')).some((resource) => {
    if (resource === '*') return true;
    if (name !== undefined && textOf(resource) === `arn:aws:s3:::${name}${part}`) return true;
    const suffix = suffixOf(resource);
    return pointsAt(resource, thing) && (suffix === part || suffix === '*');
  });
}

/** Logs and trails go to a bucket of the templates, which refuses plain transport by its policy, or to a service of AWS's. */
function deliveryEvidence(graph: Assembly): readonly Evidence[] {
  const deliveries = [
    ...ofType(graph, 'AWS::Logs::DeliveryDestination').map((resource) => ({
      resource,
      property: 'DestinationResourceArn',
    })),
    ...ofType(graph, 'AWS::CloudTrail::Trail').map((resource) => ({ resource, property: 'S3BucketName' })),
  ];
  return deliveries.map(({ resource, property }) => {
    const value = resource.properties[property];
    const target = targetOf(graph, value);
    const observed = target === undefined ? value : `to ${target.path}`;
    return seen(
      graph,
      resource,
      [property],
      observed,
      'a place of the templates, which is judged itself',
      target === undefined ? undefined : true,
    );
  });
}

/** Copies go to a bucket that refuses plain transport; of one outside the templates nothing is known. */
function replicationEvidence(graph: Assembly): readonly Evidence[] {
  return ofType(graph, 'AWS::S3::Bucket').flatMap((bucket) =>
    listOf(at(bucket.properties, 'ReplicationConfiguration', 'Rules')).map((rule, index) => {
      const place = at(rule, 'Destination', 'Bucket');
      const target = targetOf(graph, place);
      const path = ['ReplicationConfiguration', 'Rules', index, 'Destination', 'Bucket'];
      const observed = target === undefined ? place : `to ${target.path}`;
      return seen(
        graph,
        bucket,
        path,
        observed,
        'a bucket of the templates, which is judged itself',
        target === undefined ? undefined : true,
      );
    }),
  );
}

function subscriptionEvidence(graph: Assembly): readonly Evidence[] {
  return subscriptionsIn(graph).map(({ resource, path, subscription }) => {
    const protocol = at(subscription, 'Protocol');
    const known = textSetting(protocol);
    const holds = known === 'unresolved' ? undefined : known !== 'http';
    return seen(graph, resource, [...path, 'Protocol'], protocol, 'any protocol but http', holds);
  });
}

function healthCheckEvidence(graph: Assembly): readonly Evidence[] {
  return ofType(graph, 'AWS::Route53::HealthCheck').flatMap((check) => {
    const config = check.properties.HealthCheckConfig;
    const type = textSetting(isProperties(config) ? config.Type : undefined);
    if (type === undefined || !/^HTTP/.test(type)) return [];
    return [seen(graph, check, ['HealthCheckConfig', 'Type'], type, 'a check over HTTPS', type.startsWith('HTTPS'))];
  });
}
