// Starts the metrics of a task; those of functions are Lambda's own.
import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { type Collector, collectorPatience, type Telemetry } from '../clients/start-tracing.ts';

/** Milliseconds between two reports. */
const interval = 60_000;

/** Reports to the collector; without one nothing is counted. */
export function startMetrics({ endpoint, service }: Collector): Telemetry | undefined {
  if (endpoint === undefined) return undefined;
  const exporter = new OTLPMetricExporter({ url: `${endpoint}/v1/metrics`, timeoutMillis: collectorPatience });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: interval })],
  });
  metrics.setGlobalMeterProvider(provider);
  return {
    flush: () => provider.forceFlush().catch(() => {}),
    stop: () => provider.shutdown().catch(() => {}),
  };
}
