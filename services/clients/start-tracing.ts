// Starts tracing. Without a collector, trace ids still go through logs and messages, and nothing is recorded.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export interface Collector {
  /** Base address of an OTLP/HTTP receiver, without a slash at its end; absent: nothing is sent. */
  readonly endpoint: string | undefined;
  readonly service: string;
  /** The part of traces that is kept, where the caller did not decide; 0 to 1. */
  readonly ratio: number;
}

/** What gathers telemetry. A collector that is away keeps neither of these from ending well. */
export interface Telemetry {
  /** Sends what has not been sent yet. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds that a collector beside us has to answer. */
const collectorTimeout = 2_000;

export function startTracing({ endpoint, service, ratio }: Collector): Telemetry {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new ParentBasedSampler({
      root: endpoint === undefined ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio),
    }),
    spanProcessors: endpoint === undefined ? [] : [sendTo(`${endpoint}/v1/traces`)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    flush: () => provider.forceFlush().catch(() => {}),
    stop: () => provider.shutdown().catch(() => {}),
  };
}

function sendTo(url: string): BatchSpanProcessor {
  return new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url, timeoutMillis: collectorTimeout }) });
}
