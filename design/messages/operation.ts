// What can be wrong with what a document says about running the platform: alarms, logs, backup, recovery, cost, criteria, procedures.

import { sentence } from './sentence.ts';
import { inLanguage, type Words } from './words.ts';

const ja = { production: '本番環境', staging: 'ステージング環境', development: '開発環境' } as const;

export const operationMessages = {
  'block-missing': sentence(
    (p: { section: string }) =>
      `the section "${p.section}" has no code block; expected a \`\`\`yaml block in the form's shape; add it`,
    (p) => `「${p.section}」にコードブロックがありません。様式と同じ形の \`\`\`yaml ブロックを追加してください`,
  ),
  'row-missing': sentence(
    (p: { rows: Words | string }) =>
      `nothing says ${inLanguage(p.rows, 'en')}; expected a line for each; add it below this line`,
    (p) => `${inLanguage(p.rows, 'ja')} の記載がありません。この行の下に追加してください`,
  ),
  'row-twice': sentence(
    (p: { what: string; line: number }) =>
      `${p.what} is stated a second time; expected once, and line ${p.line} has it; delete one of the two`,
    (p) => `${p.what} が重複しています（${p.line} 行目にもあります）。どちらかを削除してください`,
  ),
  'environment-missing': sentence(
    (p: { row: string; missing: readonly (keyof typeof ja)[] }) =>
      `${p.row} says nothing for ${p.missing.join(', ')}; expected every environment; add ${p.missing.map((name) => ja[name]).join(', ')}, or その他 for the rest`,
    (p) =>
      `${p.row} に ${p.missing.map((name) => ja[name]).join('、')} の記載がありません。行を追加するか、残りを「その他」で記載してください`,
  ),
  'unknown-name': sentence(
    (p: { found: string; nearest: readonly string[] }) =>
      `"${p.found}" is not known; expected a name such as ${p.nearest.join(', ')}; correct it`,
    (p) => `「${p.found}」は未知の名前です。${p.nearest.join('、')} などに修正してください`,
  ),
  'threshold-unit': sentence(
    (p: { metric: string; found: string; expected: readonly string[] }) =>
      `${p.metric} is not measured in "${p.found}"; expected ${p.expected.join(' or ')}; correct the unit`,
    (p) => `${p.metric} の単位として「${p.found}」は使えません。${p.expected.join(' または ')} に修正してください`,
  ),
  'threshold-order': sentence(
    (p: { warning: string; critical: string }) =>
      `the warning threshold (${p.warning}) lies beyond the critical one (${p.critical}); expected the warning to come first; exchange or correct them`,
    (p) =>
      `Warning の閾値（${p.warning}）が Critical（${p.critical}）を超えています。Warning が先に発火する値に修正してください`,
  ),
  'threshold-mixed': sentence(
    (p: { warning: string; critical: string }) =>
      `the warning (${p.warning}) and critical (${p.critical}) thresholds cannot be compared; expected the same direction and kind of unit; correct one of them`,
    (p) => `Warning（${p.warning}）と Critical（${p.critical}）を比較できません。比較の向きと単位を揃えてください`,
  ),
  'out-of-range': sentence(
    (p: { what: string; found: string; expected: string }) =>
      `${p.what} is ${p.found}; expected a value that can be built, ${p.expected}; correct it`,
    (p) => `${p.what} が ${p.found} です。構築できる値（${p.expected}）に修正してください`,
  ),
  'retention-not-offered': sentence(
    (p: { found: number; nearest: readonly number[] }) =>
      `CloudWatch Logs cannot keep a log for ${p.found} days; expected one of its steps; choose ${p.nearest.join(', ')} or another one`,
    (p) => `CloudWatch Logs の保持期間に ${p.found} 日はありません。${p.nearest.join('、')} 日などから選んでください`,
  ),
  'window-short': sentence(
    (p: { found: number; minimum: number }) =>
      `the backup window is ${p.found} minutes long; expected at least ${p.minimum}, which AWS demands; widen it`,
    (p) => `バックアップウィンドウが ${p.found} 分です。AWS の下限である ${p.minimum} 分以上にしてください`,
  ),
  'always-on': sentence(
    (_: object) =>
      "found Aurora's automatic backup switched off; expected 有効, for Aurora cannot do without; switch it on and set its retention",
    () => 'Aurora の自動バックアップは無効にできません。「有効」にして保持期間で調整してください',
  ),
  'transition-order': sentence(
    (p: { found: string; expected: string }) =>
      `S3 refuses the transition ${p.found}; expected ${p.expected}; correct the days or the order`,
    (p) => `S3 はライフサイクル移行「${p.found}」を受け付けません。想定: ${p.expected}。日数か順序を修正してください`,
  ),
  'figures-disagree': sentence(
    (p: { what: string; here: string; there: string; line: number }) =>
      `${p.what} is ${p.here} here and ${p.there} in line ${p.line}; expected one figure in both places; correct one of them`,
    (p) => `${p.what} がこの行では ${p.here}、${p.line} 行目では ${p.there} です。同じ値に揃えてください`,
  ),
  'fargate-size': sentence(
    (p: { found: string; expected: readonly string[] }) =>
      `Fargate has no task of ${p.found}; expected a size that it offers; choose ${p.expected.join(', ')} or another one`,
    (p) => `Fargate に ${p.found} のタスクサイズはありません。${p.expected.join('、')} などから選んでください`,
  ),
  'step-order': sentence(
    (p: { found: number; expected: number }) =>
      `this step is numbered ${p.found}; expected ${p.expected}, since steps are carried out in order; renumber it`,
    (p) => `手順の番号が ${p.found} です。順番どおりの ${p.expected} に修正してください`,
  ),
  'same-region': sentence(
    (p: { region: string; line: number }) =>
      `found ${p.region}, where the platform itself lives (line ${p.line}); expected another region, or it fails with the first; name one`,
    (p) =>
      `${p.region} は本体のリージョン（${p.line} 行目）と同じです。同時に失われないよう、別のリージョンを指定してください`,
  ),
  'recovery-class': sentence(
    (p: { found: string; line: number; expected: readonly string[] }) =>
      `found ${p.found}, but a second region takes over (line ${p.line}) and Aurora's global database has no db.t classes; expected another class; choose ${p.expected.join(', ')}, or give up the second region`,
    (p) =>
      `${p.line} 行目の DR に必要な Aurora グローバルデータベースでは ${p.found} を使えません。${p.expected.join('、')} などを選ぶか、DR をやめてください`,
  ),
  'zones-demanded': sentence(
    (p: { criterion: string; line: number; found: string; expected: string }) =>
      `found ${p.found} in production, but ${p.criterion} (line ${p.line}) demands several availability zones; expected ${p.expected}; correct one of the two`,
    (p) =>
      `本番環境が ${p.found} ですが、${p.criterion}（${p.line} 行目）は複数のアベイラビリティゾーンを求めています。${p.expected} とするか、条件を見直してください`,
  ),
  'service-absent': sentence(
    (p: { service: string; expected: string }) =>
      `found a line about ${p.service}, but no cost line says how big it is; expected \`${p.expected}\` in production's costs; add that line, or delete this one`,
    (p) =>
      `${p.service} の記載がありますが、本番環境のコストに規模を示す行（\`${p.expected}\`）がありません。追加するか、この行を削除してください`,
  ),
  'service-unused': sentence(
    (p: { service: string }) =>
      `found a cost of ${p.service}, but no other part of the document speaks of it; expected it among stacks, groups and roles too; add it there, or delete this line`,
    (p) =>
      `${p.service} のコストがありますが、他の章に記載がありません。スタックやロールに追加するか、この行を削除してください`,
  ),
  'snapshots-needed': sentence(
    (p: { region: string }) =>
      `only snapshots are copied to ${p.region}, and the document has none; expected e.g. スナップショット: 週次（日曜 03:00 UTC） above; add it, or switch the copies off`,
    (p) =>
      `${p.region} へコピーするスナップショットがありません。「スナップショット: 週次（日曜 03:00 UTC）」の行を加えるか、クロスリージョンバックアップを無効にしてください`,
  ),
  'replicas-needed': sentence(
    (p: { region: string; line: number }) =>
      `S3's copies are switched off, and ${p.region} takes over (line ${p.line}); expected production's copies to be on, since the workload there would find none of its files; switch them on`,
    (p) =>
      `S3 のレプリケーションが無効ですが、${p.line} 行目では ${p.region} が処理を引き継ぎます。引き継いだ先にファイルがなくなるため、本番環境を有効にしてください`,
  ),
  'versions-needed': sentence(
    (p: { line: number }) =>
      `S3 copies a bucket to another region only when it keeps versions; expected バージョニング: 有効 in line ${p.line}; switch it on, or the copies off`,
    (p) =>
      `S3 のクロスリージョンレプリケーションにはバージョニングが必要です。${p.line} 行目を「有効」にするか、レプリケーションを無効にしてください`,
  ),
} as const;
