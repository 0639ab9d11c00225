// What `destroy` says to a person, in both languages.
import { inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Deletion, Destroyed } from '../../../operations/destroy/destroy.ts';
import type { DestroyRefusal } from '../../../operations/destroy/plan.ts';
import type { Contents, StoreType } from '../../../operations/destroy/stores.ts';

type Of<Kind extends DestroyRefusal['kind']> = Extract<DestroyRefusal, { readonly kind: Kind }>;

export interface DestroyMessages {
  /** What AWS says as it is; what is ours to say in this language. */
  readonly told: (said: Words | string) => string;
  readonly accountNeeded: string;
  readonly otherAccount: (found: string, asked: string) => string;
  readonly refusals: {
    readonly other: (facts: Of<'other'>) => string;
    readonly protected: (facts: Of<'protected'>) => string;
    readonly moving: (facts: Of<'moving'>) => string;
  };
  readonly head: (account: string, stacks: number) => string;
  readonly columns: readonly [stack: string, region: string, resources: string, data: string];
  readonly holds: Readonly<Record<StoreType, (id: string, count: string) => string>>;
  readonly state: (contents: Contents) => string;
  readonly stays: (what: string) => string;
  /** What no stack has, and what of it costs. */
  readonly staysBeside: string;
  readonly nothing: (environment: string) => string;
  readonly digest: (digest: string) => string;
  readonly approveWith: (command: string) => string;
  readonly ask: (account: string, digest: string) => string;
  readonly notApproved: string;
  readonly needsApproval: (command: string) => string;
  readonly otherDigest: (given: string, found: string) => string;
  readonly resultColumns: readonly [stack: string, region: string, result: string, why: string];
  readonly results: Readonly<Record<Deletion['result'], string>>;
  readonly outcomes: Readonly<Record<Destroyed['outcome'], string>>;
  readonly next: (command: string) => string;
}

const english: DestroyMessages = {
  told: (said) => inLanguage(said, 'en'),
  accountNeeded: '--account is missing: type the number of the account whose environment is to go',
  otherAccount: (found, asked) =>
    `signed in to account ${found}, and --account says ${asked}. Nothing was deleted; sign in to the account that is meant`,
  refusals: {
    other: ({ stack, region, tag, found }) =>
      `${stack} in ${region} is not this environment's: ${tag} is "${found}". Nothing was deleted; rename or delete that stack by hand if it is in the way`,
    protected: ({ stack, region }) =>
      `${stack} in ${region} has termination protection, which somebody switched on. To let it go: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack} --region ${region}`,
    moving: ({ stack, region, status }) =>
      `${stack} in ${region} is in the middle of something (${status}). Wait until it has ended.`,
  },
  head: (account, stacks) =>
    `Account ${account}: ${stacks} stacks are deleted, with all that lies in them. None of it comes back.`,
  columns: ['stack', 'region', 'resources', 'data that goes'],
  holds: {
    'AWS::S3::Bucket': (id, count) => `bucket ${id}: ${count} versions of objects`,
    'AWS::Backup::BackupVault': (id, count) => `backup vault ${id}: ${count} recovery points`,
    'AWS::RDS::DBCluster': (id) => `database ${id}, with its automatic backups`,
    'AWS::DynamoDB::GlobalTable': (id, count) => `table ${id}: about ${count} items`,
    'AWS::DynamoDB::Table': (id, count) => `table ${id}: about ${count} items`,
    'AWS::SQS::Queue': (id, count) => `queue ${id}: ${count} messages`,
  },
  state: ({ isProtected, isStopped }) =>
    [isProtected ? 'its deletion protection is taken off' : '', isStopped ? 'it is started first' : '']
      .filter(Boolean)
      .join(', '),
  stays: (what) => `Stays, and costs, by the template's own policy: ${what}`,
  staysBeside:
    'Stays beside them: keys wait a week for their deletion, free of charge; files and images of the CDK in the bootstrap stack (a few cents a month, `npx cdk gc`); stacks of an older document that this one no longer names, which are not looked for.',
  nothing: (environment) => `Nothing to do: no stack of ${environment} is there.`,
  digest: (digest) => `Digest: ${digest}`,
  approveWith: (command) => `To delete exactly this: ${command}`,
  ask: (account, digest) => `Delete all of this in account ${account}? Type the first 4 characters of ${digest}: `,
  notApproved: 'not approved; nothing was deleted',
  needsApproval: (command) => `nobody is here to ask; approve exactly this deletion with: ${command}`,
  otherDigest: (given, found) =>
    `${given} is not the digest of this deletion, ${found} is. Nothing was deleted; read the plan above again.`,
  resultColumns: ['stack', 'region', 'result', ''],
  results: {
    deleted: 'deleted',
    failed: 'FAILED',
    moving: 'still going on',
    'not-begun': 'not begun',
    other: 'is no longer what was approved; not touched',
  },
  outcomes: {
    destroyed: 'The environment is gone.',
    failed: 'FAILED. What was deleted is gone, the rest is as the table says.',
    interrupted: 'Interrupted. What AWS has begun goes on without us.',
  },
  next: (command) => `Next: ${command}`,
};

const japanese: DestroyMessages = {
  told: (said) => inLanguage(said, 'ja'),
  accountNeeded: '--account がありません。環境を削除するアカウントの番号を指定してください',
  otherAccount: (found, asked) =>
    `サインインしているアカウントは ${found} ですが、--account は ${asked} です。何も削除していません。対象のアカウントにサインインしてください`,
  refusals: {
    other: ({ stack, region, tag, found }) =>
      `${region} の ${stack} はこの環境のものではありません（${tag} が "${found}"）。何も削除していません。妨げになる場合は手作業で削除してください`,
    protected: ({ stack, region }) =>
      `${region} の ${stack} は削除保護が有効にされています。解除するには: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack} --region ${region}`,
    moving: ({ stack, region, status }) => `${region} の ${stack} は処理中です (${status})。終わるまで待ってください。`,
  },
  head: (account, stacks) =>
    `アカウント ${account}: ${stacks} スタックを、中のデータごと削除します。元には戻せません。`,
  columns: ['スタック', 'リージョン', 'リソース', '失われるデータ'],
  holds: {
    'AWS::S3::Bucket': (id, count) => `バケット ${id}: オブジェクトのバージョン ${count} 件`,
    'AWS::Backup::BackupVault': (id, count) => `バックアップボールト ${id}: 復旧ポイント ${count} 件`,
    'AWS::RDS::DBCluster': (id) => `データベース ${id}（自動バックアップを含む）`,
    'AWS::DynamoDB::GlobalTable': (id, count) => `テーブル ${id}: 約 ${count} 件`,
    'AWS::DynamoDB::Table': (id, count) => `テーブル ${id}: 約 ${count} 件`,
    'AWS::SQS::Queue': (id, count) => `キュー ${id}: メッセージ ${count} 件`,
  },
  state: ({ isProtected, isStopped }) =>
    [isProtected ? '削除保護を解除' : '', isStopped ? '先に起動' : ''].filter(Boolean).join('、'),
  stays: (what) => `テンプレートの方針により残り、費用がかかるもの: ${what}`,
  staysBeside:
    'このほかに残るもの: キー（1 週間の削除待ち、無料）、ブートストラップスタックにある CDK のファイルとイメージ（月に数セント、`npx cdk gc`）、以前の文書にあり今の文書にないスタック（探していません）。',
  nothing: (environment) => `${environment}のスタックはありません。`,
  digest: (digest) => `ダイジェスト: ${digest}`,
  approveWith: (command) => `このとおりに削除するには: ${command}`,
  ask: (account, digest) => `アカウント ${account} でこのすべてを削除しますか。${digest} の先頭 4 文字を入力: `,
  notApproved: '承認されませんでした。何も削除していません',
  needsApproval: (command) => `確認できる人がいません。この削除だけを承認するには: ${command}`,
  otherDigest: (given, found) =>
    `${given} はこの削除のダイジェストではありません（正しくは ${found}）。何も削除していません。上の計画を読み直してください。`,
  resultColumns: ['スタック', 'リージョン', '結果', ''],
  results: {
    deleted: '削除',
    failed: '失敗',
    moving: '処理中',
    'not-begun': '未着手',
    other: '承認したものと異なるため未実行',
  },
  outcomes: {
    destroyed: '環境を削除しました。',
    failed: '失敗しました。削除したものは戻りません。残りは表のとおりです。',
    interrupted: '中断しました。AWS が始めた処理はそのまま続きます。',
  },
  next: (command) => `次: ${command}`,
};

export const destroyCatalogues: Readonly<Record<Language, DestroyMessages>> = { en: english, ja: japanese };
