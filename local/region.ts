// One region of the platform on this machine, from its blueprint: every part that the templates have there, in the order in which each
// needs the next. What is the whole platform's, whichever region serves it, is handed in.
import { type LoadBalancer, startLoadBalancer } from './balancer/load-balancer.ts';
import type { Blueprint } from './blueprint/blueprint.ts';
import { type Directory, enterNames } from './blueprint/directory.ts';
import { visibilityTimeout, workloadQueues } from './blueprint/workload.ts';
import { type EventBus, openEventBus } from './events/event-bus.ts';
import { tellLostTasks } from './events/lost-tasks.ts';
import { connectFunction } from './functions/connect.ts';
import { type FunctionRuntime, openRuntime } from './functions/runtime.ts';
import { type Authority, openAuthority } from './machine/certificates.ts';
import { type Code, copyCode } from './machine/code.ts';
import type { Machine } from './machine/machine.ts';
import { type Address, firstFree, type Network, openNetwork } from './machine/network.ts';
import type { Observed } from './observe.ts';
import { type Cloud, startCloud } from './parts/cloud.ts';
import { type Credentials, makeCredentials } from './parts/credentials.ts';
import { type DatabaseCluster, startDatabase } from './parts/database.ts';
import type { Issuer } from './parts/issuer.ts';
import type { LeaderAddress } from './parts/postgres.ts';
import type { DatabaseFiles } from './parts/postgres-files.ts';
import { type Cache, startCache } from './parts/redis.ts';
import { startSecrets } from './parts/secrets.ts';
import type { StepRunner } from './steps.ts';
import { type Scaler, startScaler } from './tasks/scaler.ts';
import { openService, type Service } from './tasks/service.ts';
import { type TaskContext, variablesOf } from './tasks/variables.ts';

export interface RegionInput {
  readonly machine: Machine;
  readonly blueprint: Blueprint;
  /** What references are here; what other regions share with this one is entered already. */
  readonly directory: Directory;
  /** The cloud assembly that its code is from. */
  readonly assembly: string;
  /** Folder of this room's compiled entry points. */
  readonly code: string;
  /** The scaler's minutes, cool-downs, health checks and retries pass so many times faster. */
  readonly speed: number;
  readonly step: StepRunner;
  /** Whose tokens are good. */
  readonly issuer: Pick<Issuer, 'variables'>;
  /** Where its database's files are from: made for it, or those of another region's, which it then follows. */
  readonly database: { readonly files: Promise<DatabaseFiles> } | { readonly leader: LeaderAddress };
}

export interface LocalRegion extends Observed {
  readonly directory: Directory;
  readonly authority: Authority;
  readonly scaler: Scaler | undefined;
  readonly bus: EventBus;
  readonly queues: Readonly<Record<'fulfilment' | 'work', string>>;
  /** Where the listeners of the load balancer listen here, by their ports in the templates. */
  readonly places: ReadonlyMap<number, Address>;
}

/**
 * Starts everything; what has been started is given back with the machine.
 * @throws LocalProblem naming what is missing or did not come up.
 */
export async function startRegion(input: RegionInput): Promise<LocalRegion> {
  const { machine, step, blueprint, directory, issuer } = input;
  const network = openNetwork();
  enterNames(blueprint, directory);
  const credentials = makeCredentials();
  const base = { ...input, network, processes: machine.processes, credentials };

  const authority = await openAuthority(machine.folder);
  const secrets = await startSecrets(blueprint.secrets, blueprint.region, directory, network, credentials);
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
  const plan = blueprint.service;
  const service = openService({ ...base, plan, folder: code.image, around, balancer });
  machine.onRelease(service.stop);
  // Who follows gets the tables from whom it follows.
  if (database.following === undefined) await step('migrations', () => service.runOnce('migrate.mjs'));
  await step('tasks', () => service.start());
  if (blueprint.database.instances > 1) await step('standby', () => database.addStandby());
  const scaler = openScaler(base, service, balancer);
  const bus = openEvents(base, cloud, functions);
  tellLostTasks(service, bus, base);

  const queues = workloadQueues(blueprint);
  const observed = { blueprint, balancer, service, cloud, database, cache, functions, queues };
  return { ...observed, directory, authority, scaler, bus, places };
}

interface Base extends RegionInput {
  readonly network: Network;
  readonly processes: Machine['processes'];
  readonly credentials: Credentials;
}

async function openCloud(base: Base): Promise<Cloud> {
  const cloud = await startCloud({
    ...base,
    visibilityTimeout: (queue) => visibilityTimeout(base.blueprint, queue, base.speed),
  });
  base.machine.onRelease(cloud.stop);
  return cloud;
}

async function openDatabase(base: Base, authority: Authority): Promise<DatabaseCluster> {
  const database = await startDatabase({
    ...base,
    plan: base.blueprint.database,
    from: base.database,
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
  readonly issuer: Pick<Issuer, 'variables'>;
  readonly secrets: Readonly<Record<string, string>>;
}

function surroundings({ blueprint, directory }: Base, known: Known): TaskContext {
  const { cloud, database, cache, authority, issuer, secrets } = known;
  const places = new Map<string, Address>([[blueprint.database.key, database.endpoint]]);
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
  around: TaskContext,
  cloud: Cloud,
  code: Code,
): Promise<ReadonlyMap<string, FunctionRuntime>> {
  const { blueprint, machine, directory, processes, speed } = base;
  const runtimes = blueprint.functions.map((plan) =>
    openRuntime({
      plan,
      folder: code.folderOf(plan.asset),
      code: base.code,
      variables: { ...variablesOf(plan.environment, { en: plan.name, ja: plan.name }, around), ...around.extras },
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
  const places = new Map<number, Address>();
  for (const { port } of blueprint.loadBalancer.listeners) {
    // Who is not root may not have a port below 1024, and a person types this one: 8443 for 443.
    const wanted = port < 1024 ? port + 8000 : port;
    const taken = [...places.values()].map((place) => place.port);
    const free = await firstFree([wanted, wanted + 1, wanted + 2].filter((each) => !taken.includes(each)));
    places.set(port, { host: '127.0.0.1', port: free });
  }
  const balancer: LoadBalancer = await startLoadBalancer({
    plan: blueprint.loadBalancer,
    directory,
    identity: await authority.issue(['localhost', '127.0.0.1']),
    places,
    functionOf: (key) => functions.get(key),
    speed,
  });
  machine.onRelease(balancer.stop);
  return { balancer, places };
}

function openScaler({ blueprint, machine, speed }: Base, service: Service, balancer: LoadBalancer): Scaler | undefined {
  const plan = blueprint.service.scaling;
  if (plan === undefined) return undefined;
  const requests = () => balancer.counts().groups.get(plan.targetGroup)?.requests ?? 0;
  const scaler = startScaler({ plan, speed, requests, tasks: service.desired, setTasks: service.setDesired });
  machine.onRelease(scaler.stop);
  return scaler;
}

function openEvents(base: Base, cloud: Cloud, functions: ReadonlyMap<string, FunctionRuntime>): EventBus {
  const report = (what: string) => console.error(`events: ${what}`);
  const bus = openEventBus({ ...base, cloud, functionOf: (key) => functions.get(key), report });
  base.machine.onRelease(bus.stop);
  return bus;
}
