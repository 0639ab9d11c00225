// What the commands of day 2 say to a person, in both languages.
import type { Language } from '../../../design/problem.ts';
import type { DayTwoFacts, DayTwoKind } from '../../../operations/day-two/problem.ts';
import type { RotationStep } from '../../../operations/day-two/rotation.ts';

type Sentences = { readonly [K in DayTwoKind]: (facts: DayTwoFacts[K]) => string };
type Steps = { readonly [S in RotationStep]: (about: string) => string };

const english = {
  unknownAction: (asked: string, actions: readonly string[]) =>
    `unknown action: ${asked}; expected ${actions.join(' or ')}`,
  unknownEnvironment: (asked: string, known: readonly string[]) =>
    `unknown environment: ${asked}; the build has ${known.join(', ')}`,
  badNumber: (option: string, asked: string, least: number, most: number) =>
    `${option} ${asked}: expected a whole number from ${least} to ${most}`,
  noBuild: (directory: string) => `${directory}: nothing is built there; run hashira build, or say --out`,
  templateAlone: '--template goes back to both bounds: it takes neither --min nor --max',
  noTerminal: (queue: string) =>
    `nobody can be asked whether all failed messages of ${queue} may go: say --yes if they may`,
  purgeQuestion: (queue: string, waiting: number) =>
    `Some ${waiting} messages of ${queue} will be gone for good. Type ${queue} to go on: `,
  notPurged: 'nothing was thrown away',
  purged: (queue: string) => `the failed messages of ${queue} are being thrown away; SQS takes up to a minute`,
  waiting: (queue: string, waiting: number) => `${queue}: some ${waiting} messages have failed`,
  more: (shown: number) => `${shown} are shown; --limit shows more`,
  id: 'message',
  sent: 'sent',
  received: 'received',
  body: 'body',
  moved: (queue: string, moved: number) => `${moved} messages went back from ${queue}`,
  moving: (queue: string, moved: number) =>
    `${moved} messages went back from ${queue} so far; AWS goes on: ask again with hashira queue failed`,
  bounds: (service: string) => `tasks of ${service}`,
  minimum: 'fewest',
  maximum: 'most',
  inTemplate: 'template',
  before: 'before',
  now: 'now',
  unlikeTemplate:
    'Unlike the template: hashira scale --template goes back; so does the next morning, where there are working hours.',
  made: (operation: string, about: string) => `${operation} (${about})`,
  skipped: (operation: string, about: string, status: string) =>
    `${operation} (${about}): not called, it is ${status} already or busy`,
  silent: 'Alarms stay silent until the next morning’s schedule lets them speak.',
  steps: {
    asked: (about) => `${about}: a new version was asked for`,
    made: (about) => `${about}: a new value was made`,
    found: (about) => `${about}: a new value is there already, from a rotation that was interrupted`,
    offered: (about) => `${about}: knows the old and the new value`,
    current: (about) => `${about}: the new version is current`,
    replicated: (about) => `${about}: the edge's region has it`,
    restarted: (about) => `${about}: all tasks are new`,
    updated: (about) => `${about}: reads the value anew`,
    closed: (about) => `${about}: knows the new value only`,
  } satisfies Steps,
  awsRefused: (reason: string) => `AWS refused, or could not be asked: ${reason}`,
  problems: {
    noEnvironment: ({ environment }) => `the build has no ${environment} that runs tasks; run hashira build`,
    noSuchRegion: ({ region, regions }) => `nothing of it is in ${region}; it is in ${regions.join(', ')}`,
    nothingDeployed: ({ environment }) =>
      `none of the stacks of ${environment} is in this account: is it the right profile? hashira preflight tells`,
    notDeployed: ({ key }) => `${key} is in the templates but not in the account; run hashira deploy`,
    noSuchQueue: ({ asked, queues }) => `no queue ${asked}; there are: ${queues.join(', ') || 'none'}`,
    nothingToRetryInto: ({ queue }) =>
      `${queue} holds what topics and functions could not deliver; SQS sends nothing back there: look at it with failed, repair, purge`,
    alreadyMoving: ({ queue }) => `messages of ${queue} are on their way back already; ask again when they are there`,
    justPurged: ({ queue }) => `${queue} was purged within the last minute; wait for a minute`,
    noSuchSecret: ({ asked, secrets }) => `no secret ${asked} to rotate; there are: ${secrets.join(', ') || 'none'}`,
    notRotating: ({ secret }) => `${secret} has no rotation in the account; run hashira deploy, or hashira drift`,
    rotationBehind: ({ secret }) =>
      `the load balancer does not know ${secret} as it is; somebody changed it by hand: update the compute stack first`,
    stackBusy: ({ stack, status }) => `${stack} is ${status || 'not there'}; wait until it is done`,
    noScaling: ({ environment }) => `${environment} has no service that scales`,
    badScale: ({ minimum, maximum }) => `the fewest (${minimum}) would be more than the most (${maximum})`,
    noWorkingHours: ({ environment }) => `${environment} has no working hours: nothing stops it at night`,
    tooSlow: ({ what, minutes }) =>
      `${what} was not done within ${minutes} minutes; it may still come: call the same command again, it goes on where it was`,
    failed: ({ what, reason }) => `${what} failed: ${reason}`,
  } satisfies Sentences,
};

type Catalogue = typeof english;

const japanese: Catalogue = {
  unknownAction: (asked, actions) => `不明な操作です: ${asked}。${actions.join('、')} のいずれかを指定してください`,
  unknownEnvironment: (asked, known) => `不明な環境です: ${asked}。ビルド結果にあるのは ${known.join('、')} です`,
  badNumber: (option, asked, least, most) => `${option} ${asked}: ${least} から ${most} までの整数を指定してください`,
  noBuild: (directory) => `${directory}: ビルド結果がありません。hashira build を実行するか --out で指定してください`,
  templateAlone: '--template は両方の値を戻します。--min や --max とは併用できません',
  noTerminal: (queue) => `${queue} の失敗メッセージを捨ててよいか確認できません。よければ --yes を付けてください`,
  purgeQuestion: (queue, waiting) =>
    `${queue} の約 ${waiting} 件が完全に消えます。続けるには ${queue} と入力してください: `,
  notPurged: '何も捨てていません',
  purged: (queue) => `${queue} の失敗メッセージを捨てています。SQS の処理には最大 1 分かかります`,
  waiting: (queue, waiting) => `${queue}: 約 ${waiting} 件が失敗しています`,
  more: (shown) => `${shown} 件を表示しました。さらに見るには --limit を指定してください`,
  id: 'メッセージ',
  sent: '送信時刻',
  received: '受信回数',
  body: '本文',
  moved: (queue, moved) => `${queue} から ${moved} 件を戻しました`,
  moving: (queue, moved) =>
    `${queue} からこれまでに ${moved} 件を戻しました。AWS 側で続いています。hashira queue failed で確認してください`,
  bounds: (service) => `${service} のタスク数`,
  minimum: '最小',
  maximum: '最大',
  inTemplate: 'テンプレート',
  before: '変更前',
  now: '現在',
  unlikeTemplate:
    'テンプレートと異なります。hashira scale --template で戻せます。稼働時間のある環境では翌朝にも戻ります。',
  made: (operation, about) => `${operation}（${about}）`,
  skipped: (operation, about, status) => `${operation}（${about}）: すでに ${status} か処理中のため呼び出していません`,
  silent: 'アラームの通知は翌朝のスケジュールまで止まったままです。',
  steps: {
    asked: (about) => `${about}: 新しいバージョンを要求しました`,
    made: (about) => `${about}: 新しい値を作りました`,
    found: (about) => `${about}: 中断された切り替えの新しい値がすでにあります`,
    offered: (about) => `${about}: 新旧両方の値を受け付けます`,
    current: (about) => `${about}: 新しいバージョンが現行になりました`,
    replicated: (about) => `${about}: エッジのリージョンに届きました`,
    restarted: (about) => `${about}: すべてのタスクが入れ替わりました`,
    updated: (about) => `${about}: 値を読み直しました`,
    closed: (about) => `${about}: 新しい値だけを受け付けます`,
  },
  awsRefused: (reason) => `AWS が拒否したか、AWS に問い合わせできませんでした: ${reason}`,
  problems: {
    noEnvironment: ({ environment }) =>
      `ビルド結果に、タスクを動かす ${environment} がありません。hashira build を実行してください`,
    noSuchRegion: ({ region, regions }) => `${region} には何もありません。あるのは ${regions.join('、')} です`,
    nothingDeployed: ({ environment }) =>
      `このアカウントに ${environment} のスタックがありません。プロファイルは正しいですか。hashira preflight で確認できます`,
    notDeployed: ({ key }) =>
      `${key} はテンプレートにありますがアカウントにありません。hashira deploy を実行してください`,
    noSuchQueue: ({ asked, queues }) => `キュー ${asked} はありません。あるのは ${queues.join('、') || 'なし'} です`,
    nothingToRetryInto: ({ queue }) =>
      `${queue} はトピックや関数が届けられなかったものを保持します。SQS では戻せません。failed で内容を確認し、修復してから purge してください`,
    alreadyMoving: ({ queue }) =>
      `${queue} のメッセージはすでに戻している途中です。終わってからもう一度実行してください`,
    justPurged: ({ queue }) => `${queue} は 1 分以内に捨てられたばかりです。1 分待ってください`,
    noSuchSecret: ({ asked, secrets }) =>
      `取り替えられるシークレット ${asked} はありません。あるのは ${secrets.join('、') || 'なし'} です`,
    notRotating: ({ secret }) =>
      `${secret} はアカウントでローテーションが設定されていません。hashira deploy か hashira drift を実行してください`,
    rotationBehind: ({ secret }) =>
      `ロードバランサーが ${secret} の現在の値を知りません。手作業で変更されています。先に Compute スタックを更新してください`,
    stackBusy: ({ stack, status }) => `${stack} は ${status || '存在しません'}。終わるまで待ってください`,
    noScaling: ({ environment }) => `${environment} にはスケールするサービスがありません`,
    badScale: ({ minimum, maximum }) => `最小（${minimum}）が最大（${maximum}）を超えます`,
    noWorkingHours: ({ environment }) => `${environment} には稼働時間がありません。夜間も止まりません`,
    tooSlow: ({ what, minutes }) =>
      `${what} は ${minutes} 分以内に終わりませんでした。まだ終わる可能性があります。同じコマンドをもう一度実行すると続きから進みます`,
    failed: ({ what, reason }) => `${what} が失敗しました: ${reason}`,
  },
};

export const dayTwoCatalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
export type DayTwoMessages = Catalogue;
