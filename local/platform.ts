// The platform on this machine, from the synthesized templates of one environment: every part that they have, in the order in which each
// needs the next. Start here.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, resourceOf } from '../assembly/graph.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { templateHash } from '../assembly/template-hash.ts';
import type { Environment } from '../design/schema.ts';
import { startLoadBalancer } from './balancer/load-balancer.ts';
import { type Blueprint, readBlueprint } from './blueprint/blueprint.ts';
import { account, type Directory, openDirectory } from './blueprint/directory.ts';
import type { QueuePlan } from './blueprint/stores.ts';
import { type EventBus, openEventBus } from './events/event-bus.ts';
import { firstOrder } from './first-order.ts';
import { connectFunction } from './functions/connect.ts';
import { type FunctionRuntime, openRuntime } from './functions/runtime.ts';
import { type Authority, openAuthority } from './machine/certificates.ts';
import type { Machine } from './machine/machine.ts';
import { firstFree, type Network, openNetwork, type Place } from './machine/network.ts';
import { observer } from './observe.ts';
import { type Faults, faultsOf, type Offered, offer } from './offer.ts';
import { type Cloud, startCloud } from './parts/cloud.ts';
import { type DatabaseCluster, startDatabase } from './parts/database.ts';
import { type Issuer, startIssuer } from './parts/issuer.ts';
import { type DatabaseFiles, makeDatabaseFiles } from './parts/postgres.ts';
import { type Cache, startCache } from './parts/redis.ts';
import { startSecrets } from './parts/secrets.ts';
import { localProblem } from './problems.ts';
import type { Step } from './steps.ts';
import { startScaler } from './tasks/scaler.ts';
import { openService, type Service } from './tasks/service.ts';
import { type Surroundings, variablesOf } from './tasks/variables.ts';

export interface PlatformInput {
  readonly machine: Machine;
  /** Of the database; see `prepareDatabase`. */
  readonly databaseFiles: Promise<DatabaseFiles>;
  /** The cloud assembly that it runs from. */
  readonly assembly: string;
  readonly environment: Environment;
  /** Folder of this room's compiled entry points. */
  readonly code: string;
  /** The scaler's minutes, cool-downs, health checks and retries pass so many times faster. */
  readonly speed: number;
  readonly step: Step;
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
  const { machine, step, speed, environment } = input;
  const graph = readTemplates(input.assembly, environment);
  const blueprint = readBlueprint(graph, environment);
  const directory = openDirectory();
  const network = openNetwork();
  enterNames(blueprint, directory);
  const base = { ...input, blueprint, directory, network, processes: machine.processes };

  const authority = await openAuthority(machine.folder);
  const issuer = await startIssuer(network);
  const secrets = await startSecrets(blueprint.secrets, blueprint.region, directory, network);
  machine.onRelease(issuer.stop);
  machine.onRelease(secrets.stop);
  const code = copyCode(base);

  const [cloud, database, cache] = await Promise.all([
    step('queues', () => openCloud(base)),
    step('database', () => openDatabase(base, authority)),
    blueprint.cache === undefined ? undefined : step('cache', () => openCache(base, authority)),
  ]);
  const around = surroundings(base, { cloud, database, cache, authority, issuer, secrets: secrets.variables });
  const functions = await step('functions', () => openFunctions(base, around, cloud, code));
  const { balancer, places } = await step('balancer', () => openBalancer(base, authority, functions));
  const service = openService({
    plan: blueprint.service,
    folder: code.image,
    around,
    network,
    processes: machine.processes,
    balancer,
  });
  machine.onRelease(service.stop);
  await step('migrations', () => service.runOnce('migrate.mjs'));
  await step('tasks', () => service.start());
  if (blueprint.database.instances > 1) await step('standby', () => database.addStandby());
  startScaling(base, service, () => balancer.counts().toTasks);
  const bus = openEvents(base, cloud, functions, service);

  const queues = workloadQueues(blueprint);
  const observed = { blueprint, balancer, service, cloud, database, cache, functions, queues };
  const addresses = addressesOf(places, { database, cache, cloud, issuer });
  const offered = offer({
    ...observed,
    directory,
    issuer,
    url: addresses.api ?? '',
    certificate: authority.certificate,
    // Of the whole environment, other regions too: the criteria that results answer are about all of it.
    templateHash: templateHash(
      input.assembly,
      graph.stacks.filter(({ id }) => id.toLowerCase().startsWith(input.environment)),
    ),
    visibilityTimeout: (queue) => visibilityTimeout(blueprint, queue, speed),
    speed,
  });
  return {
    ...offered,
    blueprint,
    graph,
    addresses,
    cache: cache?.kind ?? 'absent',
    writesReceipts: blueprint.functions.some(({ topics }) => topics.length > 0),
    certificateFile: authority.file,
    faults: faultsOf({ ...observed, directory }),
    source: observer(observed),
    bus,
    crashDatabase: database.crashWriter,
    firstOrder: () => firstOrder(offered, input.signal),
  };
}

interface Base extends PlatformInput {
  readonly blueprint: Blueprint;
  readonly directory: Directory;
  readonly network: Network;
  readonly processes: Machine['processes'];
}

function readTemplates(assembly: string, environment: Environment): Assembly {
  try {
    return readAssembly(assembly);
  } catch (error) {
    throw localProblem('notInTemplates', { environment, what: error instanceof Error ? error.message : assembly });
  }
}

/** Resources that are no more than a name here. */
function enterNames({ service, functions, region }: Blueprint, directory: Directory): void {
  const cluster = `${service.cluster.stack}-${service.cluster.logicalId}`;
  const arn = `arn:aws:ecs:${region}:${account}:cluster/${cluster}`;
  directory.enter(service.cluster.key, { '': cluster, Arn: arn });
  for (const { key, name } of functions)
    directory.enter(key, { '': name, Arn: `arn:aws:lambda:${region}:${account}:function:${name}` });
}

interface Code {
  /** The image's files. */
  readonly image: string;
  folderOf(asset: string): string;
}

/** The code as it was synthesized, kept aside: the next build must not change it under those who run it. */
function copyCode({ blueprint, machine, assembly }: Base): Code {
  const folderOf = (asset: string) => join(machine.folder, 'code', asset);
  const assets = [blueprint.service.container.asset, ...blueprint.functions.map(({ asset }) => asset)];
  for (const asset of new Set(assets)) {
    const source = join(assembly, asset);
    if (!existsSync(source)) throw localProblem('codeMissing', { what: asset, file: source });
    cpSync(source, folderOf(asset), { recursive: true });
  }
  return { image: folderOf(blueprint.service.container.asset), folderOf };
}

async function openCloud(base: Base): Promise<Cloud> {
  const cloud = await startCloud({
    ...base,
    visibilityTimeout: (queue) => visibilityTimeout(base.blueprint, queue, base.speed),
  });
  base.machine.onRelease(cloud.stop);
  return cloud;
}

/**
 * Seconds for which a queue hides a message. Where a function reads it, they pass faster with the speed, yet no message may come back
 * while the function could still have it in hand. The tasks ask for their own time.
 */
function visibilityTimeout(
  { functions }: Blueprint,
  { key, visibilityTimeout: given }: QueuePlan,
  speed: number,
): number {
  const reader = functions.find(({ queues }) => queues.some(({ queue }) => queue === key));
  return reader === undefined ? given : Math.min(given, Math.max(Math.ceil(given / speed), reader.timeout));
}

async function openDatabase(base: Base, authority: Authority): Promise<DatabaseCluster> {
  const database = await startDatabase({
    ...base,
    plan: base.blueprint.database,
    files: base.databaseFiles,
    folder: base.machine.folder,
    authority,
  });
  base.machine.onRelease(database.stop);
  return database;
}

async function openCache(base: Base, authority: Authority): Promise<Cache | undefined> {
  const plan = base.blueprint.cache;
  if (plan === undefined) return undefined;
  const cache = await startCache({ ...base, plan, folder: base.machine.folder, authority });
  if (cache !== undefined) base.machine.onRelease(cache.stop);
  return cache;
}

interface Known {
  readonly cloud: Cloud;
  readonly database: DatabaseCluster;
  readonly cache: Cache | undefined;
  readonly authority: Authority;
  readonly issuer: Issuer;
  readonly secrets: Readonly<Record<string, string>>;
}

function surroundings({ blueprint, directory }: Base, known: Known): Surroundings {
  const { cloud, database, cache, authority, issuer, secrets } = known;
  const places = new Map<string, Place>([[blueprint.database.key, database.endpoint]]);
  if (blueprint.cache !== undefined && cache !== undefined) places.set(blueprint.cache.key, cache.place);
  return {
    directory,
    places,
    absent: new Set(blueprint.cache !== undefined && cache === undefined ? [blueprint.cache.key] : []),
    extras: {
      ...cloud.variables,
      ...secrets,
      ...issuer.variables,
      ...database.variables,
      ...cache?.variables,
      // The cache's certificate is one that its client looks for among those of public authorities.
      NODE_EXTRA_CA_CERTS: authority.file,
    },
  };
}

async function openFunctions(
  base: Base,
  around: Surroundings,
  cloud: Cloud,
  code: Code,
): Promise<ReadonlyMap<string, FunctionRuntime>> {
  const { blueprint, machine, directory, processes, speed } = base;
  const runtimes = blueprint.functions.map((plan) =>
    openRuntime({
      plan,
      folder: code.folderOf(plan.asset),
      code: base.code,
      variables: { ...variablesOf(plan.environment, plan.name, around), ...around.extras },
      processes,
    }),
  );
  for (const runtime of runtimes) {
    const pollers = await connectFunction(runtime, cloud, directory, speed);
    // Its instances end first, so that nobody waits for a batch in hand.
    machine.onRelease(() => Promise.all([...pollers.map((poller) => poller.stop()), runtime.stop()]));
  }
  return new Map(runtimes.map((runtime) => [runtime.plan.key, runtime]));
}

async function openBalancer(base: Base, authority: Authority, functions: ReadonlyMap<string, FunctionRuntime>) {
  const { blueprint, directory, machine, speed } = base;
  const places = new Map<number, Place>();
  for (const { port } of blueprint.frontDoor.listeners) {
    // Who is not root may not have a port below 1024, and a person types this one: 8443 for 443.
    const wanted = port < 1024 ? port + 8000 : port;
    const taken = [...places.values()].map((place) => place.port);
    const free = await firstFree([wanted, wanted + 1, wanted + 2].filter((each) => !taken.includes(each)));
    places.set(port, { host: '127.0.0.1', port: free });
  }
  const balancer = await startLoadBalancer({
    plan: blueprint.frontDoor,
    directory,
    identity: await authority.issue(['localhost', '127.0.0.1']),
    places,
    functionOf: (key) => functions.get(key),
    speed,
  });
  machine.onRelease(balancer.stop);
  return { balancer, places };
}

function startScaling({ blueprint, machine, speed }: Base, service: Service, requests: () => number): void {
  const plan = blueprint.service.scaling;
  if (plan === undefined) return;
  const scaler = startScaler({ plan, speed, requests, tasks: service.desired, setTasks: service.setDesired });
  machine.onRelease(scaler.stop);
}

/** Rules hear of tasks that were lost, as they would from ECS. */
function openEvents(
  { blueprint, directory, machine }: Base,
  cloud: Cloud,
  functions: ReadonlyMap<string, FunctionRuntime>,
  service: Service,
): EventBus {
  const report = (what: string) => console.error(`events: ${what}`);
  const bus = openEventBus({ blueprint, directory, cloud, functionOf: (key) => functions.get(key), report });
  machine.onRelease(bus.stop);
  const { cluster } = blueprint.service;
  const clusterArn = directory.textIfKnown({ $ref: cluster.key, attribute: 'Arn' }) ?? '';
  service.onLost(({ id, reason }) => {
    const detail = {
      clusterArn,
      taskArn: `${clusterArn.replace(':cluster/', ':task/')}/${id}`,
      group: `service:${blueprint.service.key.split('/').at(-1)}`,
      availabilityZone: `${blueprint.region}a`,
      lastStatus: 'STOPPED',
      stopCode: reason.startsWith('Task failed') ? 'ServiceSchedulerInitiated' : 'EssentialContainerExited',
      stoppedReason: reason,
    };
    bus.emit('aws.ecs', 'ECS Task State Change', detail).catch((error: unknown) => report(String(error)));
  });
  return bus;
}

/** The workload names its queues by the variables that lead to them. */
function workloadQueues({ service, queues }: Blueprint): Readonly<Record<'fulfilment' | 'work', string>> {
  const keyOf = (variable: string) => {
    const value = service.container.environment.find(({ name }) => name === variable)?.value;
    return queues.find(({ key }) => key === resourceOf(value))?.key ?? '';
  };
  return { fulfilment: keyOf('FULFILMENT_QUEUE'), work: keyOf('WORK_QUEUE') };
}

interface Reached {
  readonly database: DatabaseCluster;
  readonly cache: Cache | undefined;
  readonly cloud: Cloud;
  readonly issuer: Issuer;
}

function addressesOf(
  places: ReadonlyMap<number, Place>,
  { database, cache, cloud, issuer }: Reached,
): Record<string, string> {
  const at = (scheme: string, place: Place | undefined) =>
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
