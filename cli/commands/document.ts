// `hashira document`: the design document written back from the templates.
import type { Command, Typed } from '../lib/command.ts';
import type { DocumentOptions } from '../lib/document/document.ts';
import { allowCode, documentArgument, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'document',
  about: {
    en: 'the design document written back from the templates: figures, diagrams, cost, checklist; your words stay (default: to standard output)',
    ja: '設計書をテンプレートから書き戻す: 数値、図、費用、チェックリスト。文章はそのまま残る（省略時: 標準出力へ）',
  },
  arguments: [documentArgument],
  options: [
    { flags: '--write', about: { en: 'write the document in place', ja: '設計書をその場で書き換える' } },
    {
      flags: '--out <file>',
      about: {
        en: 'write to this file, or with --check look at it',
        ja: '書き込むファイル。--check とともに使えば、調べるファイル',
      },
    },
    {
      flags: '--check',
      about: {
        en: 'write nothing; exit code 1 when the file is not what would be written',
        ja: '書き込まずに調べ、書き戻した内容とファイルが違えば終了コード 1',
      },
    },
    {
      ...lang,
      about: {
        en: 'ja: the document itself; en: an English rendering to read, which is not built from',
        ja: 'ja: 設計書そのもの、en: 読むための英語版（構築の入力にはならない）',
      },
    },
    lenient,
    allowCode,
  ],
  exitCodes: {
    0: { en: 'written or up to date', ja: '書き込んだ、または最新' },
    1: { en: 'stale, or a line that the templates deny', ja: '古い、またはテンプレートと違う行がある' },
    2: { en: 'refused, nothing written', ja: '拒否、書き込みなし' },
  },
  async run([name]: Typed, options: DocumentOptions) {
    const { document } = await import('../lib/document/document.ts');
    return document(name, options);
  },
};
