// What runbooks and the document tell people to type into the AWS CLI, typed into it: the blocks of a page run in the shell one after
// another, and each command must be one that the CLI sends. A misspelt option is worst at two in the morning.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './lib/root.ts';

const awsCli = join(root, 'node_modules', '.cache', 'aws-emulator', 'bin', 'aws');

/** The blocks of a page in which `aws` is typed, as one script. */
const scriptOf = (file: string): string =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^ *```(?:sh|bash)\n([\s\S]*?)^ *```$/gm)]
    .map(([, block = '']) => block)
    .filter((block) => /\baws [a-z]/.test(block))
    .join('\n');

const pages = globSync(['docs/**/*.md', 'specs/stories/*/design.md', '*.md'], { cwd: root })
  .sort()
  .filter((file) => scriptOf(file) !== '');

let workshop: string;
let service: Server;
let arrived: string[];
beforeAll(async () => {
  expect(existsSync(awsCli), `${awsCli}: testing/emulator/requirements.txt says how to get it`).toBe(true);
  workshop = mkdtempSync(join(tmpdir(), 'hashira-aws-'));
  // In the place of AWS: it takes down what arrives, and says no to all of it.
  service = createServer((request, response) => {
    arrived.push(request.url ?? '');
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"__type":"Refused"}');
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  // In the place of `aws`: it notes the command, gives it to the CLI, and answers what any further command can take as an argument.
  const stand = join(workshop, 'aws');
  writeFileSync(
    stand,
    `#!/bin/bash\necho "$*" >> '${workshop}/typed'\n'${awsCli}' "$@" > /dev/null 2>> '${workshop}/said'\necho '{}'\n`,
  );
  chmodSync(stand, 0o755);
});
afterAll(() => {
  service.close();
  rmSync(workshop, { recursive: true });
});

/** Runs a script in the shell, with `aws` and its service as above. @returns what was typed, and what the CLI said */
async function run(script: string): Promise<{ readonly typed: readonly string[]; readonly said: string }> {
  const [typed, said] = [join(workshop, 'typed'), join(workshop, 'said')];
  for (const file of [typed, said]) writeFileSync(file, '');
  const { port } = service.address() as AddressInfo;
  const shell = spawn('bash', ['-eu', '-c', script], {
    cwd: workshop,
    stdio: 'ignore',
    env: {
      PATH: `${workshop}:${process.env.PATH}`,
      HOME: workshop,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  const code = await new Promise((ended) => shell.once('close', ended));
  expect(code).toBe(0);
  return { typed: readFileSync(typed, 'utf8').trim().split('\n'), said: readFileSync(said, 'utf8') };
}

test('there are pages with such commands, the runbook of a failover among them', () => {
  expect(pages).toContain('docs/runbooks/failover.md');
});

test.each(pages)('every command of the AWS CLI on %s is one that it sends (DEP-4, DR-2)', async (file) => {
  arrived = [];
  // What a person puts in, `<id>`.
  const { typed, said } = await run(scriptOf(file).replaceAll(/<[a-z-]+>/g, 'x'));
  expect(typed.length).toBeGreaterThan(3);
  expect([arrived.length, said]).toEqual([
    typed.length,
    expect.not.stringMatching(/usage:|validation failed|Bad value/),
  ]);
});

test('a command that it does not know would be found', async () => {
  arrived = [];
  const { typed, said } = await run('aws ecs describe-services --clusters x --services y');
  expect([typed.length, arrived.length]).toEqual([1, 0]);
  expect(said).toMatch(/usage:|Unknown options/);
});
