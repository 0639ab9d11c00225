// `hashira accept`: any templates, judged by the acceptance criteria.
import type { Command, Typed } from '../lib/command.ts';
import type { AcceptOptions } from '../lib/criteria/accept.ts';
import { allowCode, environments, json, lang, lenient } from '../lib/options.ts';

export const command: Command = {
  name: 'accept',
  about: {
    en: 'judge any cloud assembly, directory of templates, or deployed stacks, by the acceptance criteria',
    ja: '任意のクラウドアセンブリ、テンプレートのディレクトリ、またはデプロイ済みスタックを受入条件で判定する',
  },
  arguments: [
    {
      name: '[assembly]',
      about: {
        en: 'directory of a cloud assembly or of CloudFormation templates, or one template; nothing where --stacks says what is judged',
        ja: 'クラウドアセンブリまたは CloudFormation テンプレートのディレクトリ、または一つのテンプレート。--stacks で判定対象を示すときは省略する',
      },
    },
  ],
  options: [
    {
      flags: '--design <document>',
      about: {
        en: "the document of the platform (default: the form's own figures, and nobody's names)",
        ja: '基盤の設計書（省略時: 様式の数値で判定し、名前は問わない）',
      },
    },
    lenient,
    environments,
    {
      flags: '--parameters <value...>',
      about: {
        en: "values of the templates' parameters: name=value, or a file of them (JSON or YAML: a map, or the list of ParameterKey and ParameterValue that the AWS CLI takes)",
        ja: 'テンプレートのパラメータの値: 名前=値、またはファイル（JSON・YAML。名前と値の対応か、AWS CLI の ParameterKey と ParameterValue の一覧）',
      },
    },
    {
      flags: '--stacks <name...>',
      about: {
        en: 'judge deployed stacks of these names instead, with their parameters and exports as CloudFormation has them; * is any text; only reads',
        ja: 'デプロイ済みのスタックを判定する（名前で指定、* は任意の文字列）。パラメータとエクスポートは CloudFormation の値を使う。読み取りのみ',
      },
    },
    {
      flags: '--region <region...>',
      about: {
        en: 'regions of the deployed stacks (default: AWS_REGION); of files, the one that stacks go to which do not say so',
        ja: 'デプロイ済みスタックのリージョン（省略時: AWS_REGION）。ファイルの場合は、リージョンの定めがないスタックの配置先',
      },
    },
    {
      flags: '--challenge',
      about: {
        en: 'try each pass: what it shows is spoilt in the templates in memory, and a pass that does not notice is withdrawn',
        ja: '合格を一つずつ確かめる。根拠として示した値をメモリ上のテンプレートで壊し、それでも合格なら取り消す',
      },
    },
    { flags: '--junit <file>', about: { en: 'write the verdicts as JUnit XML', ja: '判定を JUnit XML で書き出す' } },
    { flags: '--sarif <file>', about: { en: 'write what failed as SARIF', ja: '不合格を SARIF で書き出す' } },
    allowCode,
    lang,
    json,
  ],
  exitCodes: {
    0: { en: 'nothing failed', ja: '不合格なし' },
    1: { en: 'a criterion, or a judge of your own, failed', ja: '不合格の受入条件、または独自の判定器の失敗あり' },
    2: { en: 'refused', ja: '拒否' },
  },
  async run([assembly]: Typed, options: AcceptOptions) {
    const { accept } = await import('../lib/criteria/accept.ts');
    return accept(assembly, options);
  },
};
