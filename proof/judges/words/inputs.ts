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
  managementEvents: ['management events', '管理イベントを記録すること'],
  noManagementEvents: ['no management events', '管理イベントを記録しないこと'],
  dayAndNight: sentence(
    ({ environment }: { environment: string }) => `the document lets ${environment} run day and night`,
    ({ environment }) => `設計書では ${environment} 環境を昼夜動かします`,
  ),
  noStopping: ['no schedule that stops anything', '何かを止めるスケジュールなし'],
  unknownCall: ['called by the clock, and may do anything', '時刻で呼び出され、何をするか確定できません'],
  nothingStops: ['none', 'なし'],
  somethingStoppable: ['a service or a database', 'サービスまたはデータベース'],
});
