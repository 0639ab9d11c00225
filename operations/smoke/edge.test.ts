// Whether the way round CloudFront would be noticed: two servers of our own stand for it and for the load balancer.
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { generate } from 'selfsigned';
import { afterEach, expect, test } from 'vitest';
import { checkEdge } from './edge.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

const made = generate([{ name: 'commonName', value: 'localhost' }], {
  keySize: 2048,
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});

async function answering(status: number, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { private: key, cert } = await made;
  const server = createServer({ key, cert }, (_, response) => response.writeHead(status, headers).end());
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const cloudFront = { 'x-amz-cf-id': 'of-this-request' };

test.each([
  ['CloudFront answers and the load balancer does not', cloudFront, 403, ['ok throughEdge']],
  ['somebody else answers', {}, 403, ['fail notThroughEdge']],
  ['the load balancer answers strangers', cloudFront, 401, ['fail walkedRound']],
  ['neither is as it should be', {}, 200, ['fail notThroughEdge', 'fail walkedRound']],
] as const)('ARC-1: %s', async (_, headers, direct, expected) => {
  const { cert } = await made;
  const [url, origin] = [await answering(200, headers), await answering(direct)];
  const findings = await checkEdge({
    kind: 'aws',
    url,
    certificate: cert,
    inspections: { origin: async () => origin },
  });
  expect(findings.map(({ is, verdict }) => `${verdict} ${is}`)).toEqual(expected);
});
