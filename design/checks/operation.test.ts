import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import { readSentence } from '../words/sentence.ts';
import { checkOperation } from './operation.ts';

/** The lines of a document that states these paths, one each. */
const paths = [
  'region',
  'recovery.region',
  'sizes.production.task.minimum',
  'sizes.production.aurora.instanceClass',
  'sizes.production.aurora.instances',
  'sizes.production.cache.nodes',
  'sizes.production.functions.memoryMiB',
  'multiAz.production',
  'alarms.0.metric',
  'alarms.0.critical',
  'dashboards.0.widgets.0',
  'backup.aurora.copyTo.production',
  'backup.s3.versioning',
  'backup.s3.replicateTo.production',
  'backup.cache.automatic',
  'securityGroups.2.name',
  'securityGroups.4.name',
  'roles.2.name',
  'cost.total',
  'cost.environments.production.monthly',
  'cost.groups.0.services.0.lines.0',
  'criteria.0',
];

/** `<path> <code>` of each problem that the checks find. */
function problemsOf(design: Design): string[] {
  const ledger = new LineLedger(paths.join('\n'));
  for (const [index, path] of paths.entries()) ledger.state(index + 1, 'input', path);
  checkOperation(design, ledger);
  return ledger.problems.map(({ line, code }) => `${paths[line - 1]} ${code}`);
}

const recovery = {
  ...{ strategy: 'Pilot Light' as const, rpoSeconds: 3600, rtoSeconds: 14_400, region: 'us-west-2' },
  ...{ primary: [], standby: [], steps: [] },
};
const { production } = exampleDesign.sizes;
const good: Design = { ...exampleDesign, recovery };
const sized = (change: Partial<Design['sizes']['production']>): Design => ({
  ...good,
  sizes: { ...good.sizes, production: { ...production, ...change } },
});
const { weeklySnapshot: _, ...neverSnapped } = exampleDesign.backup.aurora;
const aurora = (instanceClass: string, instances = 2) => sized({ aurora: { instanceClass, instances } });
const criterion = (text: string): Pick<Design, 'criteria'> => ({
  criteria: [{ id: 'AC-X-1', group: '', pattern: 'ubiquitous', ...readSentence(text) }],
});
const noted = (note: string): Design => ({
  ...good,
  cost: {
    ...good.cost,
    groups: [
      {
        ...{ name: '', total: 0 },
        services: [{ name: '', subtotal: 0, lines: [{ label: '', factors: [], note, total: 0 }] }],
      },
    ],
  },
});
const without = (part: 'cache' | 'functions'): Design => {
  const { [part]: _, ...rest } = production;
  return { ...good, sizes: { ...good.sizes, production: rest } };
};

test('a sound design has no problem', () => {
  expect(problemsOf(good)).toEqual([]);
  expect(problemsOf(exampleDesign)).toEqual([]);
});

const { backup } = good;
const copies = (region: string) => ({ production: region, staging: null, development: null });

describe('what cannot work, or is said in two ways, is refused at its line', () => {
  const cases: readonly (readonly [string, Design, readonly string[]])[] = [
    [
      'DR-7: a global database on a burstable class',
      aurora('db.t4g.large'),
      ['sizes.production.aurora.instanceClass recovery-class'],
    ],
    [
      'DR: a second region that is the first',
      { ...good, region: 'us-west-2' },
      [
        'recovery.region same-region',
        'backup.aurora.copyTo.production same-region',
        'backup.s3.replicateTo.production same-region',
      ],
    ],
    [
      'BKP-3: copies into a third region',
      { ...good, backup: { ...backup, aurora: { ...backup.aurora, copyTo: copies('us-east-1') } } },
      ['backup.aurora.copyTo.production figures-disagree'],
    ],
    [
      'BKP-3: copies of snapshots that nobody takes',
      { ...good, backup: { ...backup, aurora: { ...neverSnapped, copyTo: backup.aurora.copyTo } } },
      ['backup.aurora.copyTo.production snapshots-needed'],
    ],
    [
      'BKP-5: replicas in a third region',
      { ...good, backup: { ...backup, s3: { ...backup.s3, replicateTo: copies('us-east-1') } } },
      ['backup.s3.replicateTo.production figures-disagree'],
    ],
    [
      'DR: a region that takes over without the files',
      {
        ...good,
        backup: { ...backup, s3: { ...backup.s3, replicateTo: { ...backup.s3.replicateTo, production: null } } },
      },
      ['backup.s3.replicateTo.production replicas-needed'],
    ],
    [
      'BKP-3, BKP-5: copies of snapshots into one region and of files into another',
      { ...exampleDesign, backup: { ...backup, s3: { ...backup.s3, replicateTo: copies('us-east-1') } } },
      ['backup.s3.replicateTo.production figures-disagree'],
    ],
    [
      'BKP-5: replicas without versions',
      { ...good, backup: { ...backup, s3: { ...backup.s3, versioning: false } } },
      ['backup.s3.replicateTo.production versions-needed'],
    ],
    [
      'more tasks than there may be',
      sized({ task: { ...production.task, minimum: 11 } }),
      ['sizes.production.task.minimum out-of-range'],
    ],
    [
      'more instances than a cluster has',
      aurora('db.r6g.large', 17),
      ['sizes.production.aurora.instances out-of-range'],
    ],
    [
      'more nodes than a group has',
      sized({ cache: { nodeType: 'cache.r6g.large', nodes: 7 } }),
      ['sizes.production.cache.nodes out-of-range'],
    ],
    [
      'COST: production’s month in two places',
      { ...good, cost: { ...good.cost, total: 1 } },
      ['cost.environments.production.monthly figures-disagree'],
    ],
    [
      'a cost in one zone of a platform in several',
      noted('シングルAZ'),
      ['cost.groups.0.services.0.lines.0 figures-disagree'],
    ],
    [
      'a cost in several zones of a platform in one',
      { ...noted('Multi-AZ'), multiAz: { ...good.multiAz, production: false } },
      ['cost.groups.0.services.0.lines.0 figures-disagree'],
    ],
    [
      'functions that are only paid for',
      { ...good, functions: [] },
      ['sizes.production.functions.memoryMiB service-unused'],
    ],
    [
      'a Duration that Lambda never reaches',
      {
        ...good,
        alarms: [
          {
            ...{ service: 'lambda', metric: 'Duration', periodSeconds: 60, evaluationPeriods: 1 },
            critical: { statistic: 'Average', comparison: '>', value: 900, unit: 's' },
          },
        ],
      },
      ['alarms.0.critical out-of-range'],
    ],
    [
      'AC-REL-1: one instance where a criterion wants several zones',
      { ...aurora('db.r6g.large', 1), ...criterion('RDS AuroraをMulti-AZで') },
      ['sizes.production.aurora.instances zones-demanded'],
    ],
    [
      'AC-REL-2: fewer tasks than zones',
      { ...good, ...criterion('ECS Fargateを3つ以上のAvailability Zoneに') },
      ['sizes.production.task.minimum zones-demanded'],
    ],
    [
      'AC-REL-1: a production in one zone',
      { ...good, multiAz: { ...good.multiAz, production: false }, ...criterion('すべてMulti-AZ') },
      ['multiAz.production zones-demanded'],
    ],
  ];
  test.each(cases)('%s', (_, design, expected) => {
    expect(problemsOf(design)).toEqual(expected);
  });

  test('nothing is watched, shown, backed up or let in that has no size', () => {
    const [first, ...others] = good.alarms.filter(({ service }) => service === 'cache');
    const design = without('cache');
    if (first === undefined) throw new Error('the example watches its cache');
    const dashboards = [{ title: 'Redis Dashboard', widgets: [{ title: 'CacheHits', kind: 'line' as const }] }];
    expect(others.length).toBeGreaterThan(0);
    expect(problemsOf({ ...design, alarms: [first], dashboards })).toEqual([
      'alarms.0.metric service-absent',
      'dashboards.0.widgets.0 service-absent',
      'backup.cache.automatic service-absent',
      'securityGroups.4.name service-absent',
    ]);
    expect(problemsOf({ ...without('functions'), alarms: [], dashboards: [] })).toEqual([
      'securityGroups.2.name service-absent',
      'roles.2.name service-absent',
    ]);
  });
});

describe('what may be', () => {
  test.each([
    ['a burstable class without a second region', { ...aurora('db.t4g.large'), recovery: undefined }],
    ['a criterion of another environment', { ...aurora('db.r6g.large', 1), ...criterion('開発環境のRDSをMulti-AZに') }],
    ['a criterion of one zone', { ...aurora('db.r6g.large', 1), ...criterion('RDSを1つのAvailability Zoneに') }],
  ])('%s', (_, { recovery: other, ...design }) => {
    expect(problemsOf(other === undefined ? design : { ...design, recovery: other })).toEqual([]);
  });
});
