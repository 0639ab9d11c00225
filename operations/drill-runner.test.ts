import { expect, test } from 'vitest';
import { drillRunner, type ObservedDrillReport } from './drill-runner.ts';
import type { DrillReport, runDrill } from './drills/drill.ts';
import { localRunLock } from './run-lock.ts';
import { startShop } from './testing/shop.ts';

const report: DrillReport = {
  result: { drill: 'task', accepted: 1, fulfilled: 1, lost: 0, doubled: 0, failedRequests: 0, recoveryMs: 5 },
  criteria: [],
  tasks: [],
};

/** A runner whose drills end when they are told to. */
async function runner(faults = {}, turn = localRunLock()) {
  const { target, stop } = await startShop();
  await stop();
  const kept: ObservedDrillReport[] = [];
  const end: { well(): void; badly(error: Error): void } = { well: () => {}, badly: () => {} };
  const run: typeof runDrill = (_, __, { tell } = {}) => {
    tell?.('waiting');
    return new Promise((resolve, reject) => {
      end.well = () => resolve(report);
      end.badly = reject;
    });
  };
  const made = drillRunner({ ...target, faults: { ...target.faults, ...faults } }, (one) => kept.push(one), {
    run,
    turn,
  });
  return { ...made, kept, end, entry: (name: string) => made.states().find((one) => one.name === name) };
}

test('a drill is shown while it runs, and its result after it', async () => {
  const { start, entry, end, kept } = await runner();
  expect(start('task')).toBe('started');
  expect(entry('task')).toMatchObject({ able: true, step: 'waiting' });
  end.well();
  await expect.poll(() => entry('task')?.result).toEqual(report.result);
  expect(entry('task')?.step).toBeUndefined();
  expect(kept).toMatchObject([{ result: report.result, machine: { eventLoopMaxMs: expect.any(Number) } }]);
});

test('there is one at a time', async () => {
  const { start, end, entry } = await runner();
  start('task');
  expect(start('surge')).toBe('busy');
  end.well();
  await expect.poll(() => entry('task')?.step).toBeUndefined();
  expect(start('surge')).toBe('started');
});

test('what a command runs is shown, and no drill begins beside it', async () => {
  const turn = localRunLock();
  const { start, entry } = await runner({}, turn);
  const taken = turn.take('load', process.pid);
  expect(start('task')).toBe('busy');
  expect(entry('task')).toMatchObject({ busy: 'load' });
  if ('ticket' in taken) turn.giveBack(taken.ticket);
  expect(entry('task')).not.toHaveProperty('busy');
  expect(start('task')).toBe('started');
  expect(turn.take('load', process.pid)).toEqual({ busy: 'drill task' });
});

test('one that comes to nothing says why, and the next may begin', async () => {
  const { start, end, entry, kept } = await runner();
  start('database');
  end.badly(new Error('no writer'));
  await expect.poll(() => entry('database')?.failure).toEqual({ en: 'no writer', ja: 'no writer' });
  expect(kept).toEqual([]);
  expect(start('database')).toBe('started');
});

test('what the target cannot do, or nobody knows, does not begin', async () => {
  const { start, entry } = await runner({ stopCache: undefined });
  expect(entry('cache')?.able).toBe(false);
  expect(start('cache')).toBe('unable');
  expect(start('earthquake')).toBe('unknown');
});
