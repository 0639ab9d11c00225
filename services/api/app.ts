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
import { answerWithProblems, ProblemError } from './problems.ts';
import { answerUnreadable, answerUnroutable, refuseOddHeaders, refuseOtherMethods } from './refusals.ts';
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

/** Milliseconds that a request may take to arrive; after that its sender is told so, and nobody counts it as a fault of ours. */
const arrivalBudget = 5_000;
/** Milliseconds between two looks at who is late. */
const arrivalCheck = 500;
/** Milliseconds after which a request that has arrived ends, whatever it waits for. */
const requestBudget = 5_000;
/** What is kept of that for the answer itself. */
const answerShare = 250;
/** Bytes; the longest order of all is shorter, and the firewall's limit for bodies is the same. */
const longestBody = 16 * 1024;
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
  const refuseTheRest = refuseOtherMethods(app);
  // Who sends slowly uses up time of their own: the deadline of the work begins when the request is there.
  const begin = (request: FastifyRequest) => {
    request.deadline = deadlineIn(requestBudget - answerShare);
  };
  app.addHook('onRequest', async (request) => begin(request));
  app.addHook('preValidation', async (request) => begin(request));
  observeRequests(app);
  answerWithProblems(app);
  refuseOddHeaders(app);
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
  refuseTheRest();
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
  const http = {
    maxHeaderSize: longestHeaders,
    // Set later, as Fastify sets it, Node measures heads by it and no bodies.
    requestTimeout: arrivalBudget,
    // Node looks every 30 s unless told otherwise.
    connectionsCheckingInterval: arrivalCheck,
    // A request without `Host` gets a problem of ours: Node's own answer is empty.
    requireHostHeader: false,
  };
  if (certificate === undefined) return Fastify({ ...options, http });
  const https = { ...certificate, ...http, minVersion: 'TLSv1.2' as const };
  // The type knows which kind of server is below; the routes need not.
  return Fastify({ ...options, https } as FastifyServerOptions) as FastifyInstance;
}

function serverOptions({ logLevel }: ApiParts): FastifyServerOptions {
  return {
    logger: { level: logLevel, mixin: traceOfLog, base: null, serializers: { err: describeError } },
    // Our own line for each request has neither query nor headers, where tokens and names could be.
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    bodyLimit: longestBody,
    requestTimeout: arrivalBudget,
    // Counted from the request's first byte; the deadline that the work has been given ends before.
    handlerTimeout: arrivalBudget + arrivalCheck + requestBudget,
    // Longer than the load balancer's idle timeout of 60 s, so that it never sends into a connection that is being closed.
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: answerUnroutable,
  };
}

/** An error for the log. PostgreSQL's `detail` and `where` quote rows, and are left out. */
function describeError(error: Error): { type: string; message: string; stack: string; code?: string; cause?: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    code,
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
