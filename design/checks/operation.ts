// What an operations engineer would ask of a design: a second region that can take over, zones where a criterion wants them, sizes
// that exist, nothing watched that is not there, and every figure the same wherever it stands.
import { auroraClass, auroraClasses } from '../../aws/instance-classes.ts';
import { metricOf, publishedValue } from '../catalogue/metrics.ts';
import { widgetMetrics } from '../catalogue/widgets.ts';
import { environmentKeys, isProduction, perEnvironment, productionOf } from '../environments.ts';
import type { LineLedger } from '../lines.ts';
import type { AlarmService, Design } from '../schema.ts';
import { checkZonesDemanded } from './zones-demanded.ts';

/** Refuses, at their lines, what cannot work in how the design is run, and what its parts say differently. */
export function checkOperation(design: Design, ledger: LineLedger): void {
  checkSizes(design, ledger);
  checkDuration(design, ledger);
  checkServices(design, ledger);
  checkRecovery(design, ledger);
  checkCopies(design, ledger);
  checkCosts(design, ledger);
  checkZonesDemanded(design, ledger);
}

/** An Aurora cluster has a writer and at most 15 readers; a replication group of one shard a primary and at most 5 replicas. */
const mostInstances = 16;
const mostNodes = 6;

function checkSizes(design: Design, ledger: LineLedger): void {
  const production = productionOf(design);
  const { task, aurora, cache } = perEnvironment(design.sizes, production);
  const refuse = (what: string, part: string, found: number, expected: string) =>
    ledger.refuse(ledger.lineOf(`sizes.${production}.${part}`), 'out-of-range', { what, found: `${found}`, expected });
  if (task.minimum > task.maximum) refuse('タスク', 'task.minimum', task.minimum, `1–${task.maximum} (max_tasks)`);
  if (aurora.instances > mostInstances) {
    refuse('RDS Aurora', 'aurora.instances', aurora.instances, `1–${mostInstances}`);
  }
  if (cache !== undefined && cache.nodes > mostNodes)
    refuse('ElastiCache', 'cache.nodes', cache.nodes, `1–${mostNodes}`);
}

/** Lambda ends every call after 15 minutes: a longer Duration is never seen. */
const longestDuration = 900;

function checkDuration({ alarms }: Design, ledger: LineLedger): void {
  const metric = metricOf('lambda', 'Duration');
  for (const [index, alarm] of alarms.entries()) {
    if (metric === undefined || alarm.service !== 'lambda' || alarm.metric !== metric.name) continue;
    for (const severity of ['warning', 'critical'] as const) {
      const threshold = alarm[severity];
      if (threshold === undefined || publishedValue(metric, threshold) < longestDuration * 1000) continue;
      const found = `${threshold.value}${threshold.unit}`;
      const expected = `< ${longestDuration}s`;
      ledger.refuse(ledger.lineOf(`alarms.${index}.${severity}`), 'out-of-range', {
        what: metric.name,
        found,
        expected,
      });
    }
  }
}

/** The parts of a platform that a document may leave out: what one of their cost lines looks like. */
const optionalServices = {
  cache: { service: 'ElastiCache', expected: 'cache.r6g.large × 2: $0.246/時間 × 730時間 × 2 = $359' },
  lambda: { service: 'Lambda', expected: '実行時間: 100万リクエスト × 200ms × $0.0000166667/GB秒 × 512MB = $1.67' },
} as const;

/** Nothing is watched, shown or backed up that has no size; and functions are there in every part of the document, or in none. */
function checkServices(design: Design, ledger: LineLedger): void {
  const production = productionOf(design);
  const { cache, functions } = perEnvironment(design.sizes, production);
  const isAbsent = (service: AlarmService): service is 'cache' | 'lambda' =>
    (service === 'cache' && cache === undefined) || (service === 'lambda' && functions === undefined);
  const refuse = (service: AlarmService, path: string) => {
    if (isAbsent(service)) ledger.refuse(ledger.lineOf(path), 'service-absent', optionalServices[service]);
  };
  for (const [index, { service }] of design.alarms.entries()) refuse(service, `alarms.${index}.metric`);
  for (const [index, { title, widgets }] of design.dashboards.entries()) {
    for (const [place, widget] of widgets.entries()) {
      const shown = widgetMetrics(title, widget.title);
      for (const { service } of shown) refuse(service, `dashboards.${index}.widgets.${place}`);
    }
  }
  if (design.backup.cache !== undefined) refuse('cache', 'backup.cache.automatic');
  for (const [index, { key }] of design.securityGroups.entries()) {
    if (key === 'cache' || key === 'lambda') refuse(key, `securityGroups.${index}.name`);
  }
  for (const [index, { kind }] of design.roles.entries()) if (kind === 'lambda') refuse(kind, `roles.${index}.name`);
  if (functions !== undefined && design.functions.length === 0) {
    const line = ledger.lineOf(`sizes.${production}.functions.memoryMiB`);
    ledger.refuse(line, 'service-unused', { service: 'Lambda' });
  }
}

function checkRecovery(design: Design, ledger: LineLedger): void {
  const { region, recovery, sizes } = design;
  if (recovery === undefined) return;
  const line = ledger.lineOf('recovery.region');
  if (recovery.region === region) ledger.refuse(line, 'same-region', { region, line: ledger.lineOf('region') });
  const production = productionOf(design);
  const found = perEnvironment(sizes, production).aurora.instanceClass;
  const machine = auroraClass(found);
  if (machine?.burstable !== true) return;
  const fitting = auroraClasses.filter(({ burstable, memoryGiB }) => !burstable && memoryGiB >= machine.memoryGiB);
  const expected = fitting.slice(0, 3).map(({ name }) => name);
  ledger.refuse(ledger.lineOf(`sizes.${production}.aurora.instanceClass`), 'recovery-class', { found, line, expected });
}

/** Copies go to the region that takes over, where there is one, and never to the platform's own. */
function checkCopies(design: Design, ledger: LineLedger): void {
  const { region, recovery, backup } = design;
  for (const name of environmentKeys(design)) {
    const copies = [
      { path: `backup.aurora.copyTo.${name}`, to: perEnvironment(backup.aurora.copyTo, name) },
      { path: `backup.s3.replicateTo.${name}`, to: perEnvironment(backup.s3.replicateTo, name) },
    ].filter(({ to }) => to !== null);
    for (const { path, to } of copies) {
      const line = ledger.lineOf(path);
      if (to === region) ledger.refuse(line, 'same-region', { region, line: ledger.lineOf('region') });
      else if (recovery !== undefined && to !== recovery.region) {
        const there = { there: recovery.region, line: ledger.lineOf('recovery.region') };
        ledger.refuse(line, 'figures-disagree', { what: 'DR Region', here: `${to}`, ...there });
      }
    }
    const copied = perEnvironment(backup.aurora.copyTo, name);
    const replicated = perEnvironment(backup.s3.replicateTo, name);
    if (recovery === undefined && copied !== null && replicated !== null && copied !== replicated) {
      const there = { there: copied, line: ledger.lineOf(`backup.aurora.copyTo.${name}`) };
      const what = 'クロスリージョン';
      ledger.refuse(ledger.lineOf(`backup.s3.replicateTo.${name}`), 'figures-disagree', {
        what,
        here: replicated,
        ...there,
      });
    }
    if (isProduction(design, name) && recovery !== undefined && replicated === null) {
      const { region: standby } = recovery;
      const line = ledger.lineOf('recovery.region');
      ledger.refuse(ledger.lineOf(`backup.s3.replicateTo.${name}`), 'replicas-needed', { region: standby, line });
    }
    if (copied !== null && backup.aurora.weeklySnapshot === undefined) {
      ledger.refuse(ledger.lineOf(`backup.aurora.copyTo.${name}`), 'snapshots-needed', { region: copied });
    }
    if (replicated !== null && !backup.s3.versioning) {
      const line = ledger.lineOf('backup.s3.versioning');
      ledger.refuse(ledger.lineOf(`backup.s3.replicateTo.${name}`), 'versions-needed', { line });
    }
  }
}

/** Production's month is stated with its parts and again among the environments; its zones, in cost lines and below its cost. */
function checkCosts(design: Design, ledger: LineLedger): void {
  const { cost, multiAz } = design;
  const production = productionOf(design);
  const { monthly } = perEnvironment(cost.environments, production);
  if (monthly !== cost.total) {
    const line = ledger.lineOf(`cost.environments.${production}.monthly`);
    const [here, there] = [`$${monthly}`, `$${cost.total}`];
    ledger.refuse(line, 'figures-disagree', { what: '総計', here, there, line: ledger.lineOf('cost.total') });
  }
  for (const [group, { services }] of cost.groups.entries()) {
    for (const [service, { lines }] of services.entries()) {
      for (const [index, { note = '' }] of lines.entries()) {
        const said = /Multi-?AZ|マルチAZ/i.test(note) ? true : /Single-?AZ|シングルAZ/i.test(note) ? false : undefined;
        if (said === undefined || said === perEnvironment(multiAz, production)) continue;
        const line = ledger.lineOf(`multiAz.${production}`);
        const [here, there] = said ? ['Multi-AZ', 'シングルAZ'] : ['シングルAZ', 'Multi-AZ'];
        const path = `cost.groups.${group}.services.${service}.lines.${index}`;
        ledger.refuse(ledger.lineOf(path), 'figures-disagree', { what: '本番環境', here, there, line });
      }
    }
  }
}
