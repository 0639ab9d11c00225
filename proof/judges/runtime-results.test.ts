import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { drillOf, loadOf, readRuntimeResults, whyNone } from './runtime-results.ts';

const place = mkdtempSync(join(tmpdir(), 'hashira-runtime-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
mkdirSync(join(place, 'runtime'));
const write = (name: string, content: unknown) =>
  writeFileSync(join(place, 'runtime', name), typeof content === 'string' ? content : JSON.stringify(content));

const observed = { environment: 'production', target: 'local', templateHash: 'now', criteria: [] };
const load = { ...observed, kind: 'load', result: { rps: 120, requests: 9000, errors: 0, p50: 9, p95: 41, p99: 80 } };
const drill = { ...observed, kind: 'drill-task', result: { lost: 0, recoveryMs: 900 }, tasks: [[0, 2]] };

describe('results of a running platform', () => {
  test('count when they were made of the templates that are judged', () => {
    write('production-load.json', load);
    write('production-drill-task.json', drill);
    const results = readRuntimeResults(place, 'production', () => 'now');
    expect(loadOf(results)).toMatchObject({ file: 'runtime/production-load.json', result: { p95: 41 } });
    expect(drillOf(results, 'task')).toMatchObject({ result: { recoveryMs: 900 } });
    expect(drillOf(results, 'surge')).toBeUndefined();
  });

  test('are no verdict when the machine disturbed the run, neither a pass nor a fail, and the reason says so', () => {
    write('production-drill-task.json', { ...drill, disturbed: [{ figure: 'stealPercent', observed: 9, limit: 5 }] });
    const results = readRuntimeResults(place, 'production', () => 'now');
    expect(drillOf(results, 'task')).toBeUndefined();
    expect(whyNone(results, 'drill task').en).toMatch(/^hashira drill task was disturbed/);
    expect(whyNone(results, 'drill surge').en).toMatch(/^hashira drill surge has not been run/);
    write('production-drill-task.json', { ...drill, disturbed: [] });
    expect(
      drillOf(
        readRuntimeResults(place, 'production', () => 'now'),
        'task',
      ),
    ).toBeDefined();
  });

  test.each([
    ['those of other templates', 'production', 'then'],
    ['those of another environment', 'staging', 'now'],
  ] as const)('do not count: %s', (_, environment, hash) => {
    expect(readRuntimeResults(place, environment, () => hash)).toEqual([]);
  });

  test.each([
    ['broken', '{"kind":"lo'],
    ['of a shape that is not known', { ...load, result: { p95: 'fast' } }],
    ['empty', ''],
  ])('do not count: a file that is %s', (_, content) => {
    write('broken.json', content);
    expect(readRuntimeResults(place, 'production', () => 'now')).toHaveLength(2);
  });

  test('are none where nothing has been run', () => {
    expect(readRuntimeResults(join(place, 'nowhere'), 'production', () => 'now')).toEqual([]);
  });
});
