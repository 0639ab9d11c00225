// A region's load balancer, asked by its own name; over TLS it must show the certificate of the name that people's requests go by.
import { request as plainly } from 'node:http';
import { request as securely } from 'node:https';
import type { LoadBalancer } from '../ports.ts';

/** Milliseconds for an answer. */
const timeout = 5_000;

/** `origin`: the name in the certificate; empty where there is no domain and all is in plain. */
export function loadBalancerIn(loadBalancer: string, origin: string): LoadBalancer {
  return {
    ask: (path) =>
      new Promise((resolve) => {
        const options = { host: loadBalancer, path, timeout };
        const asked =
          origin === ''
            ? plainly(options)
            : securely({ ...options, servername: origin, headers: { host: origin }, agent: false });
        asked.on('response', (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
        asked.on('error', () => resolve(0));
        asked.end();
      }),
  };
}
