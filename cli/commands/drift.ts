// `hashira drift`: what of the account is not as it was deployed, and what of that is not as the document says.

import type { BuiltOptions } from '../lib/build/built-assembly.ts';
import type { Command, Typed } from '../lib/command.ts';
import { documentArgument, environmentArgument, json, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'drift',
  about: {
    en: 'compare the account with the deployed templates, and those with the document',
    ja: 'アカウントとデプロイ済みテンプレート、テンプレートと設計書を比べる',
  },
  arguments: [environmentArgument, documentArgument],
  options: [lang, json, lenient],
  exitCodes: {
    0: { en: 'all is well, or with warnings', ja: '問題なし（警告のみを含む）' },
    1: { en: 'something is not, or could not be found out', ja: '問題あり、または確認できず' },
    2: { en: 'nothing was looked at', ja: '実施せず' },
  },
  async run([environment = '', document]: Typed, options: BuiltOptions) {
    const { drift } = await import('../lib/checks/drift.ts');
    return drift(environment, document, options);
  },
};
