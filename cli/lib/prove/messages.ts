// What `prove` says to a person, in both languages, and what the page of the unproven says of what it has seen.
import { inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Facts, ProofStep, RowId } from '../../../operations/prove/evidence.ts';

export interface ProveMessages {
  /** What AWS says as it is; what is ours to say in this language. */
  readonly told: (said: Words | string) => string;
  readonly accountNeeded: string;
  readonly badHours: (found: string, most: number) => string;
  readonly noCommit: string;
  readonly otherAccount: (found: string, asked: string) => string;
  readonly standing: (environment: string, stacks: string, command: string) => string;
  readonly noCost: (why: string) => string;
  readonly noFolder: (folder: string, why: string) => string;
  readonly isLink: string;
  readonly notKept: (file: string, why: string) => string;

  readonly head: (account: string, regions: string, commit: string) => string;
  readonly notClean: string;
  readonly costHead: (hours: number, total: string, hour: string) => string;
  readonly costColumns: readonly [group: string, amount: string];
  /** What the amount does not have in it, beside what no estimate has. */
  readonly costLeftOut: (environment: string) => string;
  readonly oldest: (day: string) => string;
  readonly stepsHead: string;
  readonly plan: (facts: {
    environment: string;
    stacks: number;
    fails: string;
    smoke: boolean;
    file: string;
  }) => readonly string[];
  readonly digest: (digest: string) => string;
  readonly approveWith: (command: string) => string;
  readonly ask: (account: string, digest: string) => string;
  readonly notApproved: string;
  readonly needsApproval: (command: string) => string;
  readonly otherDigest: (given: string, found: string) => string;

  readonly step: Readonly<Record<ProofStep['step'], string>>;
  readonly ended: Readonly<Record<ProofStep['ended'], string>>;
  readonly columns: readonly [row: string, verdict: string, seen: string];
  readonly verdicts: Readonly<Record<'seen' | 'otherwise', string>>;
  readonly notSeen: (rows: string) => string;
  readonly kept: (file: string) => string;
  readonly gone: (environment: string) => string;
  readonly stands: (stacks: string) => string;
  readonly unknown: string;
  readonly takeAway: (command: string) => string;
  readonly outcomes: Readonly<Record<'well' | 'otherwise' | 'interrupted', string>>;

  readonly rows: { readonly [Row in RowId]: (figures: Facts[Row]) => string };
}

const english: ProveMessages = {
  told: (said) => inLanguage(said, 'en'),
  accountNeeded: '--account is missing: type the number of the sandbox account that is to be deployed to',
  badHours: (found, most) => `--hours ${found}: expected a whole number from 1 to ${most}`,
  noCommit:
    'there is no commit here: evidence names the commit that it is of. Commit first, and run it in the repository',
  otherAccount: (found, asked) =>
    `signed in to account ${found}, and --account says ${asked}. Nothing was touched; sign in to the account that is meant`,
  standing: (environment, stacks, command) =>
    `stacks of ${environment} stand in this account: ${stacks}. What is proved is a first deployment, and it ends with a deletion. Use an empty account, or take them away: ${command}`,
  noCost: (why) => `what this would cost cannot be said, so it is not begun: ${why}`,
  noFolder: (folder, why) =>
    `evidence cannot be written to ${folder}: ${why}. Nothing was touched; name another folder with --out`,
  isLink: 'it is a link, or no folder',
  notKept: (file, why) => `${file} could not be written (${why}); the run goes on, and prints it at its end`,

  head: (account, regions, commit) => `Account ${account}, ${regions}, commit ${commit}`,
  notClean: 'Files differ from that commit; the evidence will say so.',
  costHead: (hours, total, hour) =>
    `Standing for ${hours} h it costs about ${total}; each further hour, ${hour}. Nothing stops it but its deletion.`,
  costColumns: ['group', 'USD'],
  costLeftOut: (environment) =>
    `Taken by the hour from the estimate of a month, all running, with ${environment}’s traffic, without free tiers. Not in it: the stack that is made twice, hours that AWS rounds up (NAT gateways, load balancers, caches), what the account’s own rules (AWS Config, GuardDuty) charge for new resources, a few cents in the bootstrap stack.`,
  oldest: (day) => `Prices: on demand, USD before tax, the oldest of ${day}`,
  stepsHead: 'It would:',
  plan: ({ environment, stacks, fails, smoke, file }) => [
    `deploy ${environment}, ${stacks} stacks, where ${fails} gets one resource more that never becomes ready: it is made whole and taken back`,
    'deploy it again as the printed command does, which must go on from there',
    ...(smoke ? ['send an order through it and look at what it leaves behind'] : []),
    'compare the account with the templates, and those with the document',
    'delete every stack that it has made, with all that lies in them',
    `write what was seen to ${file}`,
  ],
  digest: (digest) => `Digest: ${digest}`,
  approveWith: (command) => `To do exactly this: ${command}`,
  ask: (account, digest) => `Do all of this in account ${account}? Type the first 4 characters of ${digest}: `,
  notApproved: 'not approved; nothing was touched',
  needsApproval: (command) => `nobody is here to ask; approve exactly this run with: ${command}`,
  otherDigest: (given, found) =>
    `${given} is not the digest of this run, ${found} is. Nothing was touched; read the plan above again.`,

  step: {
    fail: 'Deployment in which one creation fails',
    deploy: 'Deployment of the whole',
    drift: 'Comparison',
    destroy: 'Deletion',
  },
  ended: {
    well: 'as believed',
    otherwise: 'at its end, and OTHERWISE than believed',
    failed: 'FAILED',
    interrupted: 'interrupted',
    'not-begun': 'not begun',
  },
  columns: ['row', '', 'what was seen'],
  verdicts: { seen: 'as believed', otherwise: 'OTHERWISE' },
  notSeen: (rows) => `Not seen: ${rows}`,
  kept: (file) => `Evidence: ${file} (commit it; npm run docs puts it into docs/unproven.md)`,
  gone: (environment) => `Nothing of ${environment} stands.`,
  stands: (stacks) => `STANDS, and costs: ${stacks}`,
  unknown: 'What stands could not be found out.',
  takeAway: (command) => `To take it away, once AWS is done with what it has begun: ${command}`,
  outcomes: {
    well: 'All was as believed.',
    otherwise: 'FAILED, or otherwise than believed; see above.',
    interrupted: 'Interrupted. What AWS has begun goes on without us.',
  },

  rows: {
    'stacks-come-up': ({ stacks, stood, regions }) => `${stood} of ${stacks} stacks stood, in ${regions.join(', ')}`,
    'outputs-across-regions': ({ reads, readers }) => `${reads} reads of another region, in ${readers.join(', ')}`,
    'creation-fails': ({ stack, status, failedAt, waiting, begun, next }) =>
      `${stack} failed at ${failedAt} and ended in ${status}; ${begun} of the ${waiting} that wait for it begun; next: ${next}`,
    'creation-taken-back': ({ stack, resources, left }) =>
      `${stack}: ${left.length} of ${resources} resources left${left.length === 0 ? '' : ` (${left.join(', ')})`}`,
    'goes-on-after-failure': ({ stack, does, stood }) =>
      `${stack}: ${does}, ${stood ? 'and it stood' : 'and it did NOT stand'}`,
    'order-goes-through': ({ order, passed, failed, notHere }) =>
      `order ${order}; ${passed} checks passed, ${failed.length} failed${failed.length === 0 ? '' : ` (${failed.join(', ')})`}, ${notHere} have nothing to look at`,
    'trace-through-edge': ({ traces }) => `traces ${traces}`,
    'drift-after-deployment': ({ stacks, same, inSync, unchecked }) =>
      `of ${stacks} stacks ${same} as built, ${inSync} without drift; ${unchecked} resources cannot be checked`,
    'environment-goes': ({ stacks, deleted, stores, standing }) =>
      `${deleted} of ${stacks} stacks deleted, with ${stores} stores; ${standing} stand`,
  },
};

const japanese: ProveMessages = {
  told: (said) => inLanguage(said, 'ja'),
  accountNeeded: '--account がありません。デプロイ先のサンドボックスのアカウントの番号を指定してください',
  badHours: (found, most) => `--hours ${found}: 1 から ${most} までの整数を指定してください`,
  noCommit: 'コミットがありません。記録にはコミットが要ります。コミットしてから、リポジトリの中で実行してください',
  otherAccount: (found, asked) =>
    `サインインしているアカウントは ${found} ですが、--account は ${asked} です。何にも触れていません。対象のアカウントにサインインしてください`,
  standing: (environment, stacks, command) =>
    `このアカウントには${environment}のスタックがあります: ${stacks}。確かめるのは初回のデプロイで、最後に削除します。空のアカウントを使うか、先に削除してください: ${command}`,
  noCost: (why) => `費用を示せないため開始しません: ${why}`,
  noFolder: (folder, why) =>
    `${folder} に記録を書けません: ${why}。何にも触れていません。--out で別のフォルダーを指定してください`,
  isLink: 'リンクであるか、フォルダーではありません',
  notKept: (file, why) => `${file} に書けませんでした（${why}）。実行は続け、最後に表示します`,

  head: (account, regions, commit) => `アカウント ${account}、${regions}、コミット ${commit}`,
  notClean: 'コミットと異なるファイルがあります。記録にもそう書きます。',
  costHead: (hours, total, hour) =>
    `${hours} 時間の費用は約 ${total}。以後は 1 時間ごとに ${hour}。削除するまで止まりません。`,
  costColumns: ['分類', 'USD'],
  costLeftOut: (environment) =>
    `1 か月の見積もりを時間で割ったもの。常時稼働、${environment}の負荷、無料枠なし。含まないもの: 2 度作られるスタック、AWS が切り上げる時間（NAT ゲートウェイ、ロードバランサー、キャッシュ）、アカウント側の規則（AWS Config、GuardDuty）が新しいリソースに課す料金、ブートストラップスタックの数セント。`,
  oldest: (day) => `単価: オンデマンド、税抜き USD。最も古いものは ${day}`,
  stepsHead: '実行すること:',
  plan: ({ environment, stacks, fails, smoke, file }) => [
    `${environment}の ${stacks} スタックをデプロイする。${fails} には完了しないリソースを 1 つ加え、すべて作られた後に取り消されるようにする`,
    '表示されるコマンドと同じ手順でもう一度デプロイし、そこから先へ進むことを確かめる',
    ...(smoke ? ['注文を流し、残るはずのものを確かめる'] : []),
    'アカウントとテンプレート、テンプレートと文書を照合する',
    'この実行で作ったスタックを、中のデータごとすべて削除する',
    `見たことを ${file} に書く`,
  ],
  digest: (digest) => `ダイジェスト: ${digest}`,
  approveWith: (command) => `このとおりに実行するには: ${command}`,
  ask: (account, digest) => `アカウント ${account} でこのすべてを実行しますか。${digest} の先頭 4 文字を入力: `,
  notApproved: '承認されませんでした。何にも触れていません',
  needsApproval: (command) => `確認できる人がいません。この実行だけを承認するには: ${command}`,
  otherDigest: (given, found) =>
    `${given} はこの実行のダイジェストではありません（正しくは ${found}）。何にも触れていません。上の計画を読み直してください。`,

  step: {
    fail: '1 つの作成が失敗するデプロイ',
    deploy: '全体のデプロイ',
    drift: '照合',
    destroy: '削除',
  },
  ended: {
    well: '見込みどおり',
    otherwise: '終わったが、見込みと異なる',
    failed: '失敗',
    interrupted: '中断',
    'not-begun': '未着手',
  },
  columns: ['項目', '', '見たこと'],
  verdicts: { seen: '見込みどおり', otherwise: '見込みと異なる' },
  notSeen: (rows) => `見ていないこと: ${rows}`,
  kept: (file) => `記録: ${file}（コミットすると、npm run docs が docs/unproven.ja.md に載せる）`,
  gone: (environment) => `${environment}のものは何も残っていません。`,
  stands: (stacks) => `残っていて費用がかかるもの: ${stacks}`,
  unknown: '何が残っているかを調べられませんでした。',
  takeAway: (command) => `AWS が始めた処理の終了後に削除するには: ${command}`,
  outcomes: {
    well: 'すべて見込みどおりでした。',
    otherwise: '失敗したか、見込みと異なりました。上を見てください。',
    interrupted: '中断しました。AWS が始めた処理はそのまま続きます。',
  },

  rows: {
    'stacks-come-up': ({ stacks, stood, regions }) =>
      `${stacks} スタック中 ${stood} が立ち上がった（${regions.join('、')}）`,
    'outputs-across-regions': ({ reads, readers }) => `${readers.join('、')} の別のリージョンへの参照 ${reads} 件`,
    'creation-fails': ({ stack, status, failedAt, waiting, begun, next }) =>
      `${stack} は ${failedAt} で失敗し ${status} で終わった。待つ ${waiting} スタック中 ${begun} が着手。次の手順は ${next}`,
    'creation-taken-back': ({ stack, resources, left }) =>
      `${stack}: ${resources} リソース中 ${left.length} が残った${left.length === 0 ? '' : `（${left.join('、')}）`}`,
    'goes-on-after-failure': ({ stack, does, stood }) =>
      `${stack}: ${does} の後、${stood ? '立ち上がった' : '立ち上がらなかった'}`,
    'order-goes-through': ({ order, passed, failed, notHere }) =>
      `注文 ${order}。検査の合格 ${passed}、失敗 ${failed.length}${failed.length === 0 ? '' : `（${failed.join('、')}）`}、対象なし ${notHere}`,
    'trace-through-edge': ({ traces }) => `トレース ${traces}`,
    'drift-after-deployment': ({ stacks, same, inSync, unchecked }) =>
      `${stacks} スタック中、ビルドどおり ${same}、ドリフトなし ${inSync}。検査できないリソース ${unchecked}`,
    'environment-goes': ({ stacks, deleted, stores, standing }) =>
      `${stacks} スタック中 ${deleted} を保管先 ${stores} とともに削除、残り ${standing}`,
  },
};

export const proveCatalogues: Readonly<Record<Language, ProveMessages>> = { en: english, ja: japanese };
