// The process that one region is, with everything that it starts below it: what ends this process and those ends the region. It hears
// from the drill that started it, and ends when nobody listens any more.
import { readAssembly } from '../../assembly/read-assembly.ts';
import { reasonsOf } from '../../design/refusal.ts';
import { steps as stepsOfFailover } from '../../functions/recovery/steps.ts';
import { readBlueprint } from '../blueprint/blueprint.ts';
import { openDirectory } from '../blueprint/directory.ts';
import { type Machine, takeMachine } from '../machine/machine.ts';
import { headersThatLetIn } from '../offer.ts';
import { makeDatabaseFiles } from '../parts/postgres-files.ts';
import { LocalProblem } from '../problems.ts';
import { type LocalRegion, startRegion } from '../region.ts';
import { stepper } from '../steps.ts';
import { loadBalancersIn, readFailover } from '../traffic/plan.ts';
import {
  askedShape,
  type FailedOver,
  type FailoverInput,
  type RegionMessage,
  type RegionRequest,
  type RegionStart,
  type RegionStarted,
} from './messages.ts';
import { inheritSecrets, secretsFor } from './replicated.ts';
import { openReplicationWatch } from './replication-watch.ts';
import { standbyPorts } from './standby-ports.ts';
import { readStateMachine, runStateMachine } from './state-machine.ts';

interface RunningRegion {
  readonly region: LocalRegion;
  failOver(input: FailoverInput): Promise<FailedOver>;
}

let machine: Machine | undefined;
let running: RunningRegion | undefined;
let goesTo: Extract<RegionRequest, { ask: 'traffic' }>['goesTo'] | undefined;
const say = (said: RegionMessage) => {
  // Whoever was told may be gone by now.
  if (process.connected) process.send?.(said);
};

async function leave(): Promise<void> {
  await machine?.release();
  process.exit(0);
}
process.once('disconnect', () => void leave());
process.once('SIGTERM', () => void leave());

process.on('message', (message) => {
  const asked = askedShape.parse(message);
  if (asked.ask === 'traffic') {
    goesTo = asked.goesTo;
    return;
  }
  answer(asked).then(
    (result) => say({ id: asked.id, result }),
    (error: unknown) => {
      say({
        id: asked.id,
        problem: { ...reasonsOf(error), ...(error instanceof LocalProblem ? { code: error.code } : {}) },
      });
    },
  );
});

async function answer(asked: Exclude<RegionRequest, { ask: 'traffic' }>): Promise<unknown> {
  if (asked.ask === 'start') return start(asked.about);
  if (running === undefined) throw new Error('the region has not started');
  if (asked.ask === 'failOver') return running.failOver(asked.about);
  if (asked.ask === 'lag') return (await running.region.database.following?.lag()) ?? null;
  return running.region.database.ask('SELECT id::text AS id, status FROM orders');
}

async function start(about: RegionStart): Promise<RegionStarted> {
  const { environment, role, assembly, code, speed } = about;
  machine = await takeMachine(about.ledger, code);
  const graph = readAssembly(assembly);
  const primary = readBlueprint(graph, environment);
  const own = readBlueprint(graph, environment, role);
  // A follower's template names no database: the one that it follows has it.
  const blueprint = { ...own, database: { ...own.database, name: primary.database.name } };
  const directory = openDirectory();
  if (about.follows !== undefined) inheritSecrets(directory, blueprint.region, primary.secrets, about.follows.secrets);
  const region = await startRegion({
    machine,
    blueprint,
    directory,
    assembly,
    code,
    speed,
    step: stepper(new AbortController().signal, () => {}),
    issuer: { variables: about.issuer },
    database:
      about.follows === undefined
        ? { files: makeDatabaseFiles(machine.folder, machine.processes) }
        : { leader: about.follows.leader },
  });
  running = { region, failOver: () => Promise.reject(new Error('only the standby region fails over')) };
  if (role === 'standby') {
    const watch = openReplicationWatch({
      region,
      graph,
      plan: readFailover(graph, environment, loadBalancersIn({ primary, standby: own })),
      speed,
      say,
    });
    machine.onRelease(watch.stop);
    running = { region, failOver: failoverOf(region, watch, about) };
  }
  return {
    loadBalancers: loadBalancersOf(region),
    certificate: region.authority.certificate,
    letsIn: headersThatLetIn(blueprint, directory),
    follows: { leader: region.database.leader(), secrets: secretsFor(directory, blueprint.secrets) },
  };
}

function loadBalancersOf({ places }: LocalRegion): RegionStarted['loadBalancers'] {
  const [encrypted, plain] = [places.get(443), places.get(80)];
  return { encrypted, plain };
}

function failoverOf(
  region: LocalRegion,
  watch: ReturnType<typeof openReplicationWatch>,
  { assembly, environment, speed }: RegionStart,
): RunningRegion['failOver'] {
  const graph = readAssembly(assembly);
  const definition = readStateMachine(graph, environment);
  const { scaling, desiredCount } = readBlueprint(graph, environment).service;
  const running = new Set<string>();
  const ports = standbyPorts({
    region,
    size: scaling ?? { minimum: desiredCount, maximum: desiredCount },
    replication: watch.replication,
    goesTo: () => goesTo,
    hold: watch.hold,
    isRunning: (execution) => running.has(execution),
    log: console.log,
  });
  const steps = new Map<string, (event: never, given: typeof ports) => Promise<unknown>>(
    Object.entries(stepsOfFailover),
  );
  let count = 0;
  return async (input) => {
    count += 1;
    const execution = `drill-${count}`;
    running.add(execution);
    try {
      return await runStateMachine({
        definition,
        input,
        execution,
        speed,
        entered: (entered) => say({ entered }),
        // States without a step of ours switch on alarms and schedules that rest until then, which nothing here stands for.
        run: async (state, event) => steps.get(state)?.(event as never, ports),
      });
    } finally {
      running.delete(execution);
    }
  };
}
