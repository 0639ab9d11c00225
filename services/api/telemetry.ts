// What a request looks like from outside: a span, a line in the log, and the three numbers of RED (rate, errors, duration).
import { context, metrics, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | undefined;
  }
}

/** Health checks come every few seconds from every load balancer: neither traced nor logged. */
const quiet = /^\/health\//;

/**
 * Watches every request but health checks. Rate and errors are the count of the histogram, by status; names are those of
 * OpenTelemetry's semantic conventions (https://opentelemetry.io/docs/specs/semconv/http/).
 */
export function observeRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer('orders-api');
  const duration = metrics.getMeter('orders-api').createHistogram('http.server.request.duration', {
    unit: 's',
    description: 'Duration of HTTP requests',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] },
  });
  app.decorateRequest('span', undefined);

  app.addHook('onRequest', (request, _, done) => {
    if (quiet.test(request.url)) return done();
    const parent = propagation.extract(context.active(), request.headers);
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    request.span = span;
    context.with(trace.setSpan(parent, span), done);
  });

  // The body arrives in events of the socket, outside of what `onRequest` began.
  app.addHook('preHandler', (request, _, done) => {
    if (request.span === undefined) return done();
    context.with(trace.setSpan(context.active(), request.span), done);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const traceId = request.span?.spanContext().traceId;
    if (traceId !== undefined) reply.header('trace-id', traceId);
    done(null, payload);
  });

  app.addHook('onResponse', (request, reply, done) => {
    const { span } = request;
    if (span === undefined) return done();
    const { statusCode: status, elapsedTime } = reply;
    const route = request.routeOptions.url ?? 'unknown';
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    duration.record(elapsedTime / 1000, {
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': status,
    });
    const level = status >= 500 ? 'error' : 'info';
    request.log[level](
      { method: request.method, route, status, ms: Math.round(elapsedTime), trace_id: span.spanContext().traceId },
      'request',
    );
    done();
  });
}
