// Placeholder until the workload exists: a server that is alive, and says so over TLS, and that it can do nothing else yet.
import { createServer, type Server } from 'node:https';
import { selfSigned } from './certificate.ts';

const answers: Readonly<Record<string, string>> = { '/health/live': 'alive', '/health/ready': 'ready' };

/** A server that answers both health checks with 200 and everything else with 501 (RFC 9457 problem details). Not yet listening. */
export function placeholderServer(): Server {
  return createServer({ ...selfSigned('placeholder'), minVersion: 'TLSv1.2' }, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://placeholder');
    const status = answers[pathname];
    if (status !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ status }));
      return;
    }
    response.writeHead(501, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    response.end(
      JSON.stringify({
        title: 'Not implemented',
        status: 501,
        detail: 'This is a placeholder: the platform stands, the workload does not exist yet.',
      }),
    );
  });
}
