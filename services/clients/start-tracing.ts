// Starts tracing and metrics. Without a collector, trace ids still go through logs and messages, and nothing is recorded.
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export interface Collector {
  /** Base address of an OTLP/HTTP receiver; absent: nothing is sent. */
  readonly endpoint: string | undefined;
  readonly service: string;
  /** The part of traces that is kept, where the caller did not decide; 0 to 1. */
  readonly ratio: number;
}

export interface Tracing {
  /** Sends what has not been sent yet. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds between two reports of the metrics. */
const metricInterval = 60_000;

export function startTracing({ endpoint, service, ratio }: Collector): Tracing {
  const resource = resourceFromAttributes({ 'service.name': service });
  const base = endpoint?.replace(/\/$/, '');
  const spanProcessors =
    base === undefined
      ? []
      : [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }) })];
  const root = base === undefined ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
  const tracerProvider = new TracerProvider({ resource, spanProcessors, sampler: new ParentBasedSampler({ root }) });
  const readers =
    base === undefined
      ? []
      : [
          new PeriodicExportingMetricReader({
            exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
            exportIntervalMillis: metricInterval,
          }),
        ];
  const meterProvider = new MeterProvider({ resource, readers });

  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);
  const both = (action: (provider: TracerProvider | MeterProvider) => Promise<void>) =>
    // A collector that is away must not keep a task or a function from ending.
    Promise.allSettled([action(tracerProvider), action(meterProvider)]).then(() => {});
  return {
    flush: () => both((provider) => provider.forceFlush()),
    stop: () => both((provider) => provider.shutdown()),
  };
}
