// `hashira prices check` and `hashira prices refresh`: how old the committed prices are, and looking them up again.
import type { Command, CommandGroup, ExitCodes, Option, Typed } from '../lib/command.ts';
import type { PricesOptions } from '../lib/cost/prices.ts';
import { json, lang } from '../lib/options.ts';

const exitCodes: ExitCodes = {
  0: { en: 'as it should be', ja: '正常' },
  1: { en: 'stale, or prices that were not found', ja: '単価が古い、または見つからない' },
  2: { en: 'refused', ja: '拒否' },
};

const options: readonly Option[] = [
  { flags: '--region <name...>', about: { en: 'only these regions', ja: '対象リージョンを限定する' } },
  {
    flags: '--date <day>',
    about: { en: 'the day to reckon from, ISO (default: today)', ja: '基準日 (ISO形式、省略時: 今日)' },
  },
  lang,
  json,
];

const check: Command = {
  name: 'check',
  about: {
    en: 'how old the prices are; exit code 1 past 60 days',
    ja: '単価の古さを調べる。60日を過ぎていれば終了コード 1',
  },
  options,
  exitCodes,
  async run(_: Typed, options: PricesOptions) {
    const { checkPrices } = await import('../lib/cost/prices.ts');
    return checkPrices(options);
  },
};

const refresh: Command = {
  name: 'refresh',
  about: {
    en: 'look every price up in the AWS Price List Bulk API, print what changed, write the tables',
    ja: 'AWS Price List Bulk API で全単価を調べ直し、差分を表示して料金表に書き込む',
  },
  options: [
    ...options,
    { flags: '--dry-run', about: { en: 'print what changed and write nothing', ja: '差分だけを表示し、書き込まない' } },
  ],
  exitCodes,
  async run(_: Typed, options: PricesOptions) {
    const { refreshPrices } = await import('../lib/cost/prices.ts');
    return refreshPrices(options);
  },
};

export const command: CommandGroup = {
  name: 'prices',
  about: { en: 'the committed price tables', ja: 'リポジトリに含まれる料金表' },
  exitCodes,
  commands: [check, refresh],
};
