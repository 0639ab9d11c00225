// The latch as a metric, which an alarm and through it Route 53 read: 1 while traffic is held in the standby region, else 0.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Latch } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

export function metricLatch(variables: RecoveryVariables): Latch {
  const metrics = new CloudWatchClient(clientOptions(resourcesOf(variables, 'standby').region));
  return {
    async publish(serving) {
      await metrics.send(
        new PutMetricDataCommand({
          Namespace: variables.LATCH_NAMESPACE,
          MetricData: [
            {
              MetricName: variables.LATCH_METRIC,
              Dimensions: [{ Name: 'Environment', Value: variables.ENVIRONMENT }],
              Value: serving === 'standby' ? 1 : 0,
            },
          ],
        }),
      );
    },
  };
}
