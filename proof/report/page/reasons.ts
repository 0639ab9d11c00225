// Reasons come from the judges in English. Those that are given often are said in Japanese too; a figure or name in them is kept.
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^no judge reads this statement$/, 'この行を読む判定器がありません'],
  [
    /^no template shows it; hashira document answers the checklist$/,
    'テンプレートには現れません。チェックリストには hashira document が答えます',
  ],
  [
    /^a person or a test carries it out, and no template shows that it was done$/,
    '人かテストが行う手順で、行ったことはテンプレートに現れません',
  ],
  [/^the claim does not hold: (\S+) stated, (\S+) computed$/, 'この主張は成り立ちません。設計書は $1、算出は $2 です'],
  [
    /^(hashira .+) was disturbed by the machine that it ran on; run it again$/,
    '$1 は実行したマシンの負荷に乱されました。もう一度実行してください',
  ],
  [/^(hashira .+) has not been run on these templates$/, 'このテンプレートに対して $1 がまだ実行されていません'],
  [/^the sentence speaks of (\S+)$/, 'この文は $1 環境について述べています'],
  [
    /^interface endpoints are optional in the document and switched off$/,
    'インターフェースエンドポイントは設計書で任意とされ、使わない設定です',
  ],
  [/^one database instance has no replica$/, 'データベースが1インスタンスのため、レプリカがありません'],
  [/^this environment takes no snapshots$/, 'この環境ではスナップショットを取りません'],
  [
    /^it follows from the document's own figures, and nothing is built from it$/,
    '設計書の他の数値から導かれる値で、これから構築されるものはありません',
  ],
  [
    /^each output has a line of its own; that there is none cannot be observed$/,
    '出力には一つずつ行があり、「なし」は観測できません',
  ],
  [/^the command is about another environment$/, '別の環境に対するコマンドです'],
  [
    /^no command of the CDK: whoever follows the procedure carries it out$/,
    'CDK のコマンドではなく、手順に従う人が実行します',
  ],
  [/^it names the document; nothing is built from it$/, '設計書自体の情報で、ここから構築されるものはありません'],
  [
    /^one zone is enough here; how many there are of each machine is for the lines of its size$/,
    'この環境では 1 つの AZ で足ります。台数はサイズの行で判定します',
  ],
  [
    /^the document has one database instance in (\w+), in one zone$/,
    '設計書では $1 環境のデータベースは 1 インスタンス、1 AZ です',
  ],
  [/^the document has one task in (\w+), in one zone$/, '設計書では $1 環境のタスクは 1 つ、1 AZ です'],
  [
    /^the document has one database instance in (\w+): there is no reader to fail over to$/,
    '設計書では $1 環境のデータベースは 1 インスタンスで、フェイルオーバー先のリーダーがありません',
  ],
  [/^the line names nothing that a template could show$/, 'テンプレートに現れるものを述べていない行です'],
  [/^the judge found no evidence$/, '判定器が証跡を見つけられませんでした'],
];

/** A reason in Japanese; `undefined` for one that is said in English alone. */
export function inJapanese(reason: string): string | undefined {
  const known = sentences.find(([pattern]) => pattern.test(reason));
  return known && reason.replace(...known);
}
