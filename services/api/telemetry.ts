// What a request looks like from outside: a span, and a line in the log with route, status and duration. The load balancer counts the rest.
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | undefined;
  }
}

/** Health checks come every few seconds from every load balancer: neither traced nor logged. */
const quiet = /^\/health\//;

/**
 * Watches every request but health checks. Names are those of OpenTelemetry's semantic conventions
 * (https://opentelemetry.io/docs/specs/semconv/http/).
 */
export function observeRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer('orders-api');
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
    const level = status >= 500 ? 'error' : 'info';
    request.log[level](
      { method: request.method, route, status, ms: Math.round(elapsedTime), trace_id: span.spanContext().traceId },
      'request',
    );
    done();
  });
}
