// AC-REL-4: a reader stands ready to become the writer: as large, first in the order of promotion, and behind an address that follows the
// writer. How long the change takes a drill has to show.

import { type Assembly, isReference, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import { instancesOf } from '../../../assembly/questions/compute.ts';
import { pointsAt } from '../../../assembly/relations.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { auroraClusters } from './ac-rel-1-database-zones.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';
import { drillOf, watched, whyNone } from './runtime-results.ts';
import { tellings } from './tellings.ts';

export const databaseFailover: CriterionJudge = {
  id: 'AC-REL-4',
  about: ['aurora'],
  deviation: ({ design, environment }) =>
    perEnvironment(design.sizes, environment).aurora.instances > 1 ? undefined : 'ADR-012',
  judge: judgeFailover,
};

function judgeFailover({ graph, design, environment, criterion, runtime }: CriterionCase): Finding {
  const most = criterion.figures.milliseconds;
  if (most === undefined) return unread('a span of time');
  const clusters = auroraClusters(graph);
  if (clusters.length === 0) return { notApplicable: 'there is no Aurora cluster' };
  if (perEnvironment(design.sizes, environment).aurora.instances === 1) {
    return {
      notApplicable: `the document has one database instance in ${environment}: there is no reader to fail over to`,
    };
  }
  const evidence = clusters.flatMap((cluster) => [
    ...readerEvidence(graph, cluster),
    ...addressEvidence(graph, cluster),
  ]);
  const drill = drillOf(runtime, 'database');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill database'), evidence };
  const { recoveryMs, lost } = drill.result;
  return [
    ...evidence,
    watched(
      drill,
      '/result/recoveryMs',
      recoveryMs ?? 'never',
      `≤ ${most} ms`,
      recoveryMs !== null && recoveryMs <= most,
    ),
    watched(drill, '/result/lost', lost, 'no order lost', lost === 0),
  ];
}

/** Aurora promotes the reader of the lowest tier; the last in the order, 15, is for those that should not be. */
function readerEvidence(graph: Assembly, cluster: Resource): readonly Evidence[] {
  const [writer, ...readers] = [...instancesOf(graph, cluster)].sort((left, right) => tierOf(left) - tierOf(right));
  if (writer === undefined || readers.length === 0) {
    return [
      seen(graph, cluster, [], writer === undefined ? 'no instance' : 'one instance', 'a writer and a reader', false),
    ];
  }
  const size = ({ properties }: Resource) => literal(properties.DBInstanceClass);
  const [first] = readers;
  return [
    seen(graph, cluster, [], `${readers.length + 1} instances`, 'a writer and a reader', true),
    ...(first === undefined
      ? []
      : [
          seen(graph, first, ['PromotionTier'], tierOf(first), '0 or 1: the first to be promoted', tierOf(first) <= 1),
          seen(graph, first, ['DBInstanceClass'], size(first), size(writer), size(first) === size(writer)),
        ]),
  ];
}

/** Aurora's default is 1. */
const tierOf = ({ properties }: Resource): number => Number(literal(properties.PromotionTier) ?? 1);

/** Whoever is told an instance's own address goes on asking the one that died. */
function addressEvidence(graph: Assembly, cluster: Resource): readonly Evidence[] {
  const instances = instancesOf(graph, cluster);
  const isInstance = (value: Value) =>
    instances.some((instance) => pointsAt(value, instance)) ||
    (isReference(value) && value.attribute?.startsWith('ReadEndpoint'));
  return tellings(graph)
    .filter(({ value }) => pointsAt(value, cluster) || isInstance(value))
    .filter(({ value }) => !isReference(value) || value.attribute !== 'Endpoint.Port')
    .map(({ resource, path, name, value }) =>
      seen(
        graph,
        resource,
        path,
        `${name}: ${isInstance(value) ? "one instance's own address" : "the cluster's address"}`,
        "the cluster's address",
        !isInstance(value),
      ),
    );
}
