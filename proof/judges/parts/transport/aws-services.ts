// To buckets, queues and topics, and from log services, replication and topics onwards: AWS's own interfaces, which take plain transport
// too unless a policy refuses it.
import { type Assembly, at, type Resource } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { replicationsOf } from '../../../../assembly/questions/buckets.ts';
import { coversPart, isOlder, isPlain, refuses } from '../../../../assembly/questions/plain-transport.ts';
import { statementsOn } from '../../../../assembly/questions/policies.ts';
import { subscriptionsIn } from '../../../../assembly/questions/topics.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, any } from '../../../../assembly/truth.ts';
import { awsMinimum } from '../../../../aws/tls-versions.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/transport.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';

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
): readonly Observation[] {
  const refusals = statementsOn(graph, thing)
    .map((placed) => ({ ...placed, truth: refuses(placed.statement, actions) }))
    .filter(({ truth }) => truth !== false);
  const plain = refusals
    .map((refusal) => ({ ...refusal, truth: all([refusal.truth, isPlain(refusal.statement)]) }))
    .filter(({ truth }) => truth !== false);
  const parts = thing.type === 'AWS::S3::Bucket' ? (['', '/*'] as const) : ([''] as const);
  const covered = all(
    parts.map((part) => any(plain.map(({ statement, truth }) => all([truth, coversPart(statement, thing, part)])))),
  );
  const first = plain.find(({ truth }) => truth) ?? plain[0];
  const expected = said.plainIsRefused;
  const evidence =
    first !== undefined && covered
      ? on(first.resource)
          .property(...first.path)
          .holds(true, { expected, observed: said.secureTransport })
      : on(thing).holds(covered, {
          expected,
          observed:
            covered === undefined ? said.refusedPerhaps : first === undefined ? said.refusedNobody : said.refusedInPart,
        });
  if (wanted <= awsMinimum) return [evidence];
  const isNewer = refusals.some(({ statement, truth }) => truth && isOlder(statement, wanted));
  const observed = isNewer ? said.olderRefused : said.leastOfInterface({ least: awsMinimum });
  return [evidence, versionEvidence(thing, [], observed, { wanted, least: isNewer ? wanted : awsMinimum })];
}

/** Logs and trails go to a bucket of the templates, which refuses plain transport by its policy, or to a service of AWS's. */
const deliveryEvidence = (graph: Assembly): readonly Observation[] => [
  ...ofType(graph, 'AWS::Logs::DeliveryDestination').map((destination) =>
    placeEvidence(graph, destination, ['DestinationResourceArn'], said.placeOfTemplates),
  ),
  ...ofType(graph, 'AWS::CloudTrail::Trail').map((trail) =>
    placeEvidence(graph, trail, ['S3BucketName'], said.placeOfTemplates),
  ),
];

/** Copies go to a bucket that refuses plain transport; of one outside the templates nothing is known. */
const replicationEvidence = (graph: Assembly): readonly Observation[] =>
  ofType(graph, 'AWS::S3::Bucket').flatMap((bucket) =>
    replicationsOf(bucket).map(({ toPath }) => placeEvidence(graph, bucket, toPath, said.bucketOfTemplates)),
  );

function placeEvidence(graph: Assembly, resource: Resource, path: PropertyPath, expected: Said): Observation {
  const target = targetOf(graph, at(resource.properties, ...path));
  const claims = on(resource).property(...path);
  if (target === undefined) return claims.holds(undefined, { expected });
  return claims.holds(true, { expected, observed: said.sentTo({ resource: target.path }) });
}

const subscriptionEvidence = (graph: Assembly): readonly Observation[] =>
  subscriptionsIn(graph).map(({ resource, path }) =>
    on(resource)
      .property(...path, 'Protocol')
      .fits((protocol) => protocol !== 'http', said.anyButHttp),
  );

const healthCheckEvidence = (graph: Assembly): readonly Observation[] =>
  ofType(graph, 'AWS::Route53::HealthCheck').flatMap((check) => {
    const path = ['HealthCheckConfig', 'Type'];
    const type = textSetting(at(check.properties, ...path));
    if (type === undefined || !/^(HTTP|unresolved$)/.test(type)) return [];
    return [
      on(check)
        .property(...path)
        .fits((text) => text.startsWith('HTTPS'), said.checkOverHttps),
    ];
  });
