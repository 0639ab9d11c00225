// The process that stands in for SQS, SNS, S3 (fauxqs) and DynamoDB (dynalite), so that their work is not done at the load balancer's
// cost. It says when it is ready, and ends when the platform does.
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import type { Place } from '../machine/network.ts';

const [region = '', aws = '', dynamo = ''] = process.argv.slice(2);

process.once('disconnect', () => process.exit(0));
const server = buildApp({ logger: false, defaultRegion: region });
await server.listen(placeOf(aws));
const table = dynalite({ createTableMs: 0 });
await new Promise<void>((resolve, reject) => {
  table.once('error', reject);
  const { host, port } = placeOf(dynamo);
  table.listen(port, host, resolve);
});
process.send?.('ready');

function placeOf(text: string): Place {
  const [host = '', port = ''] = text.split(':');
  return { host, port: Number(port) };
}
