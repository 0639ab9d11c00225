// What `deploy`, `rollback` and `history` say to a person, in both languages.

import { inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Risk } from '../../../operations/deploy/changes.ts';
import type { StackStanding } from '../../../operations/deploy/deployment-run.ts';
import type { FaultKind } from '../../../operations/deploy/fault.ts';
import type { Obstacle, StackPlan } from '../../../operations/deploy/plan.ts';
import type { Busy, Progress } from '../../../operations/deploy/progress.ts';
import type { Outcome } from '../../../operations/deploy/records.ts';
import type { NotRestored } from '../../../operations/deploy/restore.ts';

type At<Kind extends Progress['at']> = Extract<Progress, { readonly at: Kind }>;
type Of<Kind extends Obstacle['kind']> = Extract<Obstacle, { readonly kind: Kind }>;

export interface DeployMessages {
  /** What AWS says as it is; what is ours to say in this language. */
  readonly told: (said: Words | string) => string;
  readonly building: (environment: string) => string;
  readonly notGood: (counts: { criteria: number; statements: number; findings: number }) => string;
  readonly awsRefused: (why: string) => string;
  readonly resumeAlone: string;
  readonly graver: (changes: readonly string[]) => string;

  readonly columns: readonly [stack: string, region: string, what: string, resources: string];
  readonly classes: Readonly<Record<Risk | 'safe', string>>;
  readonly does: Readonly<Record<StackPlan['does'], string>>;
  readonly follows: (outputs: string) => string;
  readonly more: (count: number) => string;
  readonly unchanged: (count: number) => string;
  readonly nothing: string;
  readonly migrations: (names: string) => string;
  readonly digest: (digest: string) => string;
  readonly approveWith: (command: string) => string;

  readonly ask: (digest: string) => string;
  readonly notApproved: string;
  readonly needsApproval: (command: string) => string;
  readonly otherDigest: (given: string, found: string) => string;

  readonly obstacles: {
    readonly moving: (facts: Of<'moving'>) => string;
    readonly stuck: (facts: Of<'stuck'>, command: string) => string;
    readonly 'no-change-set': (facts: Of<'no-change-set'>) => string;
  };

  readonly planning: (stack: string) => string;
  readonly publishing: (stack: string) => string;
  readonly wave: (stacks: string) => string;
  readonly stack: Readonly<Record<At<'stack'>['does'], string>>;
  readonly waiting: (status: string, busy: readonly Busy[]) => string;
  readonly phases: Readonly<Record<At<'migrating' | 'smoke' | 'restoring'>['at'], string>>;
  readonly faults: Readonly<Record<FaultKind, (message: string) => string>>;

  readonly failover: (state: { readonly serving: string; readonly phase: string }) => string;
  readonly nothingToResume: (environment: string) => string;
  readonly otherTemplates: string;
  readonly smokeNeedsToken: (why: string) => string;
  readonly noRecord: (asked: string | undefined, known: string) => string;
  readonly incompatible: (record: string, migrations: string) => string;
  readonly assetsGone: (record: string, missing: string) => string;
  readonly backTo: (record: string, commit: string | undefined) => string;
  readonly left: (stacks: string) => string;

  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** In a table. */
  readonly shortOutcomes: Readonly<Record<Outcome, string>>;
  readonly results: Readonly<Record<StackStanding['result'], string>>;
  readonly standingColumns: readonly [stack: string, region: string, result: string, why: string];
  readonly migration: (passed: boolean, message: string) => string;
  readonly recordKept: (id: string) => string;
  readonly notRestored: Readonly<Record<NotRestored['why'], (what: string) => string>>;
  readonly recordLost: (why: string) => string;
  readonly next: (command: string) => string;
  readonly historyColumns: readonly [
    record: string,
    environment: string,
    took: string,
    outcome: string,
    commit: string,
    changes: string,
  ];
  readonly noHistory: string;
  readonly unreadable: (key: string) => string;
}

/** The one that has taken longest, and how many others there are. */
function busiest(busy: readonly Busy[], others: (count: number) => string): string {
  const [first, ...rest] = busy;
  if (first === undefined) return '';
  const { logicalId, type, seconds } = first;
  return `${logicalId} (${type}, ${seconds} s)${rest.length === 0 ? '' : others(rest.length)}`;
}

const english: DeployMessages = {
  told: (said) => inLanguage(said, 'en'),
  building: (environment) => `Building and judging ${environment} …`,
  notGood: ({ criteria, statements, findings }) =>
    `nothing is deployed that fails: ${criteria} criteria, ${statements} statements, ${findings} findings. ` +
    'Repair what is listed above; `hashira build` shows it in full.',
  awsRefused: (why) => `AWS could not be asked: ${why}`,
  graver: (changes) =>
    `the account has changed since the interruption, and going on would do more than was approved: ${changes.join(', ')}; plan and approve it anew: hashira deploy without --resume`,
  resumeAlone: '--resume goes on with what was approved; it takes neither --plan nor --approve',

  columns: ['stack', 'region', 'what', 'resources'],
  classes: {
    'replaces-data': 'REPLACES what holds data',
    interrupts: 'interrupts',
    'widens-access': 'widens access',
    safe: 'safe',
  },
  does: { nothing: 'nothing', create: 'create', recreate: 'delete and create', update: 'update' },
  follows: (outputs) => `follows ${outputs}`,
  more: (count) => `and ${count} more`,
  unchanged: (count) => `${count} stacks stay as they are.`,
  nothing: 'Nothing to do: what is deployed is what the document says.',
  migrations: (names) => `Database migrations to run: ${names}`,
  digest: (digest) => `Digest: ${digest}`,
  approveWith: (command) => `To do exactly this: ${command}`,

  ask: (digest) => `Do this? Type "yes" or the first 4 characters of ${digest}: `,
  notApproved: 'not approved; nothing was done',
  needsApproval: (command) => `nobody is here to ask; approve exactly these changes with: ${command}`,
  otherDigest: (given, found) =>
    `${given} is not the digest of these changes, ${found} is: something changed since it was made. Nothing was done; read the plan above again.`,

  obstacles: {
    moving: ({ stack, region, status }) =>
      `${stack} in ${region} is in the middle of something (${status}). Wait until it has ended.`,
    stuck: ({ stack, region, status, reason, remedy }, command) =>
      `${stack} in ${region} is stuck (${status}${reason === '' ? '' : `: ${reason}`}). ` +
      `Repair what holds it up${remedy === 'delete' ? ' (its events name what AWS would not delete; docs/runbooks/deploy.md says what to do about each)' : ''}, then: ${command}`,
    'no-change-set': ({ stack, region, reason }) =>
      `CloudFormation makes no change set for ${stack} in ${region}: ${inLanguage(reason, 'en')}`,
  },

  planning: (stack) => `planning ${stack}`,
  publishing: (stack) => `publishing files and images of ${stack}`,
  wave: (stacks) => `next: ${stacks}`,
  stack: {
    starts: 'begun',
    done: 'done',
    unchanged: 'unchanged',
    failed: 'FAILED',
    restored: 'restored',
  },
  waiting: (status, busy) =>
    busy.length === 0 ? status : `waiting for ${busiest(busy, (count) => ` and ${count} others`)}`,
  phases: {
    migrating: 'migrating the database',
    smoke: 'smoke test',
    restoring: 'restoring the last good release of the stateless stacks',
  },
  faults: {
    throttled: (message) => `AWS asks to be asked more slowly; going on: ${message}`,
    expired: (message) => `Credentials have run out; sign in again (aws sso login), it goes on by itself: ${message}`,
    lost: (message) => `AWS cannot be reached; trying again: ${message}`,
    refused: (message) => `AWS refuses: ${message}`,
  },

  failover: ({ serving, phase }) =>
    `the recovery ledger says that ${serving} serves and that the last failover is in phase "${phase}": nothing is deployed until it is over and the primary serves again (docs/runbooks/failover.md)`,
  nothingToResume: (environment) =>
    `there is no interrupted deployment of ${environment} to go on with on this machine`,
  otherTemplates:
    'the interrupted deployment was of other templates, or of another account: check out what it was of, or begin anew with `hashira deploy`',
  smokeNeedsToken: (why) => `${why}; without it there is no smoke test, and --no-smoke must say so`,
  noRecord: (asked, known) =>
    `${asked === undefined ? 'there is no good release before this one to go back to' : `${asked} is no good release`}; there are: ${known === '' ? 'none' : known}`,
  incompatible: (record, migrations) =>
    `the release of ${record} does not run on the database as it is now; go forward instead. Migrations since then: ${migrations}`,
  assetsGone: (record, missing) => `files or images of ${record} are gone, so it cannot be restored: ${missing}`,
  backTo: (record, commit) => `Back to ${record}${commit === undefined ? '' : ` (commit ${commit.slice(0, 12)})`}`,
  left: (stacks) => `Left as they are, because they hold data: ${stacks}`,

  outcomes: {
    deployed: 'Deployed.',
    'rolled-back': 'Rolled back.',
    failed: 'FAILED. What was deployed before the failure stays.',
    restored: 'FAILED, and the stateless stacks are back at the last good release.',
    'restore-failed': 'FAILED, and not everything could be restored.',
    interrupted: 'Interrupted. What AWS has begun goes on without us.',
  },
  shortOutcomes: {
    deployed: 'deployed',
    'rolled-back': 'rolled back',
    failed: 'FAILED',
    restored: 'FAILED, restored',
    'restore-failed': 'FAILED, not restored',
    interrupted: 'interrupted',
  },
  results: {
    done: 'done',
    unchanged: 'unchanged',
    failed: 'FAILED',
    'beyond-approval': 'would do more than was approved; not done',
    unreadable: 'reads outputs that are not there; not done',
    moving: 'still going on',
    'not-begun': 'not begun',
    restored: 'restored',
    fault: 'FAILED',
  },
  standingColumns: ['stack', 'region', 'result', ''],
  migration: (passed, message) => `Database migrations ${passed ? 'done' : 'FAILED'}: ${message}`,
  recordKept: (id) => `Record: ${id}`,
  notRestored: {
    interrupted: () => 'nothing went back: it was interrupted',
    migrations: (what) => `nothing went back: the release before does not bear ${what}`,
    'no-record': () => 'nothing went back: there is no record of a release that served',
    'cut-off': (what) => `nothing went back: ${what} hold data and read what would be replaced`,
    nothing: () => 'nothing was to go back: all is as the last good record has it',
    fault: (what) => `not everything went back${what === '' ? '' : `: ${what}`}`,
  },
  recordLost: (why) => `No record could be kept: ${why}`,
  next: (command) => `Next: ${command}`,
  historyColumns: ['record', 'environment', 'took', 'outcome', 'commit', 'changes'],
  noHistory: 'Nothing was recorded yet.',
  unreadable: (key) => `no record that this version can read: ${key}`,
};

const japanese: DeployMessages = {
  told: (said) => inLanguage(said, 'ja'),
  building: (environment) => `${environment} をビルドし、判定しています…`,
  notGood: ({ criteria, statements, findings }) =>
    `失敗があるものはデプロイしません: 受け入れ基準 ${criteria}、記述 ${statements}、検出事項 ${findings}。` +
    '上の項目を直してください。全体は `hashira build` で見られます。',
  awsRefused: (why) => `AWS に問い合わせできません: ${why}`,
  graver: (changes) =>
    `中断の後にアカウントが変わり、続けると承認した以上のことを行います: ${changes.join('、')}。--resume を付けずに hashira deploy を実行し、計画と承認をやり直してください`,
  resumeAlone: '--resume は承認済みの続きを行うため、--plan や --approve とは併用できません',

  columns: ['スタック', 'リージョン', '内容', 'リソース'],
  classes: {
    'replaces-data': 'データを持つものを置換',
    interrupts: '中断あり',
    'widens-access': '権限の拡大',
    safe: '安全',
  },
  does: { nothing: '変更なし', create: '作成', recreate: '削除して作成', update: '更新' },
  follows: (outputs) => `${outputs} に追従`,
  more: (count) => `ほか ${count} 件`,
  unchanged: (count) => `${count} スタックは変わりません。`,
  nothing: '変更はありません。デプロイ済みのものは文書のとおりです。',
  migrations: (names) => `実行するデータベースの移行: ${names}`,
  digest: (digest) => `ダイジェスト: ${digest}`,
  approveWith: (command) => `このとおりに実行するには: ${command}`,

  ask: (digest) => `実行しますか。"yes" または ${digest} の先頭 4 文字を入力: `,
  notApproved: '承認されませんでした。何も変更していません',
  needsApproval: (command) => `確認できる人がいません。この変更だけを承認するには: ${command}`,
  otherDigest: (given, found) =>
    `${given} はこの変更のダイジェストではありません（正しくは ${found}）。作成後に何かが変わっています。何も変更していません。上の計画を読み直してください。`,

  obstacles: {
    moving: ({ stack, region, status }) => `${region} の ${stack} は処理中です (${status})。終わるまで待ってください。`,
    stuck: ({ stack, region, status, reason, remedy }, command) =>
      `${region} の ${stack} は停止しています (${status}${reason === '' ? '' : `: ${reason}`})。` +
      `妨げているものを直してから${remedy === 'delete' ? '（削除を拒まれたものはイベントに示される。対処は docs/runbooks/deploy.ja.md）' : ''}: ${command}`,
    'no-change-set': ({ stack, region, reason }) =>
      `${region} の ${stack} の変更セットを CloudFormation が作れません: ${inLanguage(reason, 'ja')}`,
  },

  planning: (stack) => `計画: ${stack}`,
  publishing: (stack) => `ファイルとイメージを公開: ${stack}`,
  wave: (stacks) => `次: ${stacks}`,
  stack: { starts: '開始', done: '完了', unchanged: '変更なし', failed: '失敗', restored: '復元済み' },
  waiting: (status, busy) => (busy.length === 0 ? status : `待機中: ${busiest(busy, (count) => ` ほか ${count} 件`)}`),
  phases: {
    migrating: 'データベースを移行しています',
    smoke: 'スモークテスト',
    restoring: 'ステートレスなスタックを最後の良好なリリースへ戻しています',
  },
  faults: {
    throttled: (message) => `AWS の呼び出し制限に達しました。間を置いて続けます: ${message}`,
    expired: (message) =>
      `認証情報の期限が切れました。サインインし直してください (aws sso login)。自動で続きます: ${message}`,
    lost: (message) => `AWS に届きません。再試行しています: ${message}`,
    refused: (message) => `AWS に拒否されました: ${message}`,
  },

  failover: ({ serving, phase }) =>
    `復旧台帳によると ${serving} が稼働中で、直近のフェイルオーバーは "${phase}" の段階です。終了してプライマリに戻るまで何もデプロイしません (docs/runbooks/failover.ja.md)`,
  nothingToResume: (environment) => `このマシンには、続けるべき ${environment} の中断したデプロイがありません`,
  otherTemplates:
    '中断したデプロイは別のテンプレートか別のアカウントのものです。その版をチェックアウトするか、`hashira deploy` でやり直してください',
  smokeNeedsToken: (why) => `${why}。スモークテストをしない場合は --no-smoke を明示してください`,
  noRecord: (asked, known) =>
    `${asked === undefined ? '戻る先となる以前の良好なリリースがありません' : `${asked} は良好なリリースの記録ではありません`}。あるもの: ${known === '' ? 'なし' : known}`,
  incompatible: (record, migrations) =>
    `${record} のリリースは今のデータベースでは動きません。前へ進めて直してください。それ以降の移行: ${migrations}`,
  assetsGone: (record, missing) => `${record} のファイルまたはイメージが残っておらず、戻せません: ${missing}`,
  backTo: (record, commit) => `戻る先: ${record}${commit === undefined ? '' : ` (コミット ${commit.slice(0, 12)})`}`,
  left: (stacks) => `データを持つためそのまま残すもの: ${stacks}`,

  outcomes: {
    deployed: 'デプロイしました。',
    'rolled-back': 'ロールバックしました。',
    failed: '失敗しました。失敗の前までにデプロイした分は残っています。',
    restored: '失敗しました。ステートレスなスタックは最後の良好なリリースに戻っています。',
    'restore-failed': '失敗しました。すべてを戻すことはできませんでした。',
    interrupted: '中断しました。AWS が始めた処理はそのまま続きます。',
  },
  shortOutcomes: {
    deployed: 'デプロイ',
    'rolled-back': 'ロールバック',
    failed: '失敗',
    restored: '失敗、復元済み',
    'restore-failed': '失敗、復元できず',
    interrupted: '中断',
  },
  results: {
    done: '完了',
    unchanged: '変更なし',
    failed: '失敗',
    'beyond-approval': '承認を超える変更のため未実行',
    unreadable: '読み取る出力がないため未実行',
    moving: '処理中',
    'not-begun': '未着手',
    restored: '復元済み',
    fault: '失敗',
  },
  standingColumns: ['スタック', 'リージョン', '結果', ''],
  migration: (passed, message) => `データベースの移行: ${passed ? '完了' : '失敗'}: ${message}`,
  recordKept: (id) => `記録: ${id}`,
  notRestored: {
    interrupted: () => '戻していません: 中断されました',
    migrations: (what) => `戻していません: 前のリリースは ${what} の後のスキーマでは動きません`,
    'no-record': () => '戻していません: 応答していたリリースの記録がありません',
    'cut-off': (what) => `戻していません: ${what} はデータを持ち、置き換わるものを読んでいます`,
    nothing: () => '戻すものはありません: 最後の良い記録のとおりです',
    fault: (what) => `戻しきれていません${what === '' ? '' : `: ${what}`}`,
  },
  recordLost: (why) => `記録を残せませんでした: ${why}`,
  next: (command) => `次: ${command}`,
  historyColumns: ['記録', '環境', '所要', '結果', 'コミット', '変更'],
  noHistory: '記録はまだありません。',
  unreadable: (key) => `この版では読めない記録です: ${key}`,
};

export const deployCatalogues: Readonly<Record<Language, DeployMessages>> = { en: english, ja: japanese };
