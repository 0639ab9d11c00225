import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../api/app.ts';
import { type Authenticate, authenticator } from './authentication.ts';
import { authenticationVariables, checkAuthentication, readEnvironment } from './environment.ts';

/** An issuer on this machine: its configuration, its keys, and how often it was asked. */
const issuer = { url: '', asked: 0, broken: false };
let server: Server;
let authenticate: Authenticate;
const [ours, theirs] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);

beforeAll(async () => {
  const keys = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  server = createServer((request, response) => {
    issuer.asked++;
    if (issuer.broken) return response.writeHead(500).end();
    const body = request.url === '/keys' ? keys : { jwks_uri: `${issuer.url}/keys` };
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  authenticate = authenticator({ AUTHENTICATION: 'jwt', JWT_ISSUER: issuer.url, JWT_AUDIENCE: 'orders' });
});
afterAll(() => server?.close());

const now = () => Math.floor(Date.now() / 1000);
const token = (claims: object = {}, key = ours.privateKey, header: object = {}) =>
  new SignJWT({ iss: issuer.url, aud: 'orders', sub: 'anne', exp: now() + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
    .sign(key);

describe('a bearer token', () => {
  test('of the issuer, for us, lets its subject in; the keys are fetched once', async () => {
    for (let count = 0; count < 20; count++)
      expect(await authenticate(`Bearer ${await token()}`, undefined)).toEqual({ customer: 'anne' });
    expect(issuer.asked).toBe(2);
  });

  test('the local header is worth nothing beside it', async () => {
    expect(await authenticate(`Bearer ${await token()}`, 'bob')).toEqual({ customer: 'anne' });
    expect(await authenticate(undefined, 'bob')).toMatchObject({ refused: 'no-token' });
  });

  const unsigned = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{"sub":"anne"}').replaceAll('=', '')}.x`;
  test.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['another scheme', () => 'Basic YW5uZTpwYXNzd29yZA=='],
    ['no signature', () => `Bearer ${unsigned}`],
    ["somebody else's signature", async () => `Bearer ${await token({}, theirs.privateKey)}`],
    ['an unknown key', async () => `Bearer ${await token({}, ours.privateKey, { kid: 'k2' })}`],
    ['another issuer', async () => `Bearer ${await token({ iss: 'https://evil.example' })}`],
    ['another audience', async () => `Bearer ${await token({ aud: 'payroll' })}`],
    ['an end in the past', async () => `Bearer ${await token({ exp: now() - 60 })}`],
    ['no end', async () => `Bearer ${await token({ exp: undefined })}`],
    ['a beginning in the future', async () => `Bearer ${await token({ nbf: now() + 60 })}`],
    ['no subject', async () => `Bearer ${await token({ sub: undefined })}`],
    ['an empty subject', async () => `Bearer ${await token({ sub: '' })}`],
    ['a number for a subject', async () => `Bearer ${await token({ sub: 42 })}`],
    ['a list for a subject', async () => `Bearer ${await token({ sub: ['anne'] })}`],
    ['an object for a subject', async () => `Bearer ${await token({ sub: { toString: 'anne' } })}`],
    ['a subject of 256 letters', async () => `Bearer ${await token({ sub: 'a'.repeat(256) })}`],
    ['a subject with half a character', async () => `Bearer ${await token({ sub: 'a\ud83d' })}`],
    ['a subject with a NUL in it', async () => `Bearer ${await token({ sub: 'a\u0000' })}`],
    [
      'a changed payload',
      async () => `Bearer ${(await token()).replace(/\.[^.]+\./, `.${btoa('{"sub":"bob"}').replaceAll('=', '')}.`)}`,
    ],
  ])('%s is refused', async (_, authorization) => {
    expect(await authenticate(await authorization(), undefined)).toHaveProperty(
      'refused',
      expect.stringMatching(/^(no|bad)-token$/),
    );
  });

  test('an issuer that is away is not the token’s fault, and is asked again', async () => {
    issuer.broken = true;
    const fresh = authenticator({ AUTHENTICATION: 'jwt', JWT_ISSUER: issuer.url, JWT_AUDIENCE: 'orders' });
    const authorization = `Bearer ${await token()}`;
    expect(await fresh(authorization, undefined)).toMatchObject({ refused: 'keys-unavailable' });
    issuer.broken = false;
    expect(await fresh(authorization, undefined)).toEqual({ customer: 'anne' });
  });
});

describe('the API behind it', () => {
  test('asks for a token on every route but health and its description, and logs neither token nor body', async () => {
    const lines: string[] = [];
    const write = process.stdout.write;
    process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof process.stdout.write;
    const never = () => Promise.reject(new Error('a secret of the database'));
    const app = await buildApp({
      database: { query: never, transaction: never, close: never },
      bucket: { read: never, write: never },
      authenticate,
      ratePerMinute: 100,
      wakeRelay: () => {},
      logLevel: 'debug',
    });
    try {
      const bad = await token({ exp: now() - 60 });
      const id = '00000000-0000-4000-8000-000000000000';
      for (const [method, url] of [
        ['POST', '/orders'],
        ['GET', '/orders'],
        ['GET', `/orders/${id}`],
        ['GET', `/orders/${id}/receipt`],
      ] as const) {
        const response = await app.inject({ method, url, headers: { authorization: `Bearer ${bad}` } });
        expect([response.statusCode, response.headers['www-authenticate']]).toEqual([
          401,
          'Bearer error="invalid_token"',
        ]);
      }
      expect((await app.inject('/health/live')).statusCode).toBe(200);
      expect((await app.inject('/openapi.json')).statusCode).toBe(200);

      const good = await token();
      const failed = await app.inject({
        method: 'POST',
        url: '/orders?secret=query',
        headers: { authorization: `Bearer ${good}`, 'idempotency-key': 'a-secret-key' },
        payload: { reference: 'a-secret-body', items: [{ sku: 'tea', quantity: 1, unitPrice: 1 }] },
      });
      expect(failed.statusCode).toBe(500);
      expect(failed.body).not.toContain('secret');
      const log = lines.join('');
      expect(log).toContain('a request failed');
      for (const secret of [good, bad, 'a-secret-key', 'a-secret-body', 'secret=query'])
        expect(log).not.toContain(secret);
    } finally {
      process.stdout.write = write;
      await app.close();
    }
  });
});

describe('authentication off', () => {
  const read = (variables: Record<string, string>) =>
    readEnvironment(z.object(authenticationVariables), variables, checkAuthentication);

  test('is refused on AWS', () => {
    expect(() => read({ AUTHENTICATION: 'off', AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' })).toThrow('local runs only');
    expect(read({ AUTHENTICATION: 'off' })).toMatchObject({ AUTHENTICATION: 'off' });
  });

  test('is never what a missing variable means', () => {
    expect(() => read({})).toThrow(/JWT_ISSUER: is missing[\s\S]*JWT_AUDIENCE: is missing/);
  });
});
