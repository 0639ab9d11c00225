// `hashira prove`: what only an account can show, in a sandbox, kept as evidence.
import type { Command, Typed } from '../lib/command.ts';
import { allowCode, documentArgument, json, lang, lenient, noSmoke, tokenCommand } from '../lib/options.ts';
import { evidenceFolder } from '../lib/prove/evidence-folder.ts';
import type { ProveOptions } from '../lib/prove/prove.ts';

export const command: Command = {
  name: 'prove',
  about: {
    en: 'deploy a disposable environment to a sandbox account, let one creation fail, test, compare, take it all away, and keep what was seen',
    ja: 'サンドボックスのアカウントに破棄できる環境をデプロイし、1 つの作成をわざと失敗させ、テスト・照合・削除まで行い、見たことを記録する',
  },
  arguments: [documentArgument],
  options: [
    lang,
    json,
    {
      flags: '--account <number>',
      about: { en: 'the number of the sandbox account that is meant', ja: '対象のサンドボックスのアカウントの番号' },
    },
    {
      flags: '--environment <name>',
      about: {
        en: 'an environment of the document that is disposable (default: the first)',
        ja: '設計書の破棄できる環境（既定は最初のもの）',
      },
    },
    {
      flags: '--hours <number>',
      about: {
        en: 'hours that the environment may stand, for the estimate alone',
        ja: '環境が存在する時間（見積もりにのみ使う）',
      },
      default: '4',
    },
    {
      flags: '--plan',
      about: {
        en: 'show cost and steps, with a digest, and touch nothing',
        ja: '費用と手順をダイジェスト付きで示す。何にも触れない',
      },
    },
    {
      flags: '--approve <digest>',
      about: { en: 'approve exactly the run that this digest is of', ja: 'このダイジェストの実行だけを承認する' },
    },
    {
      flags: '--out <dir>',
      about: { en: 'the folder that the evidence is written to', ja: '記録を書くフォルダー' },
      default: evidenceFolder,
    },
    noSmoke,
    tokenCommand,
    allowCode,
    lenient,
  ],
  exitCodes: {
    0: {
      en: 'all steps came to their end, all was as believed, it is kept, and nothing stands; with --plan: shown',
      ja: 'すべて終わり、見込みどおりで、記録でき、何も残っていない。--plan では表示した',
    },
    1: {
      en: 'something failed, was otherwise or was not kept; the last lines say what stands and how to take it away',
      ja: '失敗した、見込みと異なった、または記録できなかった。残っているものと消し方は最後の行にある',
    },
    2: {
      en: 'refused, and nothing was touched: the document, a failed check, another environment or account, stacks of the environment, no commit, no approval',
      ja: '拒否。何にも触れていない: 文書、判定の失敗、別の環境やアカウント、環境のスタックがある、コミットなし、承認なし',
    },
    130: {
      en: 'interrupted; the last lines say what stands and how to take it away',
      ja: '中断。残っているものと消し方は最後の行にある',
    },
  },
  async run([document]: Typed, options: ProveOptions) {
    const { prove } = await import('../lib/prove/prove.ts');
    return prove(document, options);
  },
};
