// A bare HTTPS server: what Node itself does in a second, for an answer as long as an order.
import { createServer } from 'node:https';
import { selfSigned } from '../api/certificate.ts';

const body = JSON.stringify({ order: 'x'.repeat(230) });

const server = createServer({ ...selfSigned('bare'), minVersion: 'TLSv1.2' }, (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
