// Claims about a run of `prove`, over a scripted account: what it shows, what it never claims, and that nothing stays standing unsaid.
import { afterAll, describe, expect, test } from 'vitest';
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import type { Deployable } from '../deploy/deployable.ts';
import { AwsFault } from '../deploy/fault.ts';
import { isStateful } from '../deploy/holds-data.ts';
import { ScriptedAccount } from '../deploy/testing/scripted-account.ts';
import { account, deployableOf, type ScriptedPorts, scriptedPorts } from '../deploy/testing/scripted-ports.ts';
import { scriptedStores } from '../destroy/testing/scripted-stores.ts';
import { type Evidence, evidenceShape, isAsBelieved, type RowId, rowIds } from './evidence.ts';
import { failingCreation, failingId } from './failing-creation.ts';
import { planProof } from './plan.ts';
import { proven, scriptedDrift, wellServed } from './testing/scripted-proof.ts';

const directory = synthesized('development');
afterAll(() => remove(directory));
const development = deployableOf(directory, 'development');
const database = 'DevelopmentDatabaseStack';
const names = development.stacks.map(({ id }) => id);

/** Rows by what was seen of them. */
function rowsOf({ seen }: Evidence): Readonly<Record<'believed' | 'otherwise', readonly string[]>> {
  const is = <Row extends RowId>(row: Row, wanted: boolean) => {
    const figures = seen[row];
    return figures !== undefined && isAsBelieved(row, figures) === wanted;
  };
  return { believed: rowIds.filter((row) => is(row, true)), otherwise: rowIds.filter((row) => is(row, false)) };
}

const endsOf = ({ steps }: Evidence) => steps.map(({ step, ended }) => `${step} ${ended}`);

/** Development in which a type of resource of a stack has this beside its properties. */
function changed(stack: string, type: string, more: TemplateNode): Deployable {
  const stacks = development.stacks.map((one) => {
    if (one.id !== stack) return one;
    const resources = member(one.template, 'Resources');
    const next = Object.entries(isNode(resources) ? resources : {}).map(([id, resource]) => [
      id,
      isNode(resource) && resource.Type === type ? { ...resource, ...more } : resource,
    ]);
    return { ...one, template: { ...one.template, Resources: Object.fromEntries(next) } };
  });
  return { ...development, stacks };
}

describe('the creation that fails', () => {
  test('is that of the database, whole but for one resource that waits for all others', () => {
    const { stack, deployable, resources } = failingCreation(development);
    expect(stack.id).toBe(database);
    expect(deployable.stacks.filter((one) => !development.stacks.includes(one))).toEqual([stack]);
    expect(stack.hash).not.toBe(development.stacks.find(({ id }) => id === database)?.hash);
    const made = new ScriptedAccount();
    for (const one of deployable.stacks) {
      if (one.id === database) break;
      expect(made.create(`${one.place.region}/${one.id}`, one.template)).toBeUndefined();
    }
    const of = `${stack.place.region}/${database}`;
    expect(made.create(of, stack.template)?.logicalId).toBe(failingId);
    expect(made.standing(of)).toEqual(expect.arrayContaining(resources.map((id) => `${of}/${id}`)));
    expect(resources.length).toBeGreaterThan(10);
  });

  test('is another one that holds data, or the first, where there is no database', () => {
    const without = development.stacks.filter(({ id }) => id !== database);
    const chosen = failingCreation({ ...development, stacks: without }).stack;
    expect(isStateful(chosen.template)).toBe(true);
    const [network] = development.stacks.filter(({ id }) => id === 'DevelopmentNetworkStack');
    if (network === undefined) throw new Error('no network');
    expect(failingCreation({ ...development, stacks: [network] }).stack.id).toBe(network.id);
  });
});

describe('a plan', () => {
  test('touches nothing, and its digest is of the account and of all that is deployed', async () => {
    const place = scriptedPorts();
    const plan = await planProof(place.ports, development);
    if ('standing' in plan) throw new Error('something stands');
    const others = [
      { ...development, account: '210987654321' },
      { ...development, stacks: development.stacks.map((one) => ({ ...one, hash: `${one.hash}x` })) },
    ];
    for (const other of others) {
      expect(await planProof(place.ports, other)).not.toMatchObject({ digest: plan.digest });
    }
    expect(place.aws.done).toEqual([]);
    expect(place.aws.standings()).toEqual({});
  });

  test.each(names)('is refused where %s stands, in whatever state', async (id) => {
    const place = scriptedPorts();
    const stack = development.stacks.find((one) => one.id === id);
    if (stack === undefined) throw new Error(id);
    const templateUrl = place.aws.keep('{}');
    const words = { name: 'theirs', token: 'theirs', kind: 'CREATE', keep: [], description: '', tags: {} } as const;
    await place.aws.port.createChangeSet({ ...words, place: stack.place, templateUrl });
    expect(await planProof(place.ports, development)).toEqual({
      standing: [{ stack: id, region: stack.place.region, status: 'REVIEW_IN_PROGRESS' }],
    });
  });
});

describe('a run in which all is well', () => {
  const place = scriptedPorts();
  const run = proven(place, development);

  test('shows every row that it can, ends well and leaves nothing', async () => {
    const { evidence, ended, standing } = await run;
    expect(rowsOf(evidence)).toEqual({ believed: rowIds, otherwise: [] });
    expect(endsOf(evidence)).toEqual(['fail well', 'deploy well', 'drift well', 'destroy well']);
    expect({ ended, standing }).toEqual({ ended: 'well', standing: [] });
    expect(place.aws.account.standing()).toEqual([]);
    expect(place.aws.standings()).toEqual({});
    expect(evidence.seen).toMatchObject({
      'stacks-come-up': { stacks: names.length, stood: names.length, regions: ['ap-northeast-1', 'us-east-1'] },
      'creation-fails': { stack: database, failedAt: failingId, status: 'ROLLBACK_COMPLETE', next: 'deploy-again' },
      'drift-after-deployment': { unchecked: 2 * names.length },
    });
  });

  test('makes the failing stack twice and every other once, and nothing of what waits for it before it stands', async () => {
    await run;
    const { done } = place.aws;
    for (const id of names) {
      expect([id, done.filter((line) => line === `create ${id}`).length]).toEqual([id, id === database ? 2 : 1]);
      expect([id, done.filter((line) => line === `delete ${id}`).length]).toEqual([id, id === database ? 2 : 1]);
    }
    const stood = done.lastIndexOf(`create ${database}`);
    for (const { id, waitsFor } of development.stacks) {
      if (waitsFor.includes(database)) expect([id, done.indexOf(`create ${id}`) > stood]).toEqual([id, true]);
    }
  });

  test('keeps its evidence after each step, of the shape that is read back, without the account’s number', async () => {
    const { kept, evidence } = await run;
    expect(kept.map(({ steps }) => steps.length)).toEqual([0, 1, 2, 3, 4, 4]);
    for (const one of kept) expect(evidenceShape.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    expect(kept.at(-1)).toEqual(evidence);
    expect(JSON.stringify(kept)).not.toContain(account);
    expect(kept.slice(0, -1).every((one) => one.ended === undefined && one.standing === undefined)).toBe(true);
  });
});

/** How a run goes in which something is not well. */
interface Trouble {
  readonly title: string;
  readonly place?: () => ScriptedPorts;
  readonly deployable?: Deployable;
  readonly change?: (place: ScriptedPorts) => Parameters<typeof proven>[2];
  readonly steps: readonly string[];
  readonly otherwise: readonly string[];
  /** Rows of which nothing was seen. */
  readonly missing: readonly RowId[];
  readonly standing?: readonly string[];
  readonly ended?: 'well';
}

const afterFailure: readonly RowId[] = [
  'stacks-come-up',
  'outputs-across-regions',
  'goes-on-after-failure',
  'order-goes-through',
  'trace-through-edge',
  'drift-after-deployment',
  'environment-goes',
];
const drifted = (place: ScriptedPorts, of: 'drifted' | 'unknown') =>
  scriptedDrift(place, development).map((one, index) => (index === 0 ? { ...one, account: of } : one));

const troubles: readonly Trouble[] = [
  {
    title: 'a rollback that fails as well',
    place: () => scriptedPorts({ script: { fails: { [database]: 'rollback-failed' } } }),
    steps: ['fail failed', 'deploy not-begun', 'drift not-begun', 'destroy well'],
    otherwise: ['creation-fails'],
    missing: ['creation-taken-back', ...afterFailure],
  },
  {
    title: 'a creation that fails at something else',
    place: () => scriptedPorts({ script: { fails: { [database]: 'rolled-back' } } }),
    steps: ['fail failed', 'deploy not-begun', 'drift not-begun', 'destroy well'],
    otherwise: ['creation-fails'],
    missing: ['creation-taken-back', ...afterFailure],
  },
  {
    title: 'another stack that fails beside it',
    place: () => scriptedPorts({ script: { fails: { DevelopmentCacheStack: 'rolled-back' } } }),
    steps: ['fail failed', 'deploy not-begun', 'drift not-begun', 'destroy well'],
    otherwise: [],
    missing: afterFailure,
  },
  {
    title: 'a rollback that leaves something',
    deployable: changed(database, 'AWS::KMS::Key', { DeletionPolicy: 'Retain' }),
    steps: ['fail otherwise', 'deploy well', 'drift well', 'destroy well'],
    otherwise: ['creation-taken-back'],
    missing: [],
  },
  {
    title: 'a stack that does not come up at all',
    place: () => scriptedPorts({ script: { fails: { DevelopmentComputeStack: 'rolled-back' } } }),
    steps: ['fail well', 'deploy failed', 'drift not-begun', 'destroy well'],
    otherwise: ['stacks-come-up'],
    missing: [
      'outputs-across-regions',
      'order-goes-through',
      'trace-through-edge',
      'drift-after-deployment',
      'environment-goes',
    ],
  },
  {
    title: 'a platform that does not serve',
    change: () => ({
      smoke: async () => ({
        passed: false,
        checks: wellServed.checks.map((one) => (one.id === 'edge' ? one : { ...one, verdict: 'fail' as const })),
      }),
    }),
    steps: ['fail well', 'deploy otherwise', 'drift well', 'destroy well'],
    otherwise: ['order-goes-through'],
    missing: ['trace-through-edge'],
  },
  {
    title: 'a trace that does not arrive',
    change: () => ({
      smoke: async () => ({
        passed: false,
        checks: wellServed.checks.map((one) => (one.id === 'traces' ? { ...one, verdict: 'fail' as const } : one)),
      }),
    }),
    steps: ['fail well', 'deploy otherwise', 'drift well', 'destroy well'],
    otherwise: ['order-goes-through', 'trace-through-edge'],
    missing: [],
  },
  {
    title: 'a platform without an edge to look at',
    change: () => ({
      smoke: async () => ({
        passed: true,
        checks: wellServed.checks.map((one) =>
          one.id === 'edge' ? { ...one, verdict: 'not-applicable' as const } : one,
        ),
      }),
    }),
    steps: ['fail well', 'deploy well', 'drift well', 'destroy well'],
    otherwise: [],
    missing: ['trace-through-edge'],
    ended: 'well',
  },
  {
    title: 'a resource that has drifted',
    change: (place) => ({ drift: async () => drifted(place, 'drifted') }),
    steps: ['fail well', 'deploy well', 'drift otherwise', 'destroy well'],
    otherwise: ['drift-after-deployment'],
    missing: [],
  },
  {
    title: 'a stack of which nobody can find out whether it has drifted',
    change: (place) => ({ drift: async () => drifted(place, 'unknown') }),
    steps: ['fail well', 'deploy well', 'drift failed', 'destroy well'],
    otherwise: [],
    missing: ['drift-after-deployment'],
  },
  {
    title: 'a comparison that AWS refuses',
    change: () => ({
      drift: async () => {
        throw new AwsFault('refused', 'AccessDenied', `arn:aws:iam::${account}:role/x may not`);
      },
    }),
    steps: ['fail well', 'deploy well', 'drift failed', 'destroy well'],
    otherwise: [],
    missing: ['drift-after-deployment'],
  },
  {
    title: 'a bucket that fills faster than it is emptied',
    change: ({ aws }) => ({
      stores: scriptedStores(aws.account, () => aws.account.fill('ap-northeast-1/DevelopmentStorageStack', 1)),
    }),
    steps: ['fail well', 'deploy well', 'drift well', 'destroy failed'],
    otherwise: ['environment-goes'],
    missing: [],
    standing: ['DevelopmentStorageStack'],
  },
];

describe('a run that meets', () => {
  test.each(troubles)(
    '$title says so, claims nothing that it has not seen, and takes away what it can',
    async (trouble) => {
      const place = trouble.place?.() ?? scriptedPorts();
      const run = await proven(place, trouble.deployable ?? development, trouble.change?.(place));
      expect(endsOf(run.evidence)).toEqual(trouble.steps);
      expect(rowsOf(run.evidence).otherwise).toEqual(trouble.otherwise);
      expect(rowIds.filter((row) => run.evidence.seen[row] === undefined).sort()).toEqual(trouble.missing.toSorted());
      expect(run.ended).toBe(trouble.ended ?? 'otherwise');
      expect(run.standing?.map(({ stack }) => stack)).toEqual(
        trouble.standing === undefined ? [] : expect.arrayContaining([...trouble.standing]),
      );
      expect(run.evidence.standing).toEqual(run.standing);
      expect(evidenceShape.parse(run.evidence)).toEqual(run.evidence);
      expect(JSON.stringify(run.kept)).not.toContain(account);
    },
  );
});

describe('whoever stops it', () => {
  test.each(['fail', 'deploy', 'destroy'])('during %s leaves what stands as it is, and it is named', async (at) => {
    const place = scriptedPorts();
    let now = '';
    const run = await proven(place, development, {
      begin: async (step) => {
        now = step;
      },
      tell: (progress) => {
        if (progress.at === 'wave' && now === at) place.interrupt();
      },
    });
    expect(run.ended).toBe('interrupted');
    expect(run.evidence.steps.find(({ step }) => step === at)?.ended).toBe('interrupted');
    if (at !== 'destroy') expect(run.evidence.steps.find(({ step }) => step === 'destroy')?.ended).toBe('not-begun');
    expect(run.standing?.length).toBeGreaterThan(0);
    expect(Object.keys(place.aws.standings()).sort()).toEqual(run.standing?.map(({ stack }) => stack).sort());
    expect(rowsOf(run.evidence).believed).not.toContain('environment-goes');
  });
});

test('a connection that stays away ends it, since AWS may be in the middle of something', async () => {
  const fault = {
    method: 'events',
    stack: 'DevelopmentComputeStack',
    kind: 'lost',
    when: 'before',
    times: 1000,
  } as const;
  const run = await proven(scriptedPorts({ script: { faults: [fault] } }), development);
  expect(run.ended).toBe('interrupted');
  expect(endsOf(run.evidence)).toEqual(['fail well', 'deploy interrupted', 'drift not-begun', 'destroy not-begun']);
});

test('a stack that somebody else has made meanwhile is left alone, and named', async () => {
  const place = scriptedPorts({ script: { fails: { [database]: 'rolled-back' } } });
  const theirs = development.stacks.find(({ id }) => id === 'DevelopmentGovernanceStack');
  if (theirs === undefined) throw new Error('no governance');
  const templateUrl = place.aws.keep('{"Resources":{}}');
  const words = { name: 'theirs', token: 'theirs', kind: 'CREATE', keep: [], description: '' } as const;
  const run = await proven(place, development, {
    end: async ({ step }) => {
      if (step !== 'fail') return;
      await place.aws.port.createChangeSet({ ...words, place: theirs.place, tags: theirs.tags, templateUrl });
      await place.ports.clock.sleep(10_000);
      await place.aws.port.execute(theirs.place, 'theirs', 'theirs-too');
      await place.ports.clock.sleep(120_000);
    },
  });
  expect(place.aws.standings()).toEqual({ [theirs.id]: 'CREATE_COMPLETE' });
  expect(run.standing?.map(({ stack }) => stack)).toEqual([theirs.id]);
  expect(run.ended).toBe('otherwise');
});
