// `hashira cost`: what the platform costs a month.
import type { Command, Typed } from '../lib/command.ts';
import type { CostOptions } from '../lib/cost/cost.ts';
import { environments, json, lang, lenient, withoutSwallowedDocument } from '../lib/options.ts';

export const command: Command = {
  name: 'cost',
  about: {
    en: 'what the platform costs a month: every resource priced, the document beside it, cheaper ways',
    ja: '月額費用を見積もる: 全リソースの料金、設計書との対比、より安い構成',
  },
  arguments: [
    {
      name: '[subject]',
      about: {
        en: 'a design document, <commit>:<document>, or a cloud assembly (default: the one specs/stories/*/design.md)',
        ja: '設計書、<コミット>:<設計書>、またはクラウドアセンブリ（省略時: specs/stories/*/design.md が一つだけあればそれ）',
      },
    },
  ],
  options: [
    environments,
    {
      flags: '--usage <file>',
      about: {
        en: 'usage profile, YAML or JSON: `production: { requests: 1000000 }`',
        ja: '使用量 (YAML または JSON): `production: { requests: 1000000 }`',
      },
    },
    { flags: '--design <document>', about: { en: 'the document of an assembly', ja: 'アセンブリの設計書' } },
    {
      flags: '--region <region>',
      about: {
        en: 'region of the stacks of an assembly of which nobody says it',
        ja: 'アセンブリのうち、リージョンが分からないスタックのリージョン',
      },
    },
    {
      flags: '--strict',
      about: {
        en: 'estimate nothing where something has no price, instead of leaving it out and saying so',
        ja: '単価のないものがあるとき、それを除いて示すのではなく、見積もりを拒否する',
      },
    },
    {
      flags: '--compare <subjects...>',
      about: {
        en: 'two documents or assemblies: what changes, as Markdown',
        ja: '二つの設計書またはアセンブリの差を Markdown で出力する',
      },
    },
    {
      flags: '--date <day>',
      about: { en: 'the day to reckon from, ISO (default: today)', ja: '基準日 (ISO形式、省略時: 今日)' },
    },
    lang,
    json,
    lenient,
  ],
  exitCodes: {
    0: { en: 'estimated', ja: '見積もり済み' },
    2: {
      en: 'refused: the document, the call, a use that is not known or, with --strict, something without a price',
      ja: '設計書か呼び出しを拒否、使用量が分からない、または --strict で単価のないものがある',
    },
  },
  async run([subject]: Typed, options: CostOptions) {
    const { cost } = await import('../lib/cost/cost.ts');
    return cost(...withoutSwallowedDocument(subject, options));
  },
};
