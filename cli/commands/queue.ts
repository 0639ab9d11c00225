// `hashira queue`: messages that failed too often, looked at, sent back or thrown away.
import type { Command, Typed } from '../lib/command.ts';
import type { QueueOptions } from '../lib/day-two/queue.ts';
import { dayTwo, environmentArgument } from '../lib/options.ts';

export const command: Command = {
  name: 'queue',
  about: {
    en: 'look at messages that failed too often, send them back to their queue, or throw them away',
    ja: '失敗を繰り返したメッセージを見る、元のキューへ戻す、または捨てる',
  },
  arguments: [
    { name: '<action>', about: { en: 'failed, retry or purge', ja: 'failed、retry、purge のいずれか' } },
    {
      name: '<queue>',
      about: {
        en: 'name of the queue, e.g. fulfilment; a name there is none of lists those there are',
        ja: 'キューの名前（例: fulfilment）。存在しない名前を渡すと一覧を表示',
      },
    },
    environmentArgument,
  ],
  options: [
    {
      flags: '--limit <number>',
      about: { en: 'how many messages failed shows at most', ja: 'failed が表示する最大件数' },
      default: '10',
    },
    {
      flags: '--rate <number>',
      about: {
        en: 'messages a second that retry sends back at most (default: as fast as SQS can)',
        ja: 'retry が毎秒戻す最大件数（既定: SQS の最大速度）',
      },
    },
    { flags: '--yes', about: { en: 'purge without asking', ja: '確認せずに捨てる' } },
    ...dayTwo,
  ],
  exitCodes: {
    0: { en: 'done', ja: '完了' },
    1: { en: 'AWS refused, or it was not done in time', ja: 'AWS が拒否した、または時間内に終わらなかった' },
    2: { en: 'nothing was done', ja: '何もしなかった' },
  },
  async run([action = '', name = '', environment = '']: Typed, options: QueueOptions) {
    const { queue } = await import('../lib/day-two/queue.ts');
    return queue(action, name, environment, options);
  },
};
