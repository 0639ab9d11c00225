// `hashira rollback`: the stateless stacks as a record has them.
import type { Command, Typed } from '../lib/command.ts';
import type { RollbackOptions } from '../lib/deploy/rollback.ts';
import { documentArgument, environmentArgument, json, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'rollback',
  about: {
    en: 'bring the stateless stacks back to a recorded release',
    ja: 'ステートレスなスタックを記録済みのリリースへ戻す',
  },
  arguments: [environmentArgument, documentArgument],
  options: [
    lang,
    json,
    {
      flags: '--to <record>',
      about: {
        en: 'name of the record to go back to, as `hashira history` shows it; otherwise the last good one before this',
        ja: '戻る先の記録の名前（`hashira history` に出るもの）。省略時は今の 1 つ前の良好なもの',
      },
    },
    {
      flags: '--plan',
      about: {
        en: 'show what would change, with its digest, and change nothing',
        ja: '変更内容とそのダイジェストを示す。何も変更しない',
      },
    },
    {
      flags: '--approve <digest>',
      about: { en: 'approve exactly the changes that this digest is of', ja: 'このダイジェストの変更だけを承認する' },
    },
    lenient,
  ],
  exitCodes: {
    0: { en: 'done, or nothing to do', ja: '完了、または変更なし' },
    1: {
      en: 'it failed; the last lines say where everything stands, restored or not',
      ja: '失敗。どこまで進み、戻したかどうかは最後の行にある',
    },
    2: {
      en: 'refused, and nothing was done: the document, a failed check, no approval, a failover under way',
      ja: '拒否。何もしていない: 文書の問題、判定の失敗、承認なし、フェイルオーバー中',
    },
    130: { en: 'interrupted; --resume goes on', ja: '中断。--resume で続けられる' },
  },
  async run([environment = '', document]: Typed, options: RollbackOptions) {
    const { rollback } = await import('../lib/deploy/rollback.ts');
    return rollback(environment, document, options);
  },
};
