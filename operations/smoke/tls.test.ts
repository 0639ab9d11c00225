// Real handshakes with real servers: which versions each of them takes is set, and what the check says of it must be so.
import { once } from 'node:events';
import { createServer as createPlainServer, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, expect, test } from 'vitest';
import { checkTls } from './tls.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

const certificate = generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });

async function listen(server: Server): Promise<string> {
  servers.push(server);
  // A greeting that is turned away is what these servers are for.
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function serverOf(versions: Pick<TlsOptions, 'minVersion' | 'maxVersion'>): Promise<string> {
  const { private: key, cert } = await certificate;
  return listen(createServer({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0', ...versions }));
}

const findingsOf = async (url: string, origin?: string) => {
  const findings = await checkTls({ url, inspections: { origin: async () => origin } });
  return findings.map(({ is, verdict, facts }) => `${verdict} ${is} ${'version' in facts ? facts.version : ''}`.trim());
};
test.each([
  [{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }, ['ok tlsOffered']],
  [{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, ['ok tlsOffered']],
  [{ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.3' }, ['fail tlsTooOld TLSv1.1']],
  [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.2' }, ['fail tlsTooOld TLSv1', 'fail tlsTooOld TLSv1.1']],
  [{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }, ['fail tlsMissing TLSv1.2']],
] as const)('AC-SEC-3: a server of %j is found to be one', async (versions, expected) => {
  expect(await findingsOf(await serverOf(versions))).toEqual(expected);
});

test('AC-SEC-3: the load balancer behind CloudFront is greeted, too', async () => {
  const [edge, origin] = [await serverOf({ minVersion: 'TLSv1.2' }), await serverOf({ minVersion: 'TLSv1.1' })];
  expect(await findingsOf(edge, origin)).toEqual(['ok tlsOffered', 'fail tlsTooOld TLSv1.1']);
});

test('a server that hangs up on old greetings refuses them; one that hangs up on all of them is no good', async () => {
  const url = await listen(createPlainServer((socket) => socket.destroy()));
  expect(await findingsOf(url)).toEqual(['fail tlsMissing TLSv1.2']);
});

test('where nobody answers, no version counts as refused', async () => {
  const url = await listen(createPlainServer());
  const server = servers.pop();
  server?.close();
  if (server !== undefined) await once(server, 'close');
  expect(await findingsOf(url)).toEqual([
    'unknown tlsUntold TLSv1',
    'unknown tlsUntold TLSv1.1',
    'fail tlsMissing TLSv1.2',
  ]);
});

test('an address without TLS fails', async () => {
  expect(await findingsOf('http://127.0.0.1:1')).toEqual(['fail notEncrypted']);
});
