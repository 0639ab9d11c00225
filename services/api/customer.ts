// Lets in who has a token, and tells the routes whose orders they may show.
import type { FastifyRequest } from 'fastify';
import type { Authenticate } from '../clients/authentication.ts';
import { ProblemError } from './problems.ts';

/** A hook that sets `request.customer`, or refuses. */
export function requireCustomer(authenticate: Authenticate): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const local = request.headers['x-customer'];
    const caller = await authenticate(request.headers.authorization, typeof local === 'string' ? local : undefined);
    if ('customer' in caller) {
      request.customer = caller.customer;
      return;
    }
    if (caller.refused === 'keys-unavailable') {
      throw new ProblemError(503, 'issuer-unavailable', caller.reason, { 'retry-after': '5' });
    }
    const challenge = caller.refused === 'no-token' ? 'Bearer' : 'Bearer error="invalid_token"';
    throw new ProblemError(401, 'unauthorized', caller.reason, { 'www-authenticate': challenge });
  };
}
