// `hashira drill`: one thing of the platform broken under traffic, and how it recovered.
import type { Command, Typed } from '../lib/command.ts';
import type { DrillOptions } from '../lib/operations/drill.ts';
import { documentArgument, platform } from '../lib/options.ts';

export const command: Command = {
  name: 'drill',
  about: {
    en: 'break one thing of the running platform (or start one) under traffic, and say how it recovered',
    ja: '稼働中の基盤の一か所を（なければ起動し）負荷をかけたまま壊し、復旧を測る',
  },
  arguments: [
    {
      name: '<name>',
      about: {
        en: 'task, database, cache, poison, surge, restore or region',
        ja: 'task, database, cache, poison, surge, restore, region のいずれか',
      },
    },
    documentArgument,
  ],
  options: [
    {
      flags: '--rps <number>',
      about: {
        en: 'requests a second before and after the fault (default: what the drill needs)',
        ja: '障害の前後の毎秒リクエスト数（省略時: 訓練ごとの値）',
      },
    },
    {
      flags: '--account <number>',
      about: {
        en: 'drill region: switch the deployed platform over, in this account (default: two regions on this machine)',
        ja: 'drill region: このアカウントにデプロイ済みの基盤を切り替える（省略時: このマシンの二つのリージョン）',
      },
    },
    ...platform,
  ],
  exitCodes: {
    0: { en: 'all as the document has it', ja: '設計書どおり' },
    1: { en: 'a criterion failed, an order was lost or doubled', ja: '基準に不合格、または注文の消失・重複あり' },
    2: { en: 'nothing was run', ja: '実施せず' },
    3: { en: 'the machine disturbed the run: no verdict', ja: 'マシンの負荷に乱され判定なし' },
  },
  async run([name = '', document]: Typed, options: DrillOptions) {
    const { drill } = await import('../lib/operations/drill.ts');
    return drill(name, document, options);
  },
};
