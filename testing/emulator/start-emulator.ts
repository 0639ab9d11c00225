// Starts the AWS emulator of `requirements.txt` on this machine, for as long as a test needs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { reasonOf } from '../../common/reason.ts';
import { until } from '../../common/until.ts';

export interface Emulator {
  readonly url: string;
  /** What a child process needs so that SDK and CDK CLI talk to the emulator and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** The project's directory, which the virtual environment lies in. */
  readonly root: string;
  /** For whatever it writes; whoever starts it removes it. */
  readonly scratch: string;
  readonly account: string;
  /** Region of what names none. */
  readonly region: string;
}

/** Where the virtual environment is, below the project's directory: `npm ci` clears it away with all else. */
const home = join('node_modules', '.cache', 'aws-emulator');
const requirements = 'testing/emulator/requirements.txt';

/** Milliseconds within which it must be up, and between two questions. */
const start = { within: 30_000, every: 200 };

/** @throws Error saying how to make the emulator when it is missing or another version, or with what it printed when it does not start. */
export async function startEmulator({ root, scratch, account, region }: EmulatorOptions): Promise<Emulator> {
  const program = installed(root);
  const port = await freePort();
  const child = spawn(program, [], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: scratch,
      TMPDIR: scratch,
      // Left to itself it listens on every address, and its file transfer and device listeners even then.
      BIND_HOST: '127.0.0.1',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever is interrupted leaves no emulator behind.
  process.once('exit', () => child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const emulator = {
    url,
    environment: {
      AWS_ENDPOINT_URL: url,
      // Twelve digits as a key: the emulator takes them for the account.
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'emulator',
      AWS_REGION: region,
      // Nothing of the person's own profiles, nor of the machine it may run on.
      AWS_CONFIG_FILE: join(scratch, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(scratch, 'no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    log: () => text,
    stop: () => stop(child),
  };
  try {
    await untilUp(url, child);
  } catch (error) {
    await stop(child);
    throw new Error(`The emulator did not start: ${reasonOf(error)}\n${text}`);
  }
  return emulator;
}

/** The emulator's program, if it is the version that is asked for. */
function installed(root: string): string {
  const wanted = /^ministack==(\S+)$/m.exec(readFileSync(join(root, requirements), 'utf8'))?.[1];
  const program = join(root, home, 'bin', 'ministack');
  const found = globSync(join(root, home, 'lib', 'python*', 'site-packages', 'ministack-*.dist-info'));
  if (existsSync(program) && found.some((path) => path.endsWith(`ministack-${wanted}.dist-info`))) return program;
  throw new Error(
    [
      `There is no AWS emulator (MiniStack ${wanted}) in ${home}. Make it with:`,
      `  python3 -m venv ${home}`,
      `  ${home}/bin/pip install --requirement ${requirements}`,
    ].join('\n'),
  );
}

/** The emulator cannot be told to take any port, nor say which one it took. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function untilUp(url: string, child: ChildProcess): Promise<void> {
  const isUp = async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    return fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  const { isSo } = await until(isUp, (up) => up, start);
  if (!isSo) throw new Error('it does not answer');
}

/** Asks it to end, and after five seconds no longer asks. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(killTimer);
}
