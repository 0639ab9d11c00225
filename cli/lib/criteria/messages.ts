// What `hashira accept`, and the criteria in `hashira build`, say to a person, in both languages.
import type { Language } from '../../../design/problem.ts';
import { reasonIn } from '../../../design/refusal.ts';
import type { Challenge } from '../../../proof/judges/challenge.ts';

/** How many hold, do not, were not told, and do not apply. */
export interface Counts {
  readonly hold: number;
  readonly fail: number;
  readonly untold: number;
  readonly not: number;
}

const named = (passes: Challenge['untried'], comma: string) =>
  passes.map(({ id, environment }) => `${id} (${environment})`).join(comma);

const english = {
  notRun: (files: readonly string[]) =>
    `${files.length} judge${files.length === 1 ? ' was' : 's were'} found and not run: ${files.join(', ')}. They are code that came with this directory; --allow-code runs them.`,
  judgesFailed: (count: number) =>
    `${count} time${count === 1 ? '' : 's'} a judge of your own failed, which is an error of this run and no verdict:`,
  unwritable: (file: string, error: unknown) => `cannot write ${file}: ${reasonIn(error, 'en')}`,
  notTheReport: (file: string) =>
    `${file} is there and is no report of this command's (other contents, a link, or no file); nothing was written; remove it, or choose another file`,
  noEnvironment: (name: string) => `the assembly has stacks of other environments and none of ${name}`,
  counts: ({ hold, fail, untold, not }: Counts) =>
    `${hold} hold, ${fail} do not, ${untold} not told, ${not} not applicable`,
  lastLine: (counts: string, regions: readonly string[]) =>
    `${counts}; ${regions.length === 0 ? 'no region is said' : `regions: ${regions.join(', ')}`}`,
  challenged: (line: string, { properties, spoilt, withdrawn, untried }: Challenge) =>
    [
      `${line}; ${spoilt === properties ? 'all' : `${spoilt} of`} ${properties} properties that passes show were spoilt`,
      withdrawn.length === 0 ? 'no pass withdrawn' : `withdrawn: ${named(withdrawn, ', ')}`,
      ...(untried.length === 0 ? [] : [`not tried: ${named(untried, ', ')}`]),
    ].join('; '),
  withdrawn: ' (withdrawn)',
  untried: ' (not tried)',
  restOnDefaults: (count: number) =>
    `${count} verdict${count === 1 ? ' rests' : 's rest'} on defaults of parameters; --parameters gives others:`,
  passedOver: (files: readonly string[]) => `no templates, passed over: ${files.join(', ')}`,
  otherEnvironments: (stacks: readonly string[]) => `of other environments, not judged: ${stacks.join(', ')}`,
  standby: (region: string) => `${region} is taken for the region that stands by, since its stacks are called so`,
  badParameter: (text: string, reason: string) =>
    `--parameters ${text}: ${reason}; expected name=value, or a JSON or YAML file of parameters`,
  noParameterFile: 'no such file',
  noParameters: 'no parameters in it',
  nothingToJudge: 'expected a directory of templates, or --stacks with names of deployed stacks',
  bothToJudge: (directory: string) =>
    `${directory} and --stacks cannot be judged together; name the directory or the stacks`,
  parametersOfDeployed:
    '--parameters is for templates of files; deployed stacks have their parameters in CloudFormation',
  oneRegionOfFiles: '--region: of templates of files, all stacks that do not say a region go to one; name one region',
  noRegion: '--stacks: nobody says in which region; add --region, or set AWS_REGION',
  noStack: (patterns: readonly string[], regions: readonly string[]) =>
    `no deployed stack is called ${patterns.join(' or ')} in ${regions.join(', ')}; look at them with: aws cloudformation list-stacks --region ${regions[0]}`,
  stacksOf: (patterns: readonly string[]) => `the stacks ${patterns.join(', ')}`,
  deployed: (stacks: readonly string[], regions: readonly string[]) =>
    `deployed stacks, with parameters and exports as CloudFormation has them (${regions.join(', ')}): ${stacks.join(', ')}`,
  heading: 'acceptance criteria',
  id: 'criterion',
  failures: (count: number) => `${count} acceptance criteri${count === 1 ? 'on' : 'a'} failed:`,
  open: (count: number) => `${count} without a verdict:`,
  noLine: 'no document',
  reason: 'reason',
};

type Catalogue = typeof english;

const japanese: Catalogue = {
  notRun: (files) =>
    `判定器 ${files.length} 件が見つかりましたが、実行していません: ${files.join(', ')}。このディレクトリに付いてきたコードです。実行するには --allow-code を付けてください`,
  judgesFailed: (count) => `独自の判定器の失敗 ${count} 件（判定ではなく実行の誤り）:`,
  unwritable: (file, error) => `${file} に書き込めません: ${reasonIn(error, 'ja')}`,
  notTheReport: (file) =>
    `${file} は既にあり、このコマンドの報告ではありません（内容が違う、リンク、またはファイル以外）。何も書き込んでいません。取り除くか、別のファイルを指定してください`,
  noEnvironment: (name) => `アセンブリには他の環境のスタックだけがあり、${name} のスタックがありません`,
  counts: ({ hold, fail, untold, not }) =>
    `満たす ${hold}、満たさない ${fail}、判定に至らない ${untold}、対象外 ${not}`,
  lastLine: (counts, regions) =>
    `${counts}。${regions.length === 0 ? 'リージョンの定めなし' : `リージョン: ${regions.join('、')}`}`,
  challenged: (line, { properties, spoilt, withdrawn, untried }) =>
    [
      `${line}。合格の根拠 ${properties} 件${spoilt === properties ? 'すべて' : `のうち ${spoilt} 件`}を壊して再判定`,
      withdrawn.length === 0 ? '取り消した合格なし' : `取り消した合格: ${named(withdrawn, '、')}`,
      ...(untried.length === 0 ? [] : [`試していない合格: ${named(untried, '、')}`]),
    ].join('。'),
  withdrawn: '（合格を取消）',
  untried: '（試行なし）',
  restOnDefaults: (count) => `パラメータの既定値に基づく判定 ${count} 件（--parameters で変更できます）:`,
  passedOver: (files) => `テンプレートではないため読み飛ばしたファイル: ${files.join(', ')}`,
  otherEnvironments: (stacks) => `他の環境のスタック（判定対象外）: ${stacks.join(', ')}`,
  standby: (region) => `${region} はスタックの名前から待機系のリージョンとみなしています`,
  badParameter: (text, reason) =>
    `--parameters ${text}: ${reason}。名前=値、またはパラメータの JSON・YAML ファイルを指定してください`,
  noParameterFile: 'ファイルがありません',
  noParameters: 'パラメータがありません',
  nothingToJudge: 'テンプレートのディレクトリか、--stacks でデプロイ済みスタックの名前を指定してください',
  bothToJudge: (directory) =>
    `${directory} と --stacks は同時に判定できません。ディレクトリかスタックのどちらかを指定してください`,
  parametersOfDeployed:
    '--parameters はファイルのテンプレート用です。デプロイ済みスタックのパラメータは CloudFormation の値を使います',
  oneRegionOfFiles:
    '--region: ファイルのテンプレートでは、リージョンを示さないスタックはすべて同じリージョンに置かれます。一つだけ指定してください',
  noRegion: '--stacks のリージョンが分かりません。--region を付けるか、AWS_REGION を設定してください',
  noStack: (patterns, regions) =>
    `${regions.join('、')} に ${patterns.join('、')} という名前のデプロイ済みスタックがありません。確認するには: aws cloudformation list-stacks --region ${regions[0]}`,
  stacksOf: (patterns) => `スタック ${patterns.join('、')}`,
  deployed: (stacks, regions) =>
    `デプロイ済みスタック（パラメータとエクスポートは CloudFormation の値、${regions.join('、')}）: ${stacks.join('、')}`,
  heading: '受入条件',
  id: '条件',
  failures: (count) => `不合格の受入条件 ${count} 件:`,
  open: (count) => `判定に至らない受入条件 ${count} 件:`,
  noLine: '設計書なし',
  reason: '理由',
};

export const criteriaCatalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
