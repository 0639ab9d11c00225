// `hashira up`: one environment of a document on this machine, up to the first order.
import type { Command, Typed } from '../lib/command.ts';
import { documentArgument, json, lang, lenient, noValidation, speed } from '../lib/options.ts';

import type { UpOptions } from '../lib/up/up.ts';

export const command: Command = {
  name: 'up',
  about: {
    en: 'build a document and run one environment of it on this machine, from the synthesized templates',
    ja: '設計書を構築し、合成したテンプレートから一つの環境をこのマシンで動かす',
  },
  arguments: [documentArgument],
  options: [
    {
      flags: '--environment <name>',
      about: {
        en: 'the environment of the document to run (default: the first that is disposable)',
        ja: '動かす環境（設計書の環境。既定は破棄できる最初のもの）',
      },
    },
    {
      flags: '--out <dir>',
      about: {
        en: 'directory for cdk.out/, build.json and runtime/; one platform runs for each',
        ja: 'cdk.out/・build.json・runtime/ のディレクトリ。一つにつき一つの基盤が動く',
      },
      default: 'out',
    },
    {
      flags: '--check',
      about: {
        en: 'end after the first order, also on a terminal',
        ja: 'ターミナルからでも、最初の注文の完了後に終了する',
      },
    },
    {
      flags: '--stay',
      about: {
        en: 'stay until somebody ends it, also without a terminal',
        ja: 'ターミナルがなくても、終了されるまで動き続ける',
      },
    },
    { ...speed, default: '1' },
    lang,
    json,
    lenient,
    noValidation,
  ],
  exitCodes: {
    0: { en: 'the first order was fulfilled', ja: '最初の注文が完了' },
    1: { en: 'a step failed', ja: '途中で失敗' },
    2: { en: 'refused, nothing started', ja: '拒否・何も起動せず' },
    130: { en: 'interrupted', ja: '中断' },
  },
  async run([document]: Typed, options: UpOptions) {
    const { up } = await import('../lib/up/up.ts');
    return up(document, options);
  },
};
