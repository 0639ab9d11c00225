// Alarms, dashboards, and who is told.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

type Severity = 'warning' | 'critical';
const severities: Readonly<Record<Severity, string>> = { warning: '警告', critical: '重大' };

export const said = sayings({
  noSuchMetric: sentence(
    ({ service, metric }: { service: string; metric: string }) => `CloudWatch has no metric ${service} ${metric}`,
    ({ service, metric }) => `CloudWatch に ${service} ${metric} というメトリクスはありません`,
  ),
  loneInstance: ['one database instance has no replica', 'データベースのインスタンスが 1 台なのでレプリカがありません'],
  measured: sentence(
    ({ metric }: { metric: string }) => `something that ${metric} is measured on`,
    ({ metric }) => `${metric} の計測対象`,
  ),
  noThreshold: sentence(
    ({ severity }: { severity: Severity }) => `the document has no ${severity} threshold here`,
    ({ severity }) => `設計書のこの行には${severities[severity]}のしきい値がありません`,
  ),
  alarmOf: sentence(
    ({ severity, metric, member }: { severity: Severity; metric: string; member: string }) =>
      `a ${severity} alarm on ${metric} of ${member}`,
    ({ severity, metric, member }) => `${member} の ${metric} の${severities[severity]}アラーム`,
  ),
  alarmOn: sentence(
    ({ metric }: { metric: string }) => `an alarm on ${metric}`,
    ({ metric }) => `${metric} のアラーム`,
  ),
  alarms: sentence(
    ({ count }: { count: number }) => `${count} alarms`,
    ({ count }) => `アラーム ${count} 件`,
  ),
  alarmsOfMetric: sentence(
    ({ count, metric }: { count: number; metric: string }) => `${count} alarms on ${metric}`,
    ({ count, metric }) => `${metric} のアラーム ${count} 件`,
  ),
  noFurtherAlarm: ['no further alarm', 'ほかにアラームがないこと'],
  insightsOn: ['enabled or enhanced', 'enabled または enhanced'],
  asTheAccountHasIt: ['as the account has it', 'アカウントの設定のまま'],
  topicOf: sentence(
    ({ severity }: { severity: Severity }) => `a topic for ${severity} that is subscribed`,
    ({ severity }) => `購読者のいる${severities[severity]}用トピック`,
  ),
  healthChecksApart: ["health checks apart from people's requests", 'ヘルスチェックが利用者のリクエストと別であること'],
  answeredApart: ['answered by a target group of their own', '専用のターゲットグループが応答'],
  answeredBy: sentence(
    ({ member }: { member: string }) => `answered by ${member}`,
    ({ member }) => `${member} が応答`,
  ),
  topicOfAlarms: ['a topic that alarms report to', 'アラームの通知先トピック'],
  noMail: ['no e-mail subscription', 'メールのサブスクリプションがありません'],
  noFilter: ['no filter', 'フィルターがないこと'],
  knownTopics: ['topics that the templates name', 'テンプレートから特定できる通知先トピック'],
  dashboard: sentence(
    ({ title }: { title: string }) => `a dashboard ${title}`,
    ({ title }) => `ダッシュボード「${title}」`,
  ),
  leastWidgets: sentence(
    ({ least }: { least: number }) => `at least ${least} widgets`,
    ({ least }) => `ウィジェット ${least} 個以上`,
  ),
  noMetricOfWidget: sentence(
    ({ title }: { title: string }) => `no judge knows the metric of “${title}”`,
    ({ title }) => `「${title}」のメトリクスを知る判定器がありません`,
  ),
  noReadableBody: ['no readable body', '本文を読めません'],
  widgetOf: sentence(
    ({ labels, members, kind }: { labels: readonly string[]; members: readonly string[]; kind: string }) =>
      `${labels.join(', ')} of ${members.join(', ')} as ${kind}`,
    ({ labels, members, kind }) => `${members.join('、')} の ${labels.join('、')}（${kind}）`,
  ),
  notShown: ['not shown', '表示されていません'],
});
