// What the front matter asks for: tags, addresses, budgets, hours.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  taggedStacks: sentence(
    ({ key, value }: { key: string; value: string }) => `stacks with the tag ${key}: ${value}`,
    ({ key, value }) => `タグ ${key}: ${value} のあるスタック`,
  ),
  noTag: sentence(
    ({ key }: { key: string }) => `no tag ${key}`,
    ({ key }) => `タグ ${key} なし`,
  ),
  budget: ['a budget', 'AWS Budgets の予算'],
  toldWhenSpent: ['a topic is told when the month has cost as much', '月の費用が予算に達したらトピックに通知すること'],
  managementEvents: ['management events', '管理イベントを記録すること'],
  noManagementEvents: ['no management events', '管理イベントを記録しないこと'],
  dayAndNight: sentence(
    ({ environment }: { environment: string }) => `the document lets ${environment} run day and night`,
    ({ environment }) => `設計書では ${environment} 環境を昼夜動かします`,
  ),
  noStopping: ['no schedule that stops anything', '何かを止めるスケジュールなし'],
  nothingStops: ['none', 'なし'],
  onWeekdays: sentence(
    ({ time, timeZone }: Clock) => `${time} on weekdays in ${timeZone}`,
    ({ time, timeZone }) => `平日の ${time}（${timeZone}）`,
  ),
  scheduleThat: sentence(
    ({ work, time, timeZone }: Clock & { work: Work }) =>
      `a schedule that ${work.en}, ${time} on weekdays in ${timeZone}`,
    ({ work, time, timeZone }) => `平日の ${time}（${timeZone}）に${work.ja}スケジュール`,
  ),
  timesMade: sentence(
    ({ times, wrong }: { times: readonly string[]; wrong: string | undefined }) =>
      [...times, ...(wrong === undefined ? [] : [`wrong on ${wrong}`])].join(', '),
    ({ times, wrong }) => [...times, ...(wrong === undefined ? [] : [`${wrong} が誤り`])].join('、'),
  ),
});

interface Clock {
  readonly time: string;
  readonly timeZone: string;
}

/** What a schedule is there for. */
export interface Work {
  readonly en: string;
  readonly ja: string;
}

export const works = {
  starts: (thing: string): Work => ({ en: `starts ${thing}`, ja: `${thing} を起動する` }),
  stops: (thing: string): Work => ({ en: `stops ${thing}`, ja: `${thing} を停止する` }),
  runs: (thing: string, tasks: number): Work => ({
    en: `has ${thing} run ${tasks} tasks`,
    ja: `${thing} のタスク数を ${tasks} にする`,
  }),
  scales: (thing: string, minimum: number, maximum: number): Work => ({
    en: `scales ${thing} between ${minimum} and ${maximum}`,
    ja: `${thing} のタスク数の範囲を ${minimum}～${maximum} にする`,
  }),
};
