// `hashira smoke`: an order through a platform, and all that it must leave behind.

import type { SmokeOptions } from '../lib/checks/smoke.ts';
import type { Command, Typed } from '../lib/command.ts';
import {
  documentArgument,
  endpoint,
  environmentArgument,
  json,
  lang,
  lenient,
  platformOut,
  speed,
  tokenCommand,
} from '../lib/options.ts';

export const command: Command = {
  name: 'smoke',
  about: {
    en: 'send an order through a deployed platform and look at what it must have left behind',
    ja: 'デプロイ済みの基盤に注文を一件通し、残るべき跡を確かめる',
  },
  arguments: [environmentArgument, documentArgument],
  options: [
    lang,
    json,
    lenient,
    {
      flags: '--local',
      about: {
        en: 'the platform on this machine (the one that runs from --out, or one that is started)',
        ja: 'このマシンの基盤（--out で稼働中のもの。なければ起動する）',
      },
    },
    platformOut,
    speed,
    endpoint,
    tokenCommand,
    {
      flags: '--timeout <seconds>',
      about: { en: 'seconds that each step may take', ja: '各段階で待つ秒数' },
      default: '90',
    },
  ],
  exitCodes: {
    0: { en: 'all is well, or with warnings', ja: '問題なし（警告のみを含む）' },
    1: { en: 'something is not, or could not be found out', ja: '問題あり、または確認できず' },
    2: { en: 'nothing was looked at', ja: '実施せず' },
  },
  async run([environment = '', document]: Typed, options: SmokeOptions) {
    const { smoke } = await import('../lib/checks/smoke.ts');
    return smoke(environment, document, options);
  },
};
