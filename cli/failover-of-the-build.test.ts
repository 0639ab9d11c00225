// The failover of the project's own document, run here: the state machine as it stands in the template, the functions' own code with the
// environment that the template gives them, and AWS's clients with scripted answers. What AWS itself does stays unproven until a drill
// against it (`hashira drill region --environment production`).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { at, isReference, isUnresolved, textOf, type Value } from '../assembly/graph.ts';
import { readAssembly } from '../assembly/read-assembly.ts';
import { partsOf } from '../assembly/text.ts';
import { inLanguage } from '../design/messages/words.ts';
import { readDesign } from '../design/read-design.ts';
import { createApp, synthesize } from '../infrastructure/lib/app.ts';
import { buildPlatform } from '../infrastructure/lib/platform.ts';
import { readStateMachine, runStateMachine, statesOf } from '../local/regions/state-machine.ts';
import { root } from './lib/root.ts';
import { type RegionState, type ScriptedAws, scriptAws } from './testing/scripted-aws.ts';

// The two calls that are none of AWS's clients': names, and the load balancer's answer.
vi.mock('node:dns/promises', async (original) => ({
  ...(await original()),
  resolve4: (name: string) => network.resolve(name),
}));
vi.mock('../functions/recovery/aws/load-balancer.ts', () => ({
  loadBalancerIn: (loadBalancer: string, origin: string) => ({
    ask: (path: string) => network.ask(loadBalancer, origin, path),
  }),
}));

const { graph, design } = built();
const definition = readStateMachine(graph, 'production');
const functions = graph.resources.filter(
  ({ stack, type }) => stack === 'ProductionRecoveryStack' && type === 'AWS::Lambda::Function',
);
const [home, away] = [design.region, design.recovery?.region ?? ''];
const steps = await functionsOfTheTemplate();
const speed = 100_000;

let aws: ScriptedAws;
/** Rules and alarms, as Step Functions switches them by itself. */
let switched: string[];

const network = {
  resolve: async (name: string): Promise<string[]> => {
    const region = name === 'origin.shop.example.com' ? (aws.latch === 1 ? away : home) : regionOf(name);
    return [`address in ${region}`];
  },
  async ask(loadBalancer: string, origin: string, path: string): Promise<number> {
    const region = regionOf(loadBalancer);
    aws.calls.push({ region, operation: 'ask', input: { origin, path } });
    return aws.dead.has(region) ? 0 : aws.writer === region ? 200 : 503;
  },
};

function regionOf(loadBalancer: string): string {
  const [name] = Object.entries(aws.regions).find(([, region]) => region.loadBalancer === loadBalancer) ?? [];
  if (name === undefined) throw new Error(`${loadBalancer} is no load balancer of the two`);
  return name;
}

beforeEach(() => {
  const { PLACES, CAPACITY } = variables();
  const places = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(PLACES ?? ''));
  const region = (role: string, tasks: number): [string, RegionState] => {
    const place = places[role] ?? {};
    const { database = '', workQueue: queue = '', dataBucket: bucket = '', loadBalancer = '' } = place;
    return [place.region ?? '', { database, queue, bucket, loadBalancer, tasks, messages: [], files: new Map() }];
  };
  const { resting } = z.object({ resting: z.number() }).parse(JSON.parse(CAPACITY ?? ''));
  aws = scriptAws(Object.fromEntries([region('primary', 3), region('standby', 0)]), home, resting);
  switched = [];
});
afterEach(() => aws.restore());

function built() {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const { design, problems } = readDesign(document);
  if (design === undefined) throw new Error(`the project's own document is refused: ${JSON.stringify(problems)}`);
  const outdir = mkdtempSync(join(tmpdir(), 'hashira-failover-'));
  try {
    const app = createApp({ outdir, validation: false });
    buildPlatform(app, design, { environments: ['production'] });
    synthesize(app);
    return { graph: readAssembly(outdir), design };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The functions' environment, with names in the place of what AWS would name. */
function variables(): Record<string, string> {
  const given = at(functions[0]?.properties, 'Environment', 'Variables');
  return Object.fromEntries(
    Object.entries(z.record(z.string(), z.custom<Value>()).parse(given)).map(([name, value]) => [
      name,
      deployed(value),
    ]),
  );
}

function deployed(value: Value): string {
  return partsOf(value)
    .map((part) => {
      if (isUnresolved(part)) return '123456789012';
      if (!isReference(part)) return part;
      const { type, stack = '' } = graph.resources.find(({ key }) => key === part.$ref) ?? {};
      const region = graph.stacks.find(({ id }) => id === stack)?.region;
      const name = textOf(part).replaceAll(/[^\w]/g, '-');
      if (type === 'AWS::SNS::Topic') return `arn:aws:sns:${region}:123456789012:${name}`;
      return type === 'AWS::SQS::Queue' ? `https://sqs.${region}.amazonaws.com/123456789012/${name}` : name;
    })
    .join('');
}

/** What each function's key in the graph runs: the code that its description names, with the environment of the template. */
async function functionsOfTheTemplate(): Promise<ReadonlyMap<string, (event: unknown) => Promise<unknown>>> {
  for (const [name, value] of Object.entries(variables())) vi.stubEnv(name, value);
  const loaded = functions.map(async ({ key, properties }) => {
    const source = textOf(properties.Description).replace('Failover: ', '');
    const { handler }: { handler: (event: unknown) => Promise<unknown> } = await import(
      `../functions/recovery/handlers/${source}.ts`
    );
    return [key, handler] as const;
  });
  return new Map(await Promise.all(loaded));
}

type Action = 'failover' | 'switchover' | 'failback';

/** Runs the state machine; `until` cuts it off behind a state, as if Step Functions had been stopped. */
async function run(action: Action, execution = 'first') {
  const states = statesOf(definition);
  const entered: string[] = [];
  const outcome = await runStateMachine({
    definition,
    input: { action, reason: 'a test' },
    execution: `arn:aws:states:${away}:123456789012:execution:Failover:${execution}`,
    speed,
    entered: (state) => entered.push(state),
    async run(state, event) {
      const resource = z.string().parse(states[state]?.Resource);
      const [, service] = /^arn:aws:states:::aws-sdk:(.+)$/.exec(resource) ?? [];
      if (service !== undefined) {
        switched.push(service);
        return {};
      }
      const step = steps.get(/^\$\{(.+)\.Arn\}$/.exec(resource)?.[1] ?? '');
      if (step === undefined) throw new Error(`${state} calls ${resource}, which is no function of the stack`);
      return step(event);
    },
  });
  return { ...outcome, entered };
}

const ledger = () =>
  z.object({ serving: z.string(), run: z.looseObject({}) }).parse(JSON.parse(aws.item?.entry?.S ?? ''));
const operations = (region: string) =>
  aws.calls.filter((call) => call.region === region).map(({ operation }) => operation);
const report = () => JSON.parse([...aws.reports.values()].at(-1) ?? '');

/** What a move leaves behind. */
const outcomeOf = () => ({
  writer: aws.writer,
  latch: aws.latch,
  capacity: aws.capacity,
  tasks: Object.entries(aws.regions).map(([name, { tasks }]) => [name, tasks]),
  serving: ledger().serving,
  phase: ledger().run.phase,
});

const failoverStates = [
  'Claim',
  'StartTasks',
  'PromoteDatabase',
  'SwitchTraffic',
  'RaiseCapacity',
  'AwaitTargets',
  'SmokeTest',
  'AwaitTraffic',
  'ResumeOrders',
  'StartSchedules',
  'StartAlarms',
  'Report',
];

/** As if the last word of an execution that began a while ago had never been written. */
function sayRunning(): void {
  const running = (aws.item?.entry?.S ?? '')
    .replace('"stopped"', '"running"')
    .replace(/"claimedAt":"[^"]*"/, `"claimedAt":"${new Date(Date.now() - 120_000).toISOString()}"`);
  aws.item = { ...aws.item, entry: { S: running } };
}

describe('a failover', () => {
  test('DR-6: works from the standby region alone, the primary dead', async () => {
    aws.dead.add(home);
    const { ok, entered, output } = await run('failover');
    expect(output).toMatchObject({ action: 'failover', from: 'primary', to: 'standby' });
    expect([ok, entered]).toEqual([true, failoverStates]);
    expect(aws.calls.filter(({ region }) => region !== away)).toEqual([]);
    expect(outcomeOf()).toEqual({
      writer: away,
      latch: 1,
      capacity: 8,
      tasks: [
        [home, 3],
        [away, 2],
      ],
      serving: 'standby',
      phase: 'done',
    });
    expect(aws.calls.find(({ operation }) => operation === 'FailoverGlobalCluster')?.input).toMatchObject({
      AllowDataLoss: true,
      TargetDbClusterIdentifier: expect.stringMatching(`^arn:aws:rds:${away}:123456789012:cluster:`),
    });
    expect(switched).toEqual(['eventbridge:enableRule', 'cloudwatch:enableAlarmActions']);
    expect(aws.subjects).toEqual(['production: failover to the standby region is done']);
  });

  test('DR-3: is a switchover while the primary’s database answers, asked for in the standby region', async () => {
    aws.replicates = true;
    const { ok } = await run('failover');
    expect([ok, aws.writer]).toEqual([true, away]);
    expect(operations(away)).toContain('SwitchoverGlobalCluster');
    expect(operations(away)).not.toContain('FailoverGlobalCluster');
    expect(operations(home)).toEqual([]);
    expect(report().notes[0]).toBe('The database changed hands without a loss.');
  });

  test('asks the load balancer with the name that its certificate has, and sends orders again', async () => {
    await run('failover');
    expect(aws.calls.find(({ operation }) => operation === 'ask')).toMatchObject({
      region: away,
      input: { origin: 'origin.shop.example.com', path: '/health/ready' },
    });
    expect(aws.calls.find(({ operation }) => operation === 'RunTask')).toMatchObject({
      region: away,
      input: { overrides: { containerOverrides: [{ name: 'api', command: ['resume-orders.mjs'] }] } },
    });
  });

  test.each([
    'RegisterScalableTarget',
    'DescribeGlobalClusters',
    'GetMetricStatistics',
    'FailoverGlobalCluster',
    'PutMetricData',
    'ModifyDBCluster',
    'DescribeTargetHealth',
    'RunTask',
    'DescribeTasks',
    'PutObject',
  ])('that stopped at %s says so, and the next goes on to the same end', async (operation) => {
    aws.dead.add(home);
    aws.broken = new RegExp(`^${operation}$`);
    const first = await run('failover');
    expect([first.ok, ledger().run.phase]).toEqual([false, 'stopped']);
    expect(first.entered.at(-1)).toBe('Stop');
    expect(aws.subjects).toEqual(['production: failover has stopped']);
    aws.broken = undefined;
    const second = await run('failover', 'second');
    expect([second.ok, second.entered]).toEqual([true, failoverStates]);
    expect(outcomeOf()).toMatchObject({ writer: away, latch: 1, capacity: 8, serving: 'standby', phase: 'done' });
    expect(operations(home)).toEqual([]);
  });

  test('that died without a word is taken over from', async () => {
    aws.broken = /^RunTask$/;
    await run('failover');
    sayRunning();
    aws.broken = undefined;
    const { ok } = await run('failover', 'second');
    expect([ok, ledger().run.phase]).toEqual([true, 'done']);
  });

  test('is refused while another runs, and moves nothing', async () => {
    aws.broken = /^RunTask$/;
    await run('failover', 'first');
    sayRunning();
    aws.running = [`arn:aws:states:${away}:123456789012:execution:Failover:first`];
    aws.broken = undefined;
    aws.calls.splice(0);
    const { ok, entered, failure } = await run('failover', 'second');
    expect([ok, entered]).toEqual([false, ['Claim']]);
    expect(inLanguage(failure ?? '', 'en')).toMatch(/runs already/);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetItem', 'ListExecutions']);
    expect(aws.subjects).toEqual(['production: failover has stopped']);
  });
});

describe('a switchover', () => {
  test('stops the writers, then asks for the switchover in the region that is left', async () => {
    const { ok, entered } = await run('switchover');
    expect(ok).toBe(true);
    expect(entered.slice(0, 4)).toEqual(['Claim', 'StartTasks', 'FreezeWriters', 'PromoteDatabase']);
    const asked = operations(home);
    expect(asked.indexOf('RegisterScalableTarget')).toBeGreaterThanOrEqual(0);
    expect(asked.indexOf('SwitchoverGlobalCluster')).toBeGreaterThan(asked.indexOf('RegisterScalableTarget'));
    expect(aws.regions[home]?.tasks).toBe(0);
    expect(operations(away)).not.toContain('SwitchoverGlobalCluster');
  });
});

describe('a failback', () => {
  test.each(['failover', 'switchover'] as const)(
    'DR-5: after a %s loses nothing, and puts the standby to rest',
    async (action) => {
      await run(action);
      aws.regions[away]?.messages.push('a line of an import');
      aws.regions[away]?.files.set('orders/receipts/1.json', new Date());
      aws.regions[away]?.files.set('orders/receipts/old.json', new Date(0));
      aws.calls.splice(0);
      const { ok, entered } = await run('failback', 'home');
      expect(ok).toBe(true);
      expect(entered).toEqual([
        'Claim',
        'StartTasks',
        'FreezeWriters',
        'PromoteDatabase',
        'SwitchTraffic',
        'AwaitTargets',
        'SmokeTest',
        'AwaitTraffic',
        'ResumeOrders',
        'CarryWork',
        'CarryFiles',
        'RestStandby',
        'StopSchedules',
        'StopAlarms',
        'Report',
      ]);
      expect(outcomeOf()).toMatchObject({ writer: home, latch: 0, capacity: 0.5, serving: 'primary', phase: 'done' });
      expect(aws.regions[away]).toMatchObject({ tasks: 0, messages: [] });
      expect(aws.regions[home]).toMatchObject({ messages: ['a line of an import'] });
      expect([...(aws.regions[home]?.files.keys() ?? [])]).toEqual(['orders/receipts/1.json']);
      expect(aws.calls.map(({ operation }) => operation)).not.toContain('FailoverGlobalCluster');
      expect(switched.slice(-2)).toEqual(['eventbridge:disableRule', 'cloudwatch:disableAlarmActions']);
      expect(report().notes).toEqual(['The database changed hands without a loss.']);
    },
  );

  test('does not stop the region that serves for one whose database does not follow', async () => {
    await run('failover');
    aws.follows = false;
    const { ok, entered } = await run('failback', 'home');
    expect([ok, entered.slice(-2)]).toEqual([false, ['FreezeWriters', 'Stop']]);
    expect(outcomeOf()).toMatchObject({ writer: away, latch: 1, serving: 'standby' });
    expect(aws.regions[away]?.tasks).toBe(2);
  });

  test('is refused while the primary serves', async () => {
    const { ok, failure } = await run('failback');
    expect([ok, inLanguage(failure ?? '', 'en')]).toEqual([false, expect.stringMatching(/serves already/)]);
  });
});
