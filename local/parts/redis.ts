// The cache: a real Redis or Valkey, where this machine has one. It keeps nothing on disk.
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { until } from '../../common/until.ts';
import type { Directory } from '../blueprint/directory.ts';
import type { CachePlan } from '../blueprint/stores.ts';
import type { Authority } from '../machine/certificates.ts';
import type { Address, Network } from '../machine/network.ts';
import { writeNew } from '../machine/private-files.ts';
import type { Processes, Running } from '../machine/processes.ts';
import { localProblem, words } from '../problems.ts';

export interface Cache {
  readonly kind: 'redis' | 'valkey';
  readonly place: Address;
  /** What tasks are told beyond the template. */
  readonly variables: Readonly<Record<string, string>>;
  /** Comes back empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface CacheInput {
  readonly plan: CachePlan;
  readonly folder: string;
  readonly directory: Directory;
  readonly network: Network;
  readonly processes: Processes;
  readonly authority: Authority;
}

/** The command of a cache server on the PATH, if there is one. */
function installedCache(): { readonly kind: 'redis' | 'valkey'; readonly command: string } | undefined {
  for (const kind of ['redis', 'valkey'] as const) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const command = join(folder, `${kind}-server`);
      if (isExecutable(command)) return { kind, command };
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `undefined` when this machine has none: the platform then runs without. */
export async function startCache(input: CacheInput): Promise<Cache | undefined> {
  const { plan, folder, directory, network, processes, authority } = input;
  const installed = installedCache();
  if (installed === undefined) return undefined;
  const place = await network.place(plan.port);
  const token = plan.token === undefined ? undefined : directory.text(plan.token, words.cacheToken);
  const { cert, key } = await authority.issue([place.host]);
  writeNew(join(folder, 'cache.crt'), cert);
  writeNew(join(folder, 'cache.key'), key);
  const settings: readonly (readonly [name: string, ...values: string[]])[] = [
    ['bind', place.host],
    ['save', ''],
    ['appendonly', 'no'],
    ['dir', folder],
    ...(token === undefined ? [] : [['requirepass', token] as const]),
    ...(plan.encrypted
      ? ([
          ['port', '0'],
          ['tls-port', String(place.port)],
          ['tls-cert-file', join(folder, 'cache.crt')],
          ['tls-key-file', join(folder, 'cache.key')],
          ['tls-auth-clients', 'no'],
        ] as const)
      : ([['port', String(place.port)]] as const)),
    ...Object.entries(plan.parameters).map(([name, value]) => [name, ...value.split(/\s+/)] as const),
  ];
  const file = join(folder, 'cache.conf');
  writeNew(file, settings.map(([name, ...values]) => `${[name, ...values.map(quoted)].join(' ')}\n`).join(''));
  let server: Running | undefined;

  async function start(): Promise<void> {
    if (server?.isRunning() === true) return;
    const started = processes.start('cache', installed?.command ?? '', [file], { env: {} });
    server = started;
    const isUp = async () => {
      const listening = await listens(place);
      if (!listening && !started.isRunning())
        throw localProblem('partFailed', { part: installed?.kind ?? '', reason: started.lastLines() });
      return listening;
    };
    await until(isUp, (up) => up, { within: Number.POSITIVE_INFINITY, every: 20 });
  }

  await start();
  directory.enter(plan.key, { 'PrimaryEndPoint.Address': place.host, 'PrimaryEndPoint.Port': String(place.port) });
  return {
    kind: installed.kind,
    place,
    variables: plan.encrypted ? {} : { CACHE_TLS: 'off' },
    start,
    stop: async () => server?.kill(),
  };
}

/** A value as one word of a setting, whatever characters a folder's name has (redis.conf: a string in double quotes). */
const quoted = (value: string): string => `"${value.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

function listens({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
