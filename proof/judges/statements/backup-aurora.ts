// BKP-1, BKP-2, BKP-3: automatic backups of the cluster with their window and retention; weekly snapshots and copies once a plan makes them.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { listOf, ofType, targetOf } from '../relations.ts';

export const backupAurora: readonly StatementJudge[] = [
  { id: 'BKP-1', path: 'backup.aurora.automatic', judge: judgeAutomatic },
  { id: 'BKP-1', path: 'backup.aurora.retentionDays.*', judge: judgeRetention },
  { id: 'BKP-1', path: 'backup.aurora.window', judge: judgeWindow },
  { id: 'BKP-1', path: 'backup.aurora.window.local', judge: judgeLocalWindow },
  { id: 'BKP-2', path: 'backup.aurora.weeklySnapshot', judge: judgeWeeklySnapshot },
  { id: 'BKP-3', path: 'backup.aurora.copyTo.*', judge: judgeCopy },
];

function onClusters({ graph }: JudgeCase, look: (cluster: Resource) => Evidence): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  return clusters.length > 0 ? clusters.map(look) : [nothing('an Aurora cluster')];
}

function judgeAutomatic(judgeCase: JudgeCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = design.backup.aurora.automatic;
  return onClusters(judgeCase, (cluster) => {
    // Aurora keeps backups for a day when the template says nothing.
    const days = Number(literal(cluster.properties.BackupRetentionPeriod) ?? 1);
    return seen(graph, cluster, ['BackupRetentionPeriod'], days, wanted ? 'at least 1' : 0, days > 0 === wanted);
  });
}

function judgeRetention(judgeCase: JudgeCase): Finding {
  const days = judgeCase.design.backup.aurora.retentionDays[judgeCase.environment];
  return onClusters(judgeCase, (cluster) => equals(judgeCase.graph, cluster, ['BackupRetentionPeriod'], days));
}

function judgeWindow(judgeCase: JudgeCase): Finding {
  const { start, end } = judgeCase.design.backup.aurora.window;
  return onClusters(judgeCase, (cluster) =>
    equals(judgeCase.graph, cluster, ['PreferredBackupWindow'], `${start}-${end}`),
  );
}

/** The document's own conversion to Japanese time, held against the window that was built. */
function judgeLocalWindow(judgeCase: JudgeCase): Finding {
  const wanted = judgeCase.design.backup.aurora.window.local;
  if (wanted === undefined) return { notApplicable: 'the document converts no time' };
  const expected = /\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}/.exec(wanted)?.[0].replaceAll(' ', '') ?? wanted;
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

const backupRules = (judgeCase: JudgeCase) =>
  ofType(judgeCase.graph, 'AWS::Backup::BackupPlan').flatMap((plan) =>
    listOf(at(plan.properties, 'BackupPlan', 'BackupPlanRule')).map((rule, index) => ({
      plan,
      rule,
      path: ['BackupPlan', 'BackupPlanRule', index],
    })),
  );

/** BKP-2a: development sleeps on Sundays and takes its snapshot on Friday. */
function judgeWeeklySnapshot(judgeCase: JudgeCase): Finding {
  const { graph, design, environment } = judgeCase;
  const wanted = design.backup.aurora.weeklySnapshot;
  if (wanted === undefined) return { notApplicable: 'the document asks for no weekly snapshot' };
  const rules = backupRules(judgeCase);
  if (rules.length === 0) return { notJudged: 'no stack has a backup plan yet' };
  const early = environment === 'development' && design.workingHours;
  const weekday = early ? 'FRI' : wanted.weekday;
  const [hour = '', minute = ''] = wanted.time.split(':');
  const evidence = rules.map(({ plan, rule, path }) => {
    const schedule = textOf(at(rule, 'ScheduleExpression'));
    const [atMinute, atHour, , , day] = schedule.replace(/^cron\(|\)$/g, '').split(' ');
    const onDay =
      day === weekday || day === String(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].indexOf(weekday) + 1);
    const onTime = early || (Number(atMinute) === Number(minute) && Number(atHour) === Number(hour));
    return seen(graph, plan, [...path, 'ScheduleExpression'], schedule, `weekly, ${weekday}`, onDay && onTime);
  });
  return oneOf(evidence);
}

/** A plan may do more than the document asks for: one rule that does it is enough. */
function oneOf(evidence: readonly Evidence[]): readonly Evidence[] {
  const right = evidence.find(({ verdict }) => verdict === 'pass');
  return right === undefined ? evidence : [right];
}

/** `null` in the document: no rule copies anything to another region. */
function judgeCopy(judgeCase: JudgeCase): Finding {
  const { graph, everywhere, design, environment } = judgeCase;
  const region = design.backup.aurora.copyTo[environment];
  const rules = backupRules(judgeCase);
  if (rules.length === 0) return { notJudged: 'no stack has a backup plan yet' };
  const evidence = rules.map(({ plan, rule, path }) => {
    const copies = listOf(at(rule, 'CopyActions')).map((copy) => at(copy, 'DestinationBackupVaultArn'));
    const regions = copies.map((vault) => regionOfVault(everywhere, vault));
    const held = region === null ? copies.length === 0 : regions.includes(region);
    return seen(graph, plan, [...path, 'CopyActions'], copies.map(textOf), region ?? 'no copy', held);
  });
  return region === null ? evidence : oneOf(evidence);
}

/** A vault of another stack is where its stack is; one that is only named is where its ARN says. */
function regionOfVault(graph: JudgeCase['graph'], vault: Value | undefined): string | undefined {
  const target = targetOf(graph, vault);
  return target === undefined
    ? textOf(vault).split(':')[3]
    : graph.stacks.find(({ id }) => id === target.stack)?.region;
}
