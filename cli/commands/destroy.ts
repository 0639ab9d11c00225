// `hashira destroy development`: a disposable environment taken away.
import type { Command, Typed } from '../lib/command.ts';
import type { DestroyOptions } from '../lib/destroy/destroy.ts';
import { documentArgument, json, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'destroy',
  about: {
    en: 'take a disposable environment away, with what lies in it',
    ja: '破棄できる環境を、中のデータごと削除する',
  },
  arguments: [
    {
      name: '<environment>',
      about: {
        en: 'an environment of the document that is disposable, e.g. development',
        ja: '設計書の破棄できる環境、例えば development',
      },
    },
    documentArgument,
  ],
  options: [
    lang,
    json,
    {
      flags: '--account <number>',
      about: { en: 'the number of the account that is meant', ja: '対象のアカウントの番号' },
    },
    {
      flags: '--plan',
      about: {
        en: 'show what would be deleted and what stays, with a digest, and delete nothing',
        ja: '削除するものと残るものをダイジェスト付きで示す。何も削除しない',
      },
    },
    {
      flags: '--approve <digest>',
      about: { en: 'approve exactly the deletion that this digest is of', ja: 'このダイジェストの削除だけを承認する' },
    },
    lenient,
  ],
  exitCodes: {
    0: { en: 'done, or nothing is there; with --plan: shown', ja: '完了、または何もない。--plan では表示した' },
    1: {
      en: 'something could not be deleted; the table says what. The same command goes on',
      ja: '削除できないものがあった。何かは表にある。同じコマンドで続けられる',
    },
    2: {
      en: 'refused, and nothing was deleted: another environment or account, tags of something else, no approval',
      ja: '拒否。何も削除していない: 別の環境やアカウント、別のもののタグ、承認なし',
    },
    130: { en: 'interrupted; the same command goes on', ja: '中断。同じコマンドで続けられる' },
  },
  async run([environment = '', document]: Typed, options: DestroyOptions) {
    const { destroyEnvironment } = await import('../lib/destroy/destroy.ts');
    return destroyEnvironment(environment, document, options);
  },
};
