// The process that stands in for SQS, SNS, S3 (fauxqs) and DynamoDB (dynalite), so that their work is not done at the load balancer's
// cost. It says when it is ready, and ends when the platform does.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import type { Address } from '../machine/network.ts';
import { isSignedBy } from './credentials.ts';

const [region = '', aws = '', dynamo = ''] = process.argv.slice(2);

process.once('disconnect', () => process.exit(0));
const isAllowed = (request: IncomingMessage) => isSignedBy(process.env.AWS_ACCESS_KEY_ID ?? '', request);
const server = buildApp({ logger: false, defaultRegion: region });
server.addHook('onRequest', async (request, reply) => {
  if (!isAllowed(request.raw)) await reply.code(403).send();
});
await server.listen(placeOf(aws));
const table = dynalite({ createTableMs: 0 });
const answers = table.listeners('request') as RequestListener[];
table.removeAllListeners('request');
table.on('request', (request: IncomingMessage, response: ServerResponse) => {
  if (!isAllowed(request)) response.writeHead(403).end();
  else for (const answer of answers) answer(request, response);
});
await new Promise<void>((resolve, reject) => {
  table.once('error', reject);
  const { host, port } = placeOf(dynamo);
  table.listen(port, host, resolve);
});
process.send?.('ready');

function placeOf(text: string): Address {
  const [host = '', port = ''] = text.split(':');
  return { host, port: Number(port) };
}
