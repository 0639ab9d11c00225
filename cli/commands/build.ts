// `hashira build`: a document becomes templates, and each of its lines a verdict.

import type { BuildOptions } from '../lib/build/build.ts';
import type { Command, Typed } from '../lib/command.ts';
import {
  allowCode,
  documentArgument,
  environments,
  json,
  lang,
  lenient,
  noValidation,
  withoutSwallowedDocument,
} from '../lib/options.ts';

export const command: Command = {
  name: 'build',
  about: {
    en: 'read a design document, synthesize every stack of every environment, judge each line',
    ja: '設計書を読み、全環境の全スタックを合成し、各行を判定する',
  },
  arguments: [documentArgument],
  options: [
    {
      flags: '--out <dir>',
      about: {
        en: 'directory for cdk.out/, build.json, report.html and the diagrams',
        ja: 'cdk.out/・build.json・report.html・構成図を書き出すディレクトリ',
      },
      default: 'out',
    },
    environments,
    lang,
    json,
    lenient,
    noValidation,
    allowCode,
  ],
  exitCodes: {
    0: { en: 'built, nothing failed', ja: '構築済み・不合格なし' },
    1: { en: 'built, something failed', ja: '構築済み・不合格あり' },
    2: { en: 'refused, nothing written', ja: '設計書を拒否・出力なし' },
  },
  async run([document]: Typed, options: BuildOptions) {
    const { build } = await import('../lib/build/build.ts');
    return build(...withoutSwallowedDocument(document, options));
  },
};
