// Who calls: the subject of a bearer token that the configured issuer signed for us. Keys are fetched once and kept.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';

/** The customer that an `Authorization` header speaks for; a refusal otherwise. */
export type Authenticate = (authorization: string | undefined, localCustomer: string | undefined) => Promise<Caller>;

type Caller =
  | { readonly customer: string }
  /** `reason` may be shown to the caller. */
  | { readonly refused: 'no-token' | 'bad-token' | 'keys-unavailable'; readonly reason: string };

interface AuthenticationVariables {
  readonly AUTHENTICATION: 'jwt' | 'off';
  readonly JWT_ISSUER?: string | undefined;
  readonly JWT_AUDIENCE?: string | undefined;
  readonly JWKS_URL?: string | undefined;
}

/** Only signatures that nobody but the issuer can make. */
const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
/** Clocks may differ by so many seconds. */
const clockTolerance = 5;
/**
 * Who a customer can be: text and nothing that becomes text (a number, a list), as the database keeps it. It stores no NUL, and would make
 * one character of all halves of a surrogate pair, so that two customers became one.
 */
const subject = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,255}$/u);
/** Milliseconds that an issuer has to answer. */
const timeout = 2_000;

export function authenticator(variables: AuthenticationVariables): Authenticate {
  if (variables.AUTHENTICATION === 'off') return async (_, customer) => ({ customer: customer ?? 'local' });
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWKS_URL: url } = variables;
  if (issuer === undefined || audience === undefined) throw new Error('authentication needs an issuer and an audience');
  const keys = keySet(issuer, url);

  return async (authorization) => {
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) return { refused: 'no-token', reason: 'A bearer token is needed.' };
    try {
      const options = { issuer, audience, algorithms, clockTolerance, requiredClaims: ['sub', 'exp'] };
      const { payload } = await jwtVerify(token, await keys(), options);
      const { success, data: customer } = subject.safeParse(payload.sub);
      return success ? { customer } : { refused: 'bad-token', reason: 'The token names no customer.' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { refused: 'bad-token', reason: 'The token has expired.' };
      return isAboutToken(error)
        ? { refused: 'bad-token', reason: 'The token is not valid here.' }
        : { refused: 'keys-unavailable', reason: "The token's issuer cannot be reached now." };
    }
  };
}

/** Errors of jose are about the token, but for those of fetching the keys. */
function isAboutToken(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  // What jose throws when the issuer answers something other than keys has the general code.
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

type Keys = ReturnType<typeof createRemoteJWKSet>;

/** The issuer's keys, found on the first call; a failure to find them is not remembered. */
function keySet(issuer: string, url: string | undefined): () => Promise<Keys> {
  let found: Promise<Keys> | undefined;
  const find = async () =>
    createRemoteJWKSet(new URL(url ?? (await discover(issuer))), {
      timeoutDuration: timeout,
      cacheMaxAge: 600_000,
      cooldownDuration: 30_000,
    });
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return z.object({ jwks_uri: z.url() }).parse(await response.json()).jwks_uri;
}
