// The service: as many tasks as it shall have, each a process of its own behind the load balancer; one that stops is replaced, one that
// is not needed leaves after its last answer (AC-REL-3).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../common/until.ts';
import type { LoadBalancer } from '../balancer/load-balancer.ts';
import type { ServicePlan } from '../blueprint/service.ts';
import type { Address, Network } from '../machine/network.ts';
import type { Processes, Running } from '../machine/processes.ts';
import { localProblem } from '../problems.ts';
import { commandOf } from './image.ts';
import { type TaskContext, taskVariables } from './variables.ts';

interface Task {
  readonly id: string;
  readonly place: Address;
  readonly process: Running;
  /** When it was started, as `performance.now()` tells. */
  readonly began: number;
}

interface StoppedTask {
  readonly id: string;
  readonly reason: string;
}

export interface Service {
  desired(): number;
  setDesired(count: number): void;
  /** Those that run, healthy or not. */
  tasks(): readonly Task[];
  /** Ids of those that take traffic. */
  healthy(): readonly string[];
  /** Starts as many as it shall have; resolves once they take traffic, rejects when they keep ending. */
  start(): Promise<void>;
  /** Runs another command of the container's image to its end. */
  runOnce(file: string): Promise<void>;
  /** Calls back when a task has ended that nobody had asked to. */
  onLost(listener: (task: StoppedTask) => void): void;
  stop(): Promise<void>;
}

interface ServiceInput {
  readonly plan: ServicePlan;
  /** The image's files. */
  readonly folder: string;
  readonly around: TaskContext;
  readonly network: Network;
  readonly processes: Processes;
  readonly balancer: LoadBalancer;
}

/** A task that ends sooner than this after its start, again and again, is waited for longer and longer; milliseconds. */
const shortLife = 5_000;
const longestPause = 30_000;
/** What a task gets to end in when the whole platform does; milliseconds. */
const stopTimeout = 5_000;
/** So many in a row that end at once are enough to say that none will do. */
const givenUpAfter = 3;

export function openService(input: ServiceInput): Service {
  const { plan, folder, around, network, processes, balancer } = input;
  const { container } = plan;
  const groups = plan.targetGroups.map((key) => balancer.group(key)).filter((group) => group !== undefined);
  const tasks = new Map<string, Task>();
  const leaving = new Map<string, Promise<void>>();
  const listeners: ((task: StoppedTask) => void)[] = [];
  const shortLives: { count: number; last: string } = { count: 0, last: '' };
  let desired = plan.desiredCount;
  let number = 0;
  let stopping = false;
  let reconciling: Promise<void> = Promise.resolve();
  const resting = new AbortController();

  async function startTask(): Promise<void> {
    const place = await network.place(container.port);
    if (stopping) return;
    number += 1;
    const id = `task-${number}`;
    const variables = { ...taskVariables(container, place, around), AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' };
    const process = processes.start(id, globalThis.process.execPath, [join(folder, commandOf(folder))], {
      env: variables,
    });
    const task = { id, place, process, began: performance.now() };
    tasks.set(id, task);
    for (const group of groups) group.register(id, place);
    void process.ended.then(({ code, signal }) => {
      tasks.delete(id);
      for (const group of groups) group.drop(id);
      if (leaving.has(id) || stopping) return;
      const brief = performance.now() - task.began < shortLife;
      shortLives.count = brief ? shortLives.count + 1 : 0;
      shortLives.last = process.lastLines();
      for (const listener of listeners) listener({ id, reason: `Essential container exited: ${signal ?? code}` });
      reconcile();
    });
  }

  async function endTask(task: Task): Promise<void> {
    await Promise.all(groups.map((group) => group.deregister(task.id)));
    await task.process.end('SIGTERM', container.stopTimeout * 1000);
  }

  /** Brings the number of tasks to what it shall be, one call after the other. */
  function reconcile(): void {
    reconciling = reconciling.then(async () => {
      if (stopping) return;
      const staying = [...tasks.values()].filter(({ id }) => !leaving.has(id));
      if (staying.length < desired && shortLives.count > 1) {
        const pause = Math.min(1_000 * 2 ** (shortLives.count - 2), longestPause);
        await sleep(pause, undefined, { signal: resting.signal }).catch(() => {});
      }
      for (let missing = desired - staying.length; missing > 0; missing--) await startTask();
      // The youngest leave first.
      for (const task of staying.slice(desired))
        leaving.set(
          task.id,
          endTask(task).finally(() => leaving.delete(task.id)),
        );
    });
  }

  // One that is unhealthy for good is replaced, as soon as its time of grace is over.
  for (const group of groups) {
    group.onChange(({ id, state }) => {
      const task = tasks.get(id);
      if (state !== 'unhealthy' || task === undefined || leaving.has(id)) return;
      if (performance.now() - task.began < plan.gracePeriod * 1000) return;
      for (const listener of listeners) listener({ id, reason: `Task failed ELB health checks: ${id}` });
      leaving.set(
        id,
        endTask(task).finally(() => leaving.delete(id)),
      );
      reconcile();
    });
  }

  const healthy = () =>
    [...tasks.keys()].filter((id) =>
      groups.every((group) => group.targets().some((target) => target.id === id && target.state === 'healthy')),
    );

  return {
    desired: () => desired,
    setDesired(count) {
      if (count === desired) return;
      desired = count;
      reconcile();
    },
    tasks: () => [...tasks.values()],
    healthy,
    async start() {
      reconcile();
      const enough = () => {
        if (healthy().length >= desired) return true;
        if (shortLives.count >= givenUpAfter)
          throw localProblem('partFailed', { part: container.name, reason: shortLives.last });
        return false;
      };
      await until(enough, (there) => there, { within: Number.POSITIVE_INFINITY, every: 20 });
    },
    async runOnce(file) {
      const path = join(folder, file);
      if (!existsSync(path)) throw localProblem('codeMissing', { what: file, file: path });
      const variables = taskVariables(container, { host: '127.0.0.1', port: 0 }, around);
      const process = processes.start(file, globalThis.process.execPath, [path], { env: variables });
      const { code } = await process.ended;
      if (code !== 0) throw localProblem('partFailed', { part: file, reason: process.lastLines() });
    },
    onLost: (listener) => void listeners.push(listener),
    async stop() {
      stopping = true;
      resting.abort();
      await reconciling;
      // Nobody is left whose requests could be drained, and a person waits.
      await Promise.all([...tasks.values()].map(({ process }) => process.end('SIGTERM', stopTimeout)));
      await Promise.all(leaving.values());
    },
  };
}
