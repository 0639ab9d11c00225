// `hashira history`: what was deployed, when, and how it went.

import type { BuiltOptions } from '../lib/build/built-assembly.ts';
import type { Command, Typed } from '../lib/command.ts';
import { environmentArgument, json, lang } from '../lib/options.ts';

export const command: Command = {
  name: 'history',
  about: { en: 'show what was deployed, when, and how it went', ja: '何を、いつデプロイし、どうなったかを示す' },
  arguments: [{ ...environmentArgument, name: '[environment]' }],
  options: [lang, json],
  exitCodes: {
    0: { en: 'shown', ja: '表示した' },
    2: {
      en: 'refused: no such environment, or AWS does not answer',
      ja: '拒否: その環境はない、または AWS が応答しない',
    },
  },
  async run([environment]: Typed, options: BuiltOptions) {
    const { history } = await import('../lib/deploy/history.ts');
    return history(environment, options);
  },
};
