// A region as the drill that started it sees it: a process to which one speaks, and which may be gone at any moment.
import { join } from 'node:path';
import type { Processes, Running } from '../machine/processes.ts';
import { LocalProblem, localProblem } from '../problems.ts';
import { type RegionMessage, type RegionRequest, saidShape } from './messages.ts';

export interface RegionProcess {
  /** @throws LocalProblem as the region says it, or when it ends before it has answered. */
  ask(asked: Question): Promise<unknown>;
  tellTraffic(goesTo: Extract<RegionRequest, { ask: 'traffic' }>['goesTo']): void;
  onNews(listener: (said: RegionMessage) => void): void;
  readonly running: Running;
}

/** A question as it is put; its number is added. */
type Question = RegionRequest extends infer One
  ? One extends { readonly id: number }
    ? Omit<One, 'id'>
    : never
  : never;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export function startRegionProcess(name: string, code: string, processes: Processes): RegionProcess {
  const running = processes.start(name, process.execPath, [join(code, 'region-host.js')], { env: {}, messages: true });
  const waiting = new Map<number, Waiting>();
  const listeners: ((said: RegionMessage) => void)[] = [];
  let count = 0;
  // What is under way when a region is lost goes nowhere.
  running.child.on('error', () => {});
  running.child.on('message', (message) => {
    const said = saidShape.parse(message);
    if (!('id' in said)) {
      for (const listener of listeners) listener(said);
      return;
    }
    const asker = waiting.get(said.id);
    waiting.delete(said.id);
    if ('problem' in said) asker?.reject(new LocalProblem('partFailed', said.problem));
    else asker?.resolve(said.result);
  });
  void running.ended.then(() => {
    if (waiting.size === 0) return;
    const gone = localProblem('partFailed', { part: name, reason: running.lastLines() });
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  });
  const send = (asked: RegionRequest) => {
    if (running.child.connected) running.child.send(asked, () => {});
  };
  return {
    running,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (!running.isRunning()) {
          reject(localProblem('partFailed', { part: name, reason: running.lastLines() }));
          return;
        }
        count += 1;
        waiting.set(count, { resolve, reject });
        send({ ...question, id: count });
      }),
    tellTraffic: (goesTo) => send({ ask: 'traffic', goesTo }),
    onNews: (listener) => void listeners.push(listener),
  };
}
