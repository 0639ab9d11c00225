// `hashira deploy`: built, judged, planned, approved, done.
import type { Command, Typed } from '../lib/command.ts';
import type { DeployOptions } from '../lib/deploy/deploy.ts';
import {
  allowCode,
  documentArgument,
  environmentArgument,
  json,
  lang,
  lenient,
  noSmoke,
  tokenCommand,
} from '../lib/options.ts';

export const command: Command = {
  name: 'deploy',
  about: {
    en: 'build, judge, show what would change, and change it once it is approved',
    ja: 'ビルドと判定を行い、変更内容を示し、承認されたら実行する',
  },
  arguments: [environmentArgument, documentArgument],
  options: [
    lang,
    json,
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
    {
      flags: '--on-failure <policy>',
      about: {
        en: 'after a failure: keep what was deployed before it, or restore the last good release',
        ja: '失敗したとき、それまでの分を残す (keep) か、最後の良好なリリースへ戻す (restore) か',
      },
      default: 'restore',
      choices: ['keep', 'restore'],
    },
    {
      flags: '--resume',
      about: { en: 'go on with a deployment that was interrupted', ja: '中断したデプロイを続ける' },
    },
    {
      flags: '--sequential',
      about: { en: "one stack after another, in the document's order", ja: '文書の順に 1 スタックずつ進める' },
    },
    noSmoke,
    tokenCommand,
    allowCode,
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
  async run([environment = '', document]: Typed, options: DeployOptions) {
    const { deploy } = await import('../lib/deploy/deploy.ts');
    return deploy(environment, document, options);
  },
};
