// Why an assembly is not read, each with the place, what was found, what was expected and what to do.

import { sayings } from '../design/messages/said.ts';
import { sentence } from '../design/messages/sentence.ts';
import type { Words } from '../design/messages/words.ts';

interface InFile {
  readonly file: string;
}

export const refusals = sayings({
  noDirectory: sentence(
    ({ directory }: { directory: string }) =>
      `${directory}: no such directory; expected a cloud assembly or a directory of CloudFormation templates; name one`,
    ({ directory }) =>
      `${directory} というディレクトリがありません。クラウドアセンブリか CloudFormation テンプレートのディレクトリを指定してください`,
  ),
  terraform: sentence(
    ({ directory }: { directory: string }) =>
      `${directory}: Terraform; only CloudFormation templates are read, such as CDK's cdk.out; name those`,
    ({ directory }) =>
      `${directory} は Terraform です。読み取れるのは CloudFormation テンプレート（CDK の cdk.out など）だけです。それを指定してください`,
  ),
  noTemplate: sentence(
    ({ directory }: { directory: string }) =>
      `${directory}: no CloudFormation template in it; expected a cloud assembly or a directory of CloudFormation templates; name another directory`,
    ({ directory }) =>
      `${directory} に CloudFormation テンプレートがありません。クラウドアセンブリか CloudFormation テンプレートのディレクトリを指定してください`,
  ),
  outside: sentence(
    ({ directory, file }: { directory: string; file: string }) =>
      `${directory}: names ${file}, which lies outside of it; expected files within the directory; put it there`,
    ({ directory, file }) =>
      `${directory} がディレクトリの外の ${file} を参照しています。ディレクトリの中に置いてください`,
  ),
  tooLarge: sentence(
    ({ directory, found, limit }: { directory: string; found: Words; limit: number }) =>
      `${directory}: ${found.en}; expected at most ${limit}; take out what is no template, or name a part of it`,
    ({ directory, found, limit }) =>
      `${directory} が読み取りの上限を超えています（検出: ${found.ja}、上限: ${limit}）。テンプレートでないものを除くか、一部を指定してください`,
  ),
  unreadable: sentence(
    ({ file, reason }: InFile & { reason: Words }) =>
      `${file}: cannot be read: ${reason.en}; expected a file of the assembly; make the assembly again`,
    ({ file, reason }) => `${file} を読めません: ${reason.ja}。アセンブリを作り直してください`,
  ),
  noArtifacts: sentence(
    ({ file }: InFile) => `${file}: no artifacts in it; expected the manifest of a cloud assembly; run cdk synth again`,
    ({ file }) =>
      `${file} に artifacts がありません。クラウドアセンブリのマニフェストではないため、cdk synth をやり直してください`,
  ),
  noObject: sentence(
    ({ file }: InFile) => `${file}: found no object; expected one, as in a template or a manifest; correct the file`,
    ({ file }) => `${file} の内容がオブジェクトではありません。テンプレートかマニフェストの形に直してください`,
  ),
  noResource: sentence(
    ({ file, name }: InFile & { name: string }) =>
      `${file}: ${name} is no resource; expected an object with a Type; correct the template`,
    ({ file, name }) => `${file} の ${name} がリソースではありません。Type をもつオブジェクトに直してください`,
  ),
  unparsed: sentence(
    ({ file, place, why }: InFile & { place: Words | undefined; why: Words }) =>
      `${file}: cannot be parsed${place === undefined ? '' : ` at ${place.en}`}: ${why.en}; expected JSON or YAML; correct the file`,
    ({ file, place, why }) =>
      `${file} を解釈できません${place === undefined ? '' : `（${place.ja}）`}: ${why.ja}。JSON または YAML として正しい形に直してください`,
  ),
  unfit: sentence(
    ({ file, found, limit }: InFile & { found: Words; limit: number }) =>
      `${file}: ${found.en}; expected at most ${limit}; take out what is no template, or split it`,
    ({ file, found, limit }) =>
      `${file}: ${found.ja}（上限: ${limit}）。テンプレートでないものを除くか、分割してください`,
  ),
  tooManySteps: sentence(
    ({ stack, limit }: { stack: string; limit: number }) =>
      `stack ${stack}: the templates refer to one another so often that resolving them takes more than ${limit} steps; expected fewer; take out what repeats itself`,
    ({ stack, limit }) =>
      `スタック ${stack}: 参照の解決が ${limit} ステップを超えます。互いに繰り返し参照している箇所を減らしてください`,
  ),
});

/** What there is too much of. */
export const amounts = {
  resources: (count: number): Words => ({ en: `${count} resources`, ja: `リソース ${count} 個` }),
  files: (count: number): Words => ({ en: `${count} files`, ja: `ファイル ${count} 個` }),
  characters: (count: number): Words => ({ en: `${count} characters`, ja: `${count} 文字` }),
  assemblies: { en: 'assemblies nested within one another', ja: 'アセンブリの入れ子' },
  values: (count: number): Words => ({
    en: `more than ${count} values, with those of aliases`,
    ja: `値の数が ${count} を超えています（エイリアスの展開を含む）`,
  }),
  levels: (count: number): Words => ({
    en: `values more than ${count} deep within one another`,
    ja: `値の入れ子が ${count} 段を超えています`,
  }),
  yaml: (count: number): Words => ({ en: `${count} characters of YAML`, ja: `YAML の文字数が ${count} です` }),
};

/** What a parser stops at: its own words in English, in Japanese its code where it has one. */
export const faults = {
  json: (words: string): Words => ({ en: words, ja: 'JSON ではありません' }),
  yaml: (words: string, code: string): Words => ({ en: words, ja: `YAML ではありません（${code}）` }),
  keyTwice: (key: string): Words => ({
    en: `the key ${key} stands twice in one object; leave one of them`,
    ja: `キー ${key} が一つのオブジェクトに二度あります`,
  }),
  ownAnchor: { en: 'an anchor contains itself', ja: 'アンカーが自分自身を含んでいます' },
  noAnchor: (alias: string): Words => ({
    en: `the alias *${alias} has no anchor above it`,
    ja: `エイリアス *${alias} に対応するアンカーが前にありません`,
  }),
  place: (line: number, column: number): Words => ({
    en: `line ${line}, column ${column}`,
    ja: `${line} 行 ${column} 文字目`,
  }),
} as const;
