// BKP-1, BKP-2, BKP-3: automatic backups of the cluster with their window and retention; weekly snapshots and their copies.
import { at, isUnresolved, literal, type Resource } from '../../../../assembly/graph.ts';
import { backupRules, selects } from '../../../../assembly/questions/backups.ts';
import { liesIn, listOf, ofType, textHolds } from '../../../../assembly/relations.ts';
import { all, any } from '../../../../assembly/truth.ts';
import { weeklyMoment } from '../../../../aws/schedule.ts';
import { perEnvironment, rests } from '../../../../design/environments.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/backups.ts';
import { parts } from '../../words/parts.ts';
import { retentionOf } from './retention.ts';

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

function onClusters({ graph }: StatementCase, look: (cluster: Resource) => Observation): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  return clusters.length > 0 ? clusters.map(look) : [missing(parts.auroraCluster)];
}

function judgeAutomatic(judgeCase: StatementCase): Finding {
  return onClusters(judgeCase, (cluster) => {
    const days = retentionOf(cluster);
    return judgeCase.design.backup.aurora.automatic ? days.isAtLeast(1) : days.is(0);
  });
}

function judgeRetention(judgeCase: StatementCase): Finding {
  const days = perEnvironment(judgeCase.design.backup.aurora.retentionDays, judgeCase.environment);
  return onClusters(judgeCase, (cluster) => retentionOf(cluster).is(days));
}

function judgeWindow(judgeCase: StatementCase): Finding {
  const { start, end } = judgeCase.design.backup.aurora.window;
  return onClusters(judgeCase, (cluster) => on(cluster).property('PreferredBackupWindow').is(`${start}-${end}`));
}

/** The document's own conversion to Japanese time, held against the window that was built. */
function judgeLocalWindow(judgeCase: StatementCase): Finding {
  const wanted = judgeCase.design.backup.aurora.window.local;
  if (wanted === undefined) return { notApplicable: said.noTimeConverted };
  const expected = wanted.range ?? wanted.text;
  return onClusters(judgeCase, (cluster) => {
    const window = cluster.properties.PreferredBackupWindow;
    return on(cluster)
      .property('PreferredBackupWindow')
      .holds(
        textHolds(window, (text) => inJapan(text) === expected),
        {
          expected: said.inJapan({ time: expected }),
          ...(typeof window === 'string' && { observed: said.inJapan({ time: inJapan(window) }) }),
        },
      );
  });
}

const inJapan = (window: string) =>
  window.replace(/(\d{2})(?=:)/g, (hour) => String((Number(hour) + 9) % 24).padStart(2, '0'));

const sleepsOnSundays = ({ design, environment }: StatementCase) => rests(design, environment);

/** BKP-2a: development is stopped on Sundays and takes its snapshot on Friday, while it runs. */
function judgeWeeklySnapshot(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = design.backup.aurora.weeklySnapshot;
  if (wanted === undefined) return { notApplicable: said.noWeeklySnapshot };
  const hours = sleepsOnSundays(judgeCase) ? design.inputs.workingHours : undefined;
  const expected = hours === undefined ? said.weeklyAt(wanted) : said.weeklyBetween(hours);
  const isRight = (expression: string, zone: string) => {
    const moment = weeklyMoment(expression, zone, hours?.timeZone ?? 'UTC');
    if (moment === undefined) return false;
    return hours === undefined
      ? moment.weekday === wanted.weekday && moment.time === wanted.time
      : moment.weekday === 'FRI' && moment.time >= hours.start && moment.time < hours.stop;
  };
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  const evidence = backupRules(judgeCase.graph).flatMap(({ resource: plan, rule, path }) => {
    const isSelected = all(clusters.map((cluster) => selects(graph, plan, cluster)));
    if (isSelected === false) return [];
    const zone = literal(at(rule, 'ScheduleExpressionTimezone') ?? 'UTC');
    const held =
      zone === undefined
        ? undefined
        : textHolds(at(rule, 'ScheduleExpression'), (expression) => isRight(expression, String(zone)));
    return [
      on(plan)
        .property(...path, 'ScheduleExpression')
        .holds(isSelected && held, { expected }),
    ];
  });
  return evidence.length > 0 ? oneOf(evidence) : [missing(said.planOfCluster)];
}

/** A plan may do more than the document asks for: one rule that does it is enough, and one that may do it leaves it open. */
function oneOf(evidence: readonly Observation[]): readonly Observation[] {
  const best = (['pass', 'unresolved'] as const).flatMap(
    (verdict) => evidence.find((one) => one.verdict === verdict) ?? [],
  );
  return best.length > 0 ? best.slice(0, 1) : evidence;
}

/** `null` in the document: no rule copies anything to another region. */
function judgeCopy(judgeCase: StatementCase): Finding {
  const { graph, everywhere, design, environment } = judgeCase;
  const region = perEnvironment(design.backup.aurora.copyTo, environment);
  const rules = backupRules(judgeCase.graph);
  if (rules.length === 0) {
    if (region !== null) return [missing(said.planThatCopies({ region }))];
    const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
    if (cluster === undefined) return [missing(parts.auroraCluster)];
    return [on(cluster).holds(true, { expected: said.noCopy, observed: said.noPlan })];
  }
  const evidence = rules.map(({ resource: plan, rule, path }) => {
    const copies = listOf(at(rule, 'CopyActions'));
    const held =
      region === null
        ? copies.length === 0 || (copies.some(isUnresolved) ? undefined : false)
        : any(copies.map((copy) => liesIn(everywhere, at(copy, 'DestinationBackupVaultArn'), region)));
    return on(plan)
      .property(...path, 'CopyActions')
      .holds(held, { expected: region ?? said.noCopy });
  });
  return region === null ? evidence : oneOf(evidence);
}
