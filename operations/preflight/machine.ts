// This machine and its network, as the checks see them.
import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';
import type { Machine } from './context.ts';

const execute = promisify(execFile);
/** Milliseconds that a program may take to say what it is. */
const timeout = 20_000;

export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  return {
    nameServers: (zone) => new Resolver({ timeout: 5_000, tries: 2 }).resolveNs(zone),
    run: async (program, words) => (await execute(program, [...words], { timeout })).stdout.trim(),
    // Containers are Linux's whatever the machine is.
    platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
    builder: environment.CDK_DOCKER ?? 'docker',
  };
}
