// One trace through everything that an order touches: spans around calls, and the trace context that messages carry along.
import { type Attributes, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** The message attribute that carries the trace context. */
export const traceAttribute = 'traceparent';

const tracer = trace.getTracer('orders');

/** Runs `work` in a span of its own that ends with it; an error marks the span and goes on. */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  kind = SpanKind.CLIENT,
): Promise<T> {
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The W3C `traceparent` of what is being done now. */
export function currentTrace(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Goes on with the trace that a message brought along, in a span for its work. */
export function continued<T>(traceparent: string | undefined, name: string, work: () => Promise<T>): Promise<T> {
  const parent = propagation.extract(context.active(), traceparent === undefined ? {} : { traceparent });
  return context.with(parent, () => traced(name, {}, work, SpanKind.CONSUMER));
}

/** For log lines: which trace they belong to. */
export function traceOfLog(): { trace_id?: string } {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId === undefined ? {} : { trace_id: traceId };
}
