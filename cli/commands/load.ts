// `hashira load`: how long customers wait at a constant rate of requests, and whether that is what the document allows.
import type { Command, Typed } from '../lib/command.ts';
import type { LoadOptions } from '../lib/operations/load.ts';
import { documentArgument, endpoint, platform } from '../lib/options.ts';

export const command: Command = {
  name: 'load',
  about: {
    en: 'send a constant rate of requests to the running platform (or start one), and say how long customers waited',
    ja: '稼働中の基盤に一定のレートでリクエストを送り（なければ起動し）、応答時間を測る',
  },
  arguments: [documentArgument],
  options: [
    {
      flags: '--rps <number>',
      about: {
        en: "requests a second (default: the rate of the document's load test)",
        ja: '毎秒のリクエスト数（省略時: 設計書の負荷テストの値）',
      },
    },
    endpoint,
    { flags: '--duration <time>', about: { en: 'how long, e.g. 30s, 2m', ja: '時間。例: 30s, 2m' }, default: '60s' },
    ...platform,
  ],
  exitCodes: {
    0: { en: 'all as the document has it', ja: '設計書どおり' },
    1: { en: 'a criterion failed, an order was lost or doubled', ja: '基準に不合格、または注文の消失・重複あり' },
    2: { en: 'nothing was run', ja: '実施せず' },
    3: { en: 'the machine disturbed the run: no verdict', ja: 'マシンの負荷に乱され判定なし' },
  },
  async run([document]: Typed, options: LoadOptions) {
    const { load } = await import('../lib/operations/load.ts');
    return load(document, options);
  },
};
