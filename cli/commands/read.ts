// `hashira read`: what is understood of a document, line by line.
import type { Command, Typed } from '../lib/command.ts';
import { documentArgument, json, lang, lenient } from '../lib/options.ts';

import type { ReadOptions } from '../lib/read/read.ts';

export const command: Command = {
  name: 'read',
  about: {
    en: 'show what is understood of a design document, line by line, without building',
    ja: '設計書の解釈結果を、構築せずに一行ずつ表示する',
  },
  arguments: [documentArgument],
  options: [lang, json, lenient],
  exitCodes: {
    0: { en: 'read', ja: '読み取れた' },
    2: { en: 'a build would refuse it, or there is no such file', ja: '構築なら拒否する、またはファイルがない' },
  },
  async run([document]: Typed, options: ReadOptions) {
    const { read } = await import('../lib/read/read.ts');
    return read(document, options);
  },
};
