// `hashira preflight`: whether a deploy can begin, and what to do where it cannot.

import type { PreflightOptions } from '../lib/checks/preflight.ts';
import type { Command, Typed } from '../lib/command.ts';
import { documentArgument, environmentArgument, json, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'preflight',
  about: {
    en: 'look whether a deploy to an environment can begin: account, regions, linked roles, quotas, domain, image, database, backup, budget',
    ja: '環境へのデプロイを始められるか調べる: アカウント、リージョン、リンクロール、クォータ、ドメイン、イメージ、データベース、バックアップ、予算',
  },
  arguments: [environmentArgument, documentArgument],
  options: [
    lang,
    json,
    lenient,
    {
      flags: '--account <number>',
      about: { en: 'the number of the account that it must be', ja: '対象であるべきアカウントの番号' },
    },
    {
      flags: '--make-service-linked-roles',
      about: {
        en: 'make the service-linked roles that must be there first and are not',
        ja: '先に必要で、まだないサービスリンクロールを作る',
      },
    },
  ],
  exitCodes: {
    0: { en: 'all is well, or with warnings', ja: '問題なし（警告のみを含む）' },
    1: { en: 'something is not, or could not be found out', ja: '問題あり、または確認できず' },
    2: { en: 'nothing was looked at', ja: '実施せず' },
  },
  async run([environment = '', document]: Typed, options: PreflightOptions) {
    const { preflight } = await import('../lib/checks/preflight.ts');
    return preflight(environment, document, options);
  },
};
