// The latch as a metric, which an alarm and through it Route 53 read: 1 while traffic is held in the standby region, else 0.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Latch } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type Places, placeOf } from './places.ts';

export function metricLatch(places: Places): Latch {
  const metrics = new CloudWatchClient(clientOptions(placeOf(places, 'standby').region));
  return {
    async publish(serving) {
      await metrics.send(
        new PutMetricDataCommand({
          Namespace: places.LATCH_NAMESPACE,
          MetricData: [
            {
              MetricName: places.LATCH_METRIC,
              Dimensions: [{ Name: 'Environment', Value: places.ENVIRONMENT }],
              Value: serving === 'standby' ? 1 : 0,
            },
          ],
        }),
      );
    },
  };
}
