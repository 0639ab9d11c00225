// Where the parts of a platform listen. Linux has sixteen million addresses that lead to itself, so each part gets one of its own there
// and with it the port that the template says, as it would have in the VPC; elsewhere, and where somebody holds that port on every
// address, it is another port.

import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { localProblem } from '../problems.ts';

/** Where a part listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Network {
  /** An address of its own with this port where that can be had; 0 stands for any. */
  place(port: number): Promise<Address>;
}

export function openNetwork(): Network {
  // Two platforms at once, as in tests, should not meet.
  const [second, third] = [randomInt(64, 255), randomInt(1, 255)];
  let last = 1;
  return {
    async place(port) {
      last += 1;
      const host = `127.${second}.${third}.${last}`;
      if (port !== 0 && (await isFree(host, port))) return { host, port };
      if (await isFree(host, 0)) return { host, port: await freePort(host) };
      return { host: '127.0.0.1', port: await freePort('127.0.0.1') };
    },
  };
}

/** The first of these ports that is free on 127.0.0.1, or any. */
export async function firstFree(ports: readonly number[]): Promise<number> {
  for (const port of ports) if (await isFree('127.0.0.1', port)) return port;
  return freePort('127.0.0.1');
}

async function isFree(host: string, port: number): Promise<boolean> {
  return (await tryPort(host, port)) !== undefined;
}

async function freePort(host: string): Promise<number> {
  const port = await tryPort(host, 0);
  if (port === undefined) throw localProblem('noPortFree', { host });
  return port;
}

/** The port that could be had, 0 standing for any; `undefined` when not. */
function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
