// Claims about taking development away, over a scripted account that refuses what AWS refuses.
import { afterAll, describe, expect, test } from 'vitest';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { deploy } from '../deploy/deploy.ts';
import { wavesOf } from '../deploy/deployable.ts';
import {
  deployableOf,
  inputFor,
  planned,
  type ScriptedPorts,
  scriptedPorts,
} from '../deploy/testing/scripted-ports.ts';
import { destroy } from './destroy.ts';
import { type DestroyPlan, planDestroy } from './plan.ts';
import type { Store } from './stores.ts';
import { scriptedStores } from './testing/scripted-stores.ts';

const directory = synthesized('development');
afterAll(() => remove(directory));
const development = deployableOf(directory, 'development');
const keyOf = (id: string) => `ap-northeast-1/${id}`;

/** Development as it is after some weeks: deployed, and every store with something in it. */
async function lived(): Promise<ScriptedPorts> {
  const place = scriptedPorts();
  const ports = place.again();
  expect((await deploy(ports, inputFor(await planned(ports, development, 'first'), 'first'))).outcome).toBe('deployed');
  for (const { place: at } of development.stacks) place.aws.account.fill(`${at.region}/${at.name}`, 7);
  place.aws.done.length = 0;
  return place;
}

const portsOf = (place: ScriptedPorts, ready?: (store: Store) => void) => ({
  ...place.again(),
  stores: scriptedStores(place.aws.account, ready),
});

async function plannedFor(place: ScriptedPorts): Promise<DestroyPlan> {
  const plan = await planDestroy(portsOf(place), development);
  if ('refusals' in plan) throw new Error(JSON.stringify(plan.refusals));
  return plan;
}

describe('a plan', () => {
  test('names every stack with what lies in it, leaves nothing to stay, and changes nothing', async () => {
    const place = await lived();
    const plan = await plannedFor(place);
    expect(plan.stacks.map(({ stack }) => stack.id)).toEqual(development.stacks.map(({ id }) => id));
    const stores = plan.stacks.flatMap((one) => one.stores);
    for (const type of ['AWS::S3::Bucket', 'AWS::RDS::DBCluster', 'AWS::SQS::Queue']) {
      expect([type, stores.some(({ store }) => store.type === type)]).toEqual([type, true]);
    }
    expect(
      stores.filter(({ store }) => store.type === 'AWS::S3::Bucket').every(({ contents }) => contents.count === 7),
    ).toBe(true);
    expect(plan.stacks.flatMap(({ stays }) => stays)).toEqual([]);
    expect(place.aws.done).toEqual([]);
  });

  test('has the same digest while logs arrive, and another one when a stack is another', async () => {
    const place = await lived();
    const { digest, stacks } = await plannedFor(place);
    place.aws.account.fill(keyOf('DevelopmentStorageStack'), 8);
    expect((await plannedFor(place)).digest).toBe(digest);
    await destroy(portsOf(place), { ...(await plannedFor(place)), stacks: stacks.slice(-1) }, 'one');
    expect((await plannedFor(place)).digest).not.toBe(digest);
  });

  test('is refused where a stack of the name is something else, is protected, or is in the middle of something', async () => {
    const tagged = await lived();
    const stacks = development.stacks.map((stack, index) =>
      index === 0 ? { ...stack, tags: { ...stack.tags, Project: 'other' } } : stack,
    );
    expect(await planDestroy(portsOf(tagged), { ...development, stacks })).toMatchObject({
      refusals: [{ kind: 'other', tag: 'Project' }],
    });
    const renamed = development.stacks.map((stack) => ({
      ...stack,
      tags: { ...stack.tags, Environment: 'production' },
    }));
    expect(await planDestroy(portsOf(tagged), { ...development, stacks: renamed })).toMatchObject({
      refusals: development.stacks.map(() => ({ kind: 'other', tag: 'Environment' })),
    });
    const [first] = development.stacks;
    if (first === undefined) throw new Error('no stacks');
    await tagged.aws.port.protect(first.place, true);
    expect(await planDestroy(portsOf(tagged), development)).toMatchObject({
      refusals: [{ kind: 'protected', stack: first.id }],
    });
  });
});

describe('taking it away', () => {
  test('deletes every stack, each after those that wait for it, and leaves nothing', async () => {
    const place = await lived();
    const result = await destroy(portsOf(place), await plannedFor(place), 'run');
    expect(result.outcome).toBe('destroyed');
    expect(place.aws.account.standing()).toEqual([]);
    expect(place.aws.standings()).toEqual({});
    const order = result.stacks.map(({ stack }) => stack);
    for (const { id, waitsFor } of development.stacks) {
      for (const other of waitsFor) expect(order.indexOf(id)).toBeLessThan(order.indexOf(other));
    }
    expect((await plannedFor(place)).stacks).toEqual([]);
  });

  test('empties a bucket again that a service has filled meanwhile, and says so when that does not end', async () => {
    const place = await lived();
    const bucket = 'AWS::S3::Bucket';
    let late = 1;
    const once = (store: Store) => {
      if (store.type === bucket && late-- > 0) place.aws.account.fill(keyOf('DevelopmentStorageStack'), 1);
    };
    expect((await destroy(portsOf(place, once), await plannedFor(place), 'run')).outcome).toBe('destroyed');

    const busy = await lived();
    const always = () => busy.aws.account.fill(keyOf('DevelopmentStorageStack'), 1);
    const result = await destroy(portsOf(busy, always), await plannedFor(busy), 'run');
    expect(result.outcome).toBe('failed');
    expect(result.stacks.find(({ stack }) => stack === 'DevelopmentStorageStack')).toMatchObject({
      result: 'failed',
      status: 'DELETE_FAILED',
      why: expect.stringContaining('not empty'),
    });
    // The same command goes on with what is left.
    expect((await destroy(portsOf(busy), await plannedFor(busy), 'again')).outcome).toBe('destroyed');
    expect(busy.aws.account.standing()).toEqual([]);
  });

  test('takes off a protection that somebody has put on a table or a database', async () => {
    const place = await lived();
    const plan = await plannedFor(place);
    const cluster = plan.stacks
      .flatMap(({ stores }) => stores)
      .find(({ store }) => store.type === 'AWS::RDS::DBCluster');
    const held = place.aws.account.find(keyOf('DevelopmentDatabaseStack'), cluster?.store.logicalId ?? '');
    if (held === undefined) throw new Error('no database');
    held.isProtected = true;
    const again = await plannedFor(place);
    expect(again.stacks.flatMap(({ stores }) => stores).filter(({ contents }) => contents.isProtected)).toHaveLength(1);
    expect((await destroy(portsOf(place), again, 'run')).outcome).toBe('destroyed');
  });

  test('stops between two stacks when somebody says so, and the same command goes on', async () => {
    const place = await lived();
    const plan = await plannedFor(place);
    const ports = portsOf(place);
    const waves = wavesOf(development.stacks).length;
    let begun = 0;
    const tell = () => {
      begun += 1;
      if (begun > waves) place.interrupt();
    };
    const result = await destroy({ ...ports, tell }, plan, 'run');
    expect(result.outcome).toBe('interrupted');
    expect(result.stacks.some(({ result: how }) => how === 'not-begun')).toBe(true);
    await place.ports.clock.sleep(600_000);
    expect((await destroy(portsOf(place), await plannedFor(place), 'again')).outcome).toBe('destroyed');
    expect(place.aws.account.standing()).toEqual([]);
  });

  test('leaves a stack alone that is no longer what was approved', async () => {
    const place = await lived();
    const plan = await plannedFor(place);
    const network = plan.stacks.find(({ stack }) => stack.id.endsWith('EdgeStack'));
    if (network === undefined) throw new Error('no edge');
    await place.aws.port.protect(network.stack.place, true);
    const result = await destroy(portsOf(place), plan, 'run');
    expect(result.outcome).toBe('failed');
    expect(result.stacks).toContainEqual(
      expect.objectContaining({ stack: network.stack.id, result: 'other', why: 'protected' }),
    );
    expect(place.aws.standings()[network.stack.id]).toBe('CREATE_COMPLETE');
  });
});
