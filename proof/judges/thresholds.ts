// What a threshold of the document is in the unit that CloudWatch counts in.
import { type Assembly, literal } from '../../assembly/graph.ts';
import { auroraClass } from '../../aws/instance-classes.ts';
import type { Alarm } from '../../design/schema.ts';
import { parameterOf } from './compute.ts';
import type { CloudWatchMetric, Member } from './metrics.ts';
import { ofType, pointsAt } from './relations.ts';

const bytes = { GB: 2 ** 30, MB: 2 ** 20 } as const;

/** Local storage in GiB from which on an instance has room for the document's thresholds. */
const roomy = 20;

/** MON-12: a class without that room warns at half of its own storage, in whole GiB, and is critical at a quarter. */
function ownStorage({ resource }: Member, severity: 'warning' | 'critical'): number | undefined {
  const size = auroraClass(String(literal(resource.properties.DBInstanceClass)))?.localStorageGiB;
  if (size === undefined || size >= roomy) return undefined;
  return (Math.floor(size) / (severity === 'warning' ? 2 : 4)) * bytes.GB;
}

/**
 * The threshold of a row in CloudWatch's unit; `undefined` when it hangs on something that the templates do not settle, or when the
 * row has none of that severity.
 */
export function thresholdValue(
  graph: Assembly,
  member: Member,
  { unit, name }: CloudWatchMetric,
  alarm: Alarm,
  severity: 'warning' | 'critical',
): number | undefined {
  const threshold = alarm[severity];
  if (threshold === undefined) return undefined;
  const { value } = threshold;
  switch (threshold.unit) {
    case 's':
      return unit === 'milliseconds' ? value * 1000 : value;
    case 'ms':
      return unit === 'seconds' ? value / 1000 : value;
    case 'GB':
    case 'MB':
      return (name === 'FreeLocalStorage' ? ownStorage(member, severity) : undefined) ?? value * bytes[threshold.unit];
    case '% of max': {
      const cluster = ofType(graph, 'AWS::RDS::DBCluster').find((candidate) =>
        pointsAt(member.resource.properties.DBClusterIdentifier, candidate),
      );
      const most = cluster === undefined ? undefined : literal(parameterOf(graph, cluster, 'max_connections'));
      return most === undefined || Number.isNaN(Number(most)) ? undefined : (value / 100) * Number(most);
    }
    default:
      return value;
  }
}
