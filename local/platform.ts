// The platform on this machine, from the synthesized templates of one environment: its primary region, and what the platform offers to
// those who use it. Start here; `region.ts` has the parts.

import { ofEnvironment } from '../assembly/environments.ts';
import type { Assembly } from '../assembly/graph.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { templateHash } from '../assembly/template-hash.ts';
import { Refusal } from '../design/refusal.ts';
import type { Environment } from '../design/schema.ts';
import { type Blueprint, readBlueprint } from './blueprint/blueprint.ts';
import { openDirectory } from './blueprint/directory.ts';
import { visibilityTimeout } from './blueprint/workload.ts';
import type { EventBus } from './events/event-bus.ts';
import { firstOrder } from './first-order.ts';
import type { Machine } from './machine/machine.ts';
import { type Address, openNetwork } from './machine/network.ts';
import { observer } from './observe.ts';
import { type Faults, faultsOf, type Offered, offer } from './offer.ts';
import type { PostgresBackups } from './parts/backup.ts';
import { type Issuer, startIssuer } from './parts/issuer.ts';
import { type DatabaseFiles, makeDatabaseFiles } from './parts/postgres-files.ts';
import { localProblem } from './problems.ts';
import { type LocalRegion, type RegionInput, startRegion } from './region.ts';

export interface PlatformInput extends Pick<RegionInput, 'machine' | 'assembly' | 'code' | 'speed' | 'step'> {
  /** Of the database; see `prepareDatabase`. */
  readonly databaseFiles: Promise<DatabaseFiles>;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

export interface Platform extends Offered {
  readonly blueprint: Blueprint;
  readonly graph: Assembly;
  readonly addresses: Readonly<Record<string, string>>;
  readonly cache: 'redis' | 'valkey' | 'absent';
  /** Whether a function writes receipts; a document may have none. */
  readonly writesReceipts: boolean;
  /** PEM of the authority that vouches for the load balancer, as a file. */
  readonly certificateFile: string;
  readonly faults: Faults;
  readonly source: ReturnType<typeof observer>;
  readonly bus: EventBus;
  readonly backups: PostgresBackups;
  /** Ends the writer at once; whoever is there takes over. */
  crashDatabase(): Promise<void>;
  firstOrder(): ReturnType<typeof firstOrder>;
}

/** Begins what takes long and needs no template. Whether it works out is told by `startPlatform`. */
export function prepareDatabase(machine: Machine): Promise<DatabaseFiles> {
  const files = makeDatabaseFiles(machine.folder, machine.processes);
  files.catch(() => {});
  return files;
}

/**
 * Starts everything; what has been started is given back with the machine.
 * @throws LocalProblem naming what is missing or did not come up.
 */
export async function startPlatform(input: PlatformInput): Promise<Platform> {
  const { machine, environment, speed } = input;
  const graph = readTemplates(input.assembly);
  const blueprint = readBlueprint(graph, environment);
  const issuer = await startIssuer(openNetwork());
  machine.onRelease(issuer.stop);
  const region = await startRegion({
    ...input,
    blueprint,
    directory: openDirectory(),
    issuer,
    database: { files: input.databaseFiles },
  });
  const addresses = addressesOf(region, issuer);
  const offered = offer({
    ...region,
    issuer,
    url: addresses.api ?? '',
    certificate: region.authority.certificate,
    templateHash: hashOf(input.assembly, graph, environment),
    visibilityTimeout: (queue) => visibilityTimeout(blueprint, queue, speed),
    speed,
  });
  const { database, cache, authority, bus } = region;
  return {
    ...offered,
    blueprint,
    graph,
    addresses,
    cache: cache?.kind ?? 'absent',
    writesReceipts: blueprint.functions.some(({ topics }) => topics.length > 0),
    certificateFile: authority.file,
    faults: faultsOf(region),
    source: observer(region),
    bus,
    backups: database.backups,
    crashDatabase: database.crashWriter,
    firstOrder: () => firstOrder(offered, input.signal),
  };
}

/** @throws LocalProblem `unreadableTemplates` */
export function readTemplates(assembly: string): Assembly {
  try {
    return readAssembly(assembly);
  } catch (error) {
    throw error instanceof Refusal ? localProblem('unreadableTemplates', { said: error.said }) : error;
  }
}

/** Of the whole environment, other regions too: the criteria that results answer are about all of it. */
export const hashOf = (assembly: string, graph: Assembly, environment: Environment): string =>
  templateHash(assembly, ofEnvironment(graph, environment).stacks);

function addressesOf({ places, database, cache, cloud }: LocalRegion, issuer: Issuer): Record<string, string> {
  const at = (scheme: string, place: Address | undefined) =>
    place === undefined ? {} : `${scheme}://${place.host}:${place.port}`;
  const named = (name: string, address: string | object) => (typeof address === 'string' ? { [name]: address } : {});
  const [encrypted, plain] = [places.get(443), places.get(80)];
  return {
    ...named('api', at(encrypted === undefined ? 'http' : 'https', encrypted ?? plain)),
    ...(encrypted === undefined ? {} : named('http', at('http', plain))),
    ...named('database', at('postgres', database.endpoint)),
    ...named('cache', at('redis', cache?.place)),
    aws: cloud.variables.AWS_ENDPOINT_URL ?? '',
    dynamodb: cloud.variables.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    issuer: issuer.variables.JWT_ISSUER ?? '',
  };
}
