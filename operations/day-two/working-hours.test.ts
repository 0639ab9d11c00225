// Claims about morning and evening by hand: the schedules' own calls, each once, and nothing that is not asked for.
import { expect, test } from 'vitest';
import { scale } from './scale.ts';
import { play } from './testing/environment.ts';
import { workingHours } from './working-hours.ts';

const clusters = (Status: string) => ({ DBClusters: { DBCluster: [{ Status, DBClusterIdentifier: 'the-database' }] } });
const answers = (status: string, bounds: object = { MinCapacity: 1, MaxCapacity: 4 }) => ({
  'monitoring.DisableAlarmActions': {},
  'rds.DescribeDBClusters': clusters(status),
  'rds.StartDBCluster': {},
  'rds.StopDBCluster': {},
  'application-autoscaling.RegisterScalableTarget': {},
  'application-autoscaling.DescribeScalableTargets': { ScalableTargets: [bounds] },
  'ecs.UpdateService': {},
});
const called = (changes: readonly string[]) => changes.map((change) => change.split(' ')[0]);

test('an evening silences alarms, then stops tasks and database, each once (AC-COST-1)', async () => {
  const { place, changes, stub } = await play(answers('available'));
  await workingHours(place, 'stop');
  await stub.stop();
  expect(called(changes())).toEqual([
    'DisableAlarmActions',
    'RegisterScalableTarget',
    'UpdateService',
    'StopDBCluster',
  ]);
  expect(changes()[1]).toContain('"ResourceId":"service/the-cluster/the-service"');
  expect(changes()[1]).toContain('"MinCapacity":0,"MaxCapacity":0');
  expect(changes()[3]).toContain('the-database');
});

test("a morning starts the database first, with the template's own bounds (AC-COST-2)", async () => {
  const { place, changes, stub } = await play(answers('stopped'));
  await workingHours(place, 'start');
  await stub.stop();
  expect(called(changes())).toEqual(['StartDBCluster', 'RegisterScalableTarget', 'UpdateService']);
  expect(changes()[1]).toContain('"MinCapacity":1,"MaxCapacity":4');
});

test.each(['available', 'starting', 'backing-up'])('a database that is %s is not started', async (status) => {
  const { place, changes, stub } = await play(answers(status));
  const made = await workingHours(place, 'start');
  await stub.stop();
  expect(made[0]).toEqual({ operation: 'rds:startDBCluster', about: 'the-database', skipped: status });
  expect(called(changes())).not.toContain('StartDBCluster');
});

test.each([
  ['one bound leaves the other as it is', { maximum: 9 }, '"MinCapacity":1,"MaxCapacity":9'],
  ["the template's are taken where they are asked for", 'template' as const, '"MinCapacity":1,"MaxCapacity":4'],
])('of the bounds of scaling, %s', async (_, wanted, expected) => {
  const { place, changes, stub } = await play(answers('available', { MinCapacity: 1, MaxCapacity: 2 }));
  const { before } = await scale(place, wanted);
  await stub.stop();
  expect(before).toEqual({ minimum: 1, maximum: 2 });
  expect(changes()[0]).toContain(expected);
});

test('bounds that would cross are refused before anything is changed', async () => {
  const { place, changes, stub } = await play(answers('available'));
  await expect(scale(place, { minimum: 5 })).rejects.toThrow(/badScale/);
  await stub.stop();
  expect(changes()).toEqual([]);
});
