// BKP-1, BKP-2, BKP-3: automatic backups of the cluster with their window and retention; weekly snapshots and their copies.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { listOf, ofType, pointing, pointsAt, regionOf, targetOf } from '../../../assembly/relations.ts';
import { weeklyMoment } from '../../../aws/schedule.ts';
import { adrs } from '../deviations.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const backupAurora: readonly StatementJudge[] = [
  { id: 'BKP-1', path: 'backup.aurora.automatic', judge: judgeAutomatic },
  { id: 'BKP-1', path: 'backup.aurora.retentionDays.*', judge: judgeRetention },
  { id: 'BKP-1', path: 'backup.aurora.window', judge: judgeWindow },
  { id: 'BKP-1', path: 'backup.aurora.window.local', judge: judgeLocalWindow },
  {
    id: 'BKP-2',
    path: 'backup.aurora.weeklySnapshot',
    deviation: (judgeCase) => (sleepsOnSundays(judgeCase) ? adrs.weeklySnapshots : undefined),
    judge: judgeWeeklySnapshot,
  },
  { id: 'BKP-3', path: 'backup.aurora.copyTo.*', judge: judgeCopy },
];

function onClusters({ graph }: StatementCase, look: (cluster: Resource) => Evidence): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  return clusters.length > 0 ? clusters.map(look) : [nothing('an Aurora cluster')];
}

function judgeAutomatic(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = design.backup.aurora.automatic;
  return onClusters(judgeCase, (cluster) => {
    // Aurora keeps backups for a day when the template says nothing.
    const days = Number(literal(cluster.properties.BackupRetentionPeriod) ?? 1);
    return seen(graph, cluster, ['BackupRetentionPeriod'], days, wanted ? 'at least 1' : 0, days > 0 === wanted);
  });
}

function judgeRetention(judgeCase: StatementCase): Finding {
  const days = judgeCase.design.backup.aurora.retentionDays[judgeCase.environment];
  return onClusters(judgeCase, (cluster) => equals(judgeCase.graph, cluster, ['BackupRetentionPeriod'], days));
}

function judgeWindow(judgeCase: StatementCase): Finding {
  const { start, end } = judgeCase.design.backup.aurora.window;
  return onClusters(judgeCase, (cluster) =>
    equals(judgeCase.graph, cluster, ['PreferredBackupWindow'], `${start}-${end}`),
  );
}

/** The document's own conversion to Japanese time, held against the window that was built. */
function judgeLocalWindow(judgeCase: StatementCase): Finding {
  const wanted = judgeCase.design.backup.aurora.window.local;
  if (wanted === undefined) return { notApplicable: 'the document converts no time' };
  const expected = wanted.range ?? wanted.text;
  return onClusters(judgeCase, (cluster) => {
    const { PreferredBackupWindow } = cluster.properties;
    const local = textOf(PreferredBackupWindow).replace(/(\d{2})(?=:)/g, (hour) => hourInJapan(hour));
    return seen(
      judgeCase.graph,
      cluster,
      ['PreferredBackupWindow'],
      `${local} in Japan`,
      `${expected} in Japan`,
      local === expected,
    );
  });
}

const hourInJapan = (hour: string) => String((Number(hour) + 9) % 24).padStart(2, '0');

const backupRules = (judgeCase: StatementCase) =>
  ofType(judgeCase.graph, 'AWS::Backup::BackupPlan').flatMap((plan) =>
    listOf(at(plan.properties, 'BackupPlan', 'BackupPlanRule')).map((rule, index) => ({
      plan,
      rule,
      path: ['BackupPlan', 'BackupPlanRule', index],
    })),
  );

const sleepsOnSundays = ({ design, environment }: StatementCase) =>
  environment === 'development' && design.workingHours;

/** BKP-2a: development sleeps on Sundays and takes its snapshot on Friday, while it is awake. */
function judgeWeeklySnapshot(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = design.backup.aurora.weeklySnapshot;
  if (wanted === undefined) return { notApplicable: 'the document asks for no weekly snapshot' };
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  const rules = backupRules(judgeCase).filter(({ plan }) =>
    clusters.every((cluster) => isSelected(graph, plan, cluster)),
  );
  if (rules.length === 0) return [nothing('a backup plan that selects the cluster')];
  const hours = sleepsOnSundays(judgeCase) ? design.inputs.workingHours : undefined;
  const expected =
    hours === undefined
      ? `weekly, ${wanted.weekday} ${wanted.time} UTC`
      : `weekly, FRI between ${hours.start} and ${hours.stop} in ${hours.timeZone}`;
  const evidence = rules.map(({ plan, rule, path }) => {
    const expression = textOf(at(rule, 'ScheduleExpression'));
    const zone = at(rule, 'ScheduleExpressionTimezone');
    const moment = weeklyMoment(expression, zone === undefined ? 'UTC' : textOf(zone), hours?.timeZone ?? 'UTC');
    const held =
      moment !== undefined &&
      (hours === undefined
        ? moment.weekday === wanted.weekday && moment.time === wanted.time
        : moment.weekday === 'FRI' && moment.time >= hours.start && moment.time < hours.stop);
    return seen(graph, plan, [...path, 'ScheduleExpression'], expression, expected, held);
  });
  return oneOf(evidence);
}

/** Whether a plan's selection names the cluster, or everything. */
function isSelected(graph: StatementCase['graph'], plan: Resource, cluster: Resource): boolean {
  return pointing(graph, 'AWS::Backup::BackupSelection', 'BackupPlanId', plan).some(({ properties }) =>
    listOf(at(properties, 'BackupSelection', 'Resources')).some((one) => one === '*' || pointsAt(one, cluster)),
  );
}

/** A plan may do more than the document asks for: one rule that does it is enough. */
function oneOf(evidence: readonly Evidence[]): readonly Evidence[] {
  const right = evidence.find(({ verdict }) => verdict === 'pass');
  return right === undefined ? evidence : [right];
}

/** `null` in the document: no rule copies anything to another region. */
function judgeCopy(judgeCase: StatementCase): Finding {
  const { graph, everywhere, design, environment } = judgeCase;
  const region = design.backup.aurora.copyTo[environment];
  const rules = backupRules(judgeCase);
  const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
  if (rules.length === 0 && region === null && cluster !== undefined) {
    return [seen(graph, cluster, [], 'no plan, so no copy', 'no copy', true)];
  }
  if (rules.length === 0) return [nothing(`a backup plan that copies to ${region}`)];
  const evidence = rules.map(({ plan, rule, path }) => {
    const copies = listOf(at(rule, 'CopyActions')).map((copy) => at(copy, 'DestinationBackupVaultArn'));
    const regions = copies.map((vault) => regionOfVault(everywhere, vault));
    const held = region === null ? copies.length === 0 : regions.includes(region);
    return seen(graph, plan, [...path, 'CopyActions'], copies.map(textOf), region ?? 'no copy', held);
  });
  return region === null ? evidence : oneOf(evidence);
}

/** A vault of another stack is where its stack is; one that is only named is where its ARN says. */
function regionOfVault(graph: StatementCase['graph'], vault: Value | undefined): string | undefined {
  const target = targetOf(graph, vault);
  return target === undefined ? textOf(vault).split(':')[3] : regionOf(graph, target);
}
