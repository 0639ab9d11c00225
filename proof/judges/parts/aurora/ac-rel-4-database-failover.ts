// AC-REL-4: a reader stands ready to become the writer: as large, first in the order of promotion, and behind an address that follows the
// writer. How long the change takes a drill has to show.

import { type Assembly, isReference, literal, type Resource, type Value } from '../../../../assembly/graph.ts';
import {
  instancesOf,
  lastTier,
  possibleInstancesOf,
  promotionOrder,
  usualTier,
} from '../../../../assembly/questions/compute.ts';
import { tellings } from '../../../../assembly/questions/containers.ts';
import { pointsAt, textHolds } from '../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { drillOf, watched, whyNone } from '../../runtime-results.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { auroraClusters } from './ac-rel-1-database-zones.ts';

export const databaseFailover: CriterionJudge = {
  id: 'AC-REL-4',
  of: ['aurora'],
  about: ['aurora'],
  deviation: ({ design, environment }) =>
    perEnvironment(design.sizes, environment).aurora.instances > 1 ? undefined : 'ADR-012',
  judge: judgeFailover,
};

function judgeFailover({ graph, design, environment, criterion, runtime }: CriterionCase): Finding {
  const most = criterion.figures.milliseconds;
  if (most === undefined) return unread('figureSpan');
  const { clusters, unknown } = auroraClusters(graph);
  if (clusters.length === 0 && unknown.length === 0) return noneOf(graph, shared.noAuroraCluster);
  if (perEnvironment(design.sizes, environment).aurora.instances === 1) {
    return { notApplicable: said.noReaderInDocument({ environment }) };
  }
  const evidence = [
    ...unknown,
    ...clusters.flatMap((cluster) => [...readerEvidence(graph, cluster), ...addressEvidence(graph, cluster)]),
  ];
  const drill = drillOf(runtime, 'database');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill database'), evidence };
  const { recoveryMs, lost } = drill.result;
  const isInTime = recoveryMs !== null && recoveryMs <= most;
  return [
    ...evidence,
    watched(drill, '/result/recoveryMs', recoveryMs ?? shared.never, said.withinSpan({ most }), isInTime),
    watched(drill, '/result/lost', lost, shared.noOrderLost, lost === 0),
  ];
}

/** Aurora promotes the reader of the lowest tier; the last in the order, 15, is for those that should not be. */
function readerEvidence(graph: Assembly, cluster: Resource): readonly Observation[] {
  const [writer, first, ...others] = promotionOrder(graph, cluster);
  const expected = said.writerAndReader;
  if (writer === undefined || first === undefined) {
    const observed = writer === undefined ? said.noInstance : said.instancesCounted({ count: 1 });
    return [
      on(cluster).holds(possibleInstancesOf(graph, cluster).length > 0 ? undefined : false, { expected, observed }),
    ];
  }
  const size = writer.properties.DBInstanceClass;
  const isAsLarge = textHolds(first.properties.DBInstanceClass, (own) => own === String(literal(size)));
  return [
    on(cluster).holds(true, { expected, observed: said.instancesCounted({ count: others.length + 2 }) }),
    // Of a single reader the tier does not matter, unless it grows with the writer (serverless) or is the last.
    on(first)
      .property('PromotionTier')
      .otherwise(usualTier)
      .isAtMost(others.length > 0 || size === 'db.serverless' ? 1 : lastTier - 1, said.firstTier),
    on(first)
      .property('DBInstanceClass')
      .holds(literal(size) === undefined ? undefined : isAsLarge, { expected: size ?? null }),
  ];
}

/** Whoever is told an instance's own address goes on asking the one that died. */
function addressEvidence(graph: Assembly, cluster: Resource): readonly Observation[] {
  const instances = instancesOf(graph, cluster);
  const isInstance = (value: Value) =>
    instances.some((instance) => pointsAt(value, instance)) ||
    (isReference(value) && value.attribute?.startsWith('ReadEndpoint'));
  return tellings(graph)
    .filter(({ value }) => pointsAt(value, cluster) || isInstance(value))
    .filter(({ value }) => !isReference(value) || value.attribute !== 'Endpoint.Port')
    .map(({ resource, path, name: variable, value }) =>
      on(resource)
        .property(...path)
        .holds(!isInstance(value), {
          expected: said.clusterAddress,
          observed: isInstance(value) ? said.toldInstanceAddress({ variable }) : said.toldClusterAddress({ variable }),
        }),
    );
}
