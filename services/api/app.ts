// The API: routes over parts that are handed in, so that tests hand in real ones on this machine and `server.ts` those of AWS.
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import type { Answers } from '../clients/answers.ts';
import type { Authenticate } from '../clients/authentication.ts';
import type { Bucket } from '../clients/bucket.ts';
import type { Database } from '../clients/database.ts';
import { type Deadline, deadlineIn } from '../clients/deadline.ts';
import type { OrderCache } from '../clients/order-cache.ts';
import { traceOfLog } from '../clients/tracing.ts';
import { orderReader } from '../orders/read-order.ts';
import type { Identity } from './certificate.ts';
import { requireCustomer } from './customer.ts';
import { openApi } from './openapi.ts';
import { answerWithProblems, ProblemError, rawProblem } from './problems.ts';
import { getOrderRoute } from './routes/get-order.ts';
import { getReceiptRoute } from './routes/get-receipt.ts';
import { healthRoutes } from './routes/health.ts';
import { listOrdersRoute } from './routes/list-orders.ts';
import { placeOrderRoute } from './routes/place-order.ts';
import { observeRequests } from './telemetry.ts';

export interface ApiParts {
  readonly database: Database;
  /** Absent where the platform has none: reads then go to the database. */
  readonly cache?: OrderCache | undefined;
  /** Absent where the platform has none: repeated requests are then answered from the database. */
  readonly answers?: Answers | undefined;
  readonly bucket: Bucket;
  readonly authenticate: Authenticate;
  /** Requests of one customer in a minute, in this process. */
  readonly ratePerMinute: number;
  /** Called when there is an order to tell of. */
  readonly wakeRelay: () => void;
  readonly certificate?: Identity;
  readonly logLevel: string;
}

/** Milliseconds after which a request ends, whatever it waits for. */
const requestBudget = 5_000;
/** What is kept of that for the answer itself. */
const answerShare = 250;
const longestBody = 64 * 1024;
const longestHeaders = 8 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** Until when its caller waits. */
    deadline: Deadline;
    /** Whose orders it may see; set on every route that needs a token. */
    customer: string;
  }
}

export async function buildApp(parts: ApiParts): Promise<FastifyInstance> {
  const app = createServer(parts);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('deadline');
  app.decorateRequest('customer', '');
  app.addHook('onRequest', (request, _, done) => {
    request.deadline = deadlineIn(requestBudget - answerShare);
    done();
  });
  observeRequests(app);
  answerWithProblems(app);
  await app.register(swagger, openApi);

  healthRoutes(app, parts);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(async (api) => {
    api.addHook('onRequest', requireCustomer(parts.authenticate));
    await api.register(rateLimit, {
      max: parts.ratePerMinute,
      timeWindow: 60_000,
      hook: 'preValidation',
      keyGenerator: (request: FastifyRequest) => request.customer,
      errorResponseBuilder: () => tooMany,
    });
    placeOrderRoute(api, parts);
    getOrderRoute(api, orderReader(parts.database, parts.cache));
    listOrdersRoute(api, parts);
    getReceiptRoute(api, parts);
  });
  return app;
}

const tooMany = new ProblemError(
  429,
  'too-many-requests',
  'This customer sends more requests than are allowed in a minute.',
);

/** With TLS or, for measurements and tests of routes alone, without. */
function createServer(parts: ApiParts): FastifyInstance {
  const options = serverOptions(parts);
  const { certificate } = parts;
  if (certificate === undefined) return Fastify({ ...options, http: { maxHeaderSize: longestHeaders } });
  const https = { ...certificate, maxHeaderSize: longestHeaders, minVersion: 'TLSv1.2' as const };
  // The type knows which kind of server is below; the routes need not.
  return Fastify({ ...options, https } as FastifyServerOptions) as FastifyInstance;
}

function serverOptions({ logLevel }: ApiParts): FastifyServerOptions {
  return {
    logger: { level: logLevel, mixin: traceOfLog, base: null, serializers: { err: describeError } },
    // Our own line for each request has neither query nor headers, where tokens and names could be.
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    bodyLimit: longestBody,
    requestTimeout: 10_000,
    handlerTimeout: requestBudget,
    // Longer than the load balancer's idle timeout of 60 s, so that it never sends into a connection that is being closed.
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    clientErrorHandler(error, socket) {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return;
      }
      const [status, slug, detail] =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? ([431, 'headers-too-large', 'The request’s headers are longer than 8 kB.'] as const)
          : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
            ? ([408, 'request-timeout', 'The request took too long to arrive.'] as const)
            : ([400, 'unreadable-request', 'This is not HTTP.'] as const);
      socket.end(rawProblem(status, slug, detail));
    },
  };
}

/** An error for the log. PostgreSQL's `detail` and `where` quote rows, and are left out. */
function describeError(error: Error): { type: string; message: string; stack: string; code?: string; cause?: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
