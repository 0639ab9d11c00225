// Claims about the placeholder server: it speaks TLS 1.2 or newer with a certificate of its own making, and promises nothing it cannot do.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type RequestOptions, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from './certificate.ts';
import { placeholderServer } from './placeholder.ts';

let server: Server;

beforeAll(async () => {
  server = placeholderServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

async function call(path: string, options: RequestOptions = {}) {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false, ...options });
  sent.end();
  const [response] = await once(sent, 'response');
  const protocol = response.socket instanceof TLSSocket ? response.socket.getProtocol() : undefined;
  return { status: response.statusCode, type: response.headers['content-type'], protocol, body: await text(response) };
}

describe('the server', () => {
  test.each([
    ['/health/live', '{"status":"alive"}'],
    ['/health/ready', '{"status":"ready"}'],
    ['/health/live?from=elb', '{"status":"alive"}'],
  ])('answers %s over TLS', async (path, body) => {
    expect(await call(path)).toMatchObject({ status: 200, protocol: 'TLSv1.3', body });
  });

  test('speaks TLS 1.2, and nothing older (AC-SEC-3)', async () => {
    const old: RequestOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await call('/health/live', { maxVersion: 'TLSv1.2' })).toMatchObject({ protocol: 'TLSv1.2' });
    await expect(call('/health/live', old)).rejects.toThrow(/version|alert/i);
  });

  test('says of every other call that it does not do it yet', async () => {
    expect(await call('/orders', { method: 'POST' })).toMatchObject({ status: 501, type: 'application/problem+json' });
  });
});

test('the certificate is valid X.509, signed by its own key, for ever', () => {
  const { cert, key } = selfSigned('a task');
  const certificate = new X509Certificate(cert);
  expect(certificate.subject).toBe('CN=a task');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.validToDate.getUTCFullYear()).toBe(9999);
  expect(key).not.toBe(selfSigned('a task').key);
});
