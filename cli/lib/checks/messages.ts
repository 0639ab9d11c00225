// What `preflight`, `smoke` and `drift` say to a person, in both languages. A finding's sentence says what is so and, where it is not as
// it must be, what to do.
import { inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { PreflightCheck, PreflightFindings } from '../../../operations/preflight/result.ts';
import type { SmokeCheck, SmokeFindings } from '../../../operations/smoke/result.ts';

type Sentences<Findings> = { readonly [Is in keyof Findings]: (facts: Findings[Is]) => string };

export interface CheckMessages {
  /** What AWS says as it is; what is ours to say in this language. */
  readonly told: (said: Words | string) => string;
  readonly badAccount: (found: string) => string;
  readonly badEndpoint: (found: string) => string;
  readonly badTimeout: (found: string, most: number) => string;
  readonly endpointIsDeployed: string;
  readonly noToken: string;
  readonly tokenFailed: (why: string) => string;
  readonly printedNothing: string;
  readonly notDeployed: (environment: string, missing: string) => string;
  readonly awsRefused: (why: string) => string;
  readonly building: (environment: string) => string;
  readonly otherEnvironment: (running: string, asked: string) => string;
  readonly verdicts: Readonly<Record<'ok' | 'warn' | 'fail' | 'unknown' | 'not-here', string>>;
  readonly checks: Readonly<Record<PreflightCheck | SmokeCheck, string>>;
  readonly preflight: Sentences<PreflightFindings>;
  readonly smoke: Sentences<SmokeFindings>;
  readonly total: (counts: readonly (readonly [verdict: string, count: number])[]) => string;
  readonly stack: string;
  readonly region: string;
  readonly fromDesign: string;
  readonly fromTemplate: string;
  readonly unchecked: string;
  readonly template: Readonly<Record<'same' | 'differs' | 'absent' | 'unknown', string>>;
  readonly account: Readonly<Record<'in-sync' | 'drifted' | 'unknown' | 'not-looked', string>>;
  readonly difference: (
    kind: 'design' | 'account',
    subject: string,
    path: string,
    expected: string,
    found: string,
  ) => string;
  readonly nothing: string;
  readonly putBack: (command: string) => string;
  readonly driftRemedy: Readonly<Record<'design' | 'account', string>>;
}

const one = (number: number): string => String(Math.round(number * 10) / 10);

const english: CheckMessages = {
  told: (said) => inLanguage(said, 'en'),
  badAccount: (found) => `--account ${found}: expected the twelve digits of an account number`,
  badEndpoint: (found) => `--endpoint ${found}: expected an address such as https://shop.example.com`,
  badTimeout: (found, most) => `--timeout ${found}: expected a number above 0, at most ${most}`,
  endpointIsDeployed: '--endpoint is of a deployed platform and --local of the one here: give one of the two',
  noToken:
    'the API asks for a token of its issuer: give --token-command, or put a token in the environment variable HASHIRA_TOKEN',
  printedNothing: 'it printed nothing',
  tokenFailed: (why) => `the token command failed: ${why}`,
  notDeployed: (environment, missing) =>
    `${environment} is not deployed in this account: ${missing} is not there; sign in to its account, or deploy first`,
  awsRefused: (why) => `AWS did not let it look: ${why}`,
  building: (environment) => `building the templates of ${environment} …`,
  otherEnvironment: (running, asked) => `the platform that is running is ${running}, not ${asked}`,
  verdicts: { ok: 'ok', warn: 'warning', fail: 'FAIL', unknown: 'unknown', 'not-here': 'not here' },
  checks: {
    identity: 'account',
    bootstrap: 'bootstrap',
    roles: 'linked roles',
    stacks: 'stacks',
    quotas: 'quotas',
    domain: 'domain',
    image: 'image',
    backup: 'backup',
    'opt-in': 'AWS Backup',
    budget: 'budget',
    edge: 'edge',
    tls: 'TLS',
    balancer: 'load balancer',
    order: 'order',
    database: 'database',
    cache: 'cache',
    queue: 'queue',
    receipt: 'receipt',
    logs: 'logs',
    alarms: 'alarms',
    protection: 'protection',
    traces: 'traces',
  },
  preflight: {
    signedIn: ({ account, arn }) => `account ${account}, as ${arn}`,
    rootUser: ({ account }) => `signed in as the root user of ${account}: use a role made for deploys instead`,
    otherAccount: ({ account, expected }) =>
      `signed in to ${account}, expected ${expected}: choose the profile of that account (AWS_PROFILE)`,
    sharedAccount: ({ account, environment, stack }) =>
      `account ${account} has the ${environment} environment in it (${stack}), and the document gives each its own: sign in to the other account, or write "accounts: one"`,
    notSignedIn: ({ why }) => `nobody is signed in (${why}): aws sso login, or set AWS_PROFILE`,
    bootstrapped: ({ region, version, needed }) => `${region}: version ${version}, ${needed} is needed`,
    notBootstrapped: ({ region, account }) =>
      `${region} is not bootstrapped: npx cdk bootstrap aws://${account}/${region}`,
    oldBootstrap: ({ region, account, version, needed }) =>
      `${region}: version ${version}, ${needed} is needed: npx cdk bootstrap aws://${account}/${region}`,
    noRoleNeeded: () => 'none has to be there first',
    roleThere: ({ role }) => `${role} is there`,
    roleMade: ({ role }) => `${role} was missing and has been made`,
    roleMissing: ({ role, service }) =>
      `${role} is missing, and the first cluster of an account often fails while ECS makes it: aws iam create-service-linked-role --aws-service-name ${service}, or hashira preflight with --make-service-linked-roles; then wait a minute`,
    stacksWell: ({ there, absent }) => `${there} there and ready for a change, ${absent} to be made`,
    stackTakenBack: ({ stack, region, status }) =>
      `${stack} (${region}) is ${status}: its last change was taken back; read its events before the next`,
    stackBusy: ({ stack, region, status }) => `${stack} (${region}) is ${status}: wait for its end`,
    stackToDelete: ({ stack, region, status }) =>
      `${stack} (${region}) is ${status}: it takes no change; look at what it holds, then delete it: aws cloudformation delete-stack --stack-name ${stack} --region ${region}; where that is refused, see docs/runbooks/deploy.md`,
    stackStuck: ({ stack, region, status, reason }) =>
      `${stack} (${region}) is ${status}${reason === '' ? '' : ` (${reason})`}: mend the cause, then npx cdk rollback ${stack}`,
    room: ({ quota, region, need, free, limit }) =>
      `${region} ${quota}: ${one(need)} needed, ${one(free)} of ${one(limit)} free`,
    tightRoom: ({ quota, region, most, free, limit }) =>
      `${region} ${quota}: enough to begin, but ${one(most)} are needed at the most and ${one(free)} of ${one(limit)} are free: ask Service Quotas for more`,
    noRoom: ({ quota, region, need, free, limit }) =>
      `${region} ${quota}: ${one(need)} needed, ${one(free)} of ${one(limit)} free: ask Service Quotas for more, or free some`,
    noDomain: () => "none: the platform answers at CloudFront's own name",
    zoneFound: ({ domain, zone, id }) => `${domain} is in ${zone} (${id}), and the world asks it`,
    noZone: ({ domain }) =>
      `no hosted zone for ${domain} in this account: enter the records where the zone is kept, or write hosted_zone_id`,
    noNamedZone: ({ domain, id }) =>
      `the hosted zone ${id} is not in this account, or ${domain} is not in it: correct hosted_zone_id`,
    notDelegated: ({ zone, expected, found }) =>
      `the world asks ${found === '' ? 'nobody' : found} about ${zone}: enter ${expected} at the registrar`,
    recordsByHand: ({ names }) =>
      `the certificates of ${names} wait until somebody has entered the records that ACM shows (or write hosted_zone_id)`,
    noImage: () => 'the templates have none',
    imagePublished: ({ image, region }) => `${image} is in ${region} already`,
    imageBuildable: ({ image, builder, version }) => `${image} can be built with ${builder} ${version}`,
    imageOtherPlatform: ({ image, builder, platform, host }) =>
      `${image} is for ${platform} and this machine is ${host}: ${builder} needs emulation (docker run --privileged tonistiigi/binfmt --install all), or build in a pipeline of that kind`,
    noBuilder: ({ image, builder, why }) =>
      `${image} is not published and ${builder} does not answer (${why}): start it, or name another in CDK_DOCKER (podman, finch)`,
    noRecipe: ({ image, directory }) => `${image}: no Dockerfile in ${directory}: run npm run prepare and build again`,
    noDatabase: () => 'the templates have no cluster',
    databaseToCome: ({ stack, region, version }) =>
      `${stack} (${region}): the cluster is to be made${version === null ? '' : `, engine ${version}`}`,
    databaseRests: ({ cluster, region, status }) => `${cluster} (${region}) is ${status}, and nothing of it changes`,
    databaseStopped: ({ cluster, region, status, environment }) =>
      `${cluster} (${region}) is ${status} and would be changed, which RDS refuses: ${environment === null ? '' : `hashira working-hours start ${environment}, or `}aws rds start-db-cluster --db-cluster-identifier ${cluster} --region ${region}, and wait: aws rds wait db-cluster-available --db-cluster-identifier ${cluster} --region ${region}`,
    engineSame: ({ cluster, region, version }) => `${cluster} (${region}): engine ${version}, as the template says`,
    engineUpgrade: ({ cluster, region, from, to }) =>
      `${cluster} (${region}): this brings the engine from ${from} to ${to}, with an interruption: docs/runbooks/engine-upgrade.md says what to do before`,
    engineOther: ({ cluster, region, from, to }) =>
      `${cluster} (${region}): engine ${from} runs and the template says ${to} as it did before, so nothing is done about it: write ${from} into the template (docs/runbooks/engine-upgrade.md)`,
    engineDowngrade: ({ cluster, region, from, to }) =>
      `${cluster} (${region}): engine ${from} runs, and RDS does not go back to ${to}: write ${from} or a newer one into the template (docs/runbooks/engine-upgrade.md)`,
    engineMajorOfGlobal: ({ cluster, region, from, to, global }) =>
      `${cluster} (${region}): from engine ${from} to ${to} a global database goes in all regions at once, and no stack does that: aws rds modify-global-cluster --global-cluster-identifier ${global} --engine-version ${to} --allow-major-version-upgrade --region ${region}, then deploy (docs/runbooks/engine-upgrade.md)`,
    engineFollowersFirst: ({ cluster, region, from, to, global, followers, stacks }) =>
      `${cluster} (${region}): from engine ${from} to ${to} the regions that follow go first, and they are not there yet: ${followers}. All in one (Aurora PostgreSQL): aws rds modify-global-cluster --global-cluster-identifier ${global} --engine-version ${to} --region ${region}; or npx cdk deploy ${stacks} --exclusively; then deploy (docs/runbooks/engine-upgrade.md)`,
    engineOfNewcomer: ({ stack, region, from, to }) =>
      `${stack} (${region}): the new cluster would follow one of engine ${from} with ${to}, which RDS refuses: write ${from} into the template (docs/runbooks/engine-upgrade.md)`,
    noBackupPlan: () => 'the templates have it back up nothing that must be opted in to',
    optedIn: ({ region, types }) => `${region}: may back up ${types}`,
    optedOut: ({ region, type }) =>
      `${region}: the account has not opted in to ${type}, so that nothing of it is backed up: aws backup update-region-settings --resource-type-opt-in-preference ${type}=true --region ${region}`,
    optedOutOfCopies: ({ region, type }) =>
      `${region}: copies arrive, but the account has not opted in to ${type}, and no backup is taken there should it take over: aws backup update-region-settings --resource-type-opt-in-preference ${type}=true --region ${region}`,
    noData: () => 'nothing there yet that holds data',
    backupFresh: ({ what, hours }) => `${what}: ${hours} h old`,
    backupOld: ({ what, hours, limit }) =>
      `${what}: ${hours} h old, at most ${limit} h allowed: take a snapshot before the deploy`,
    backupOfStopped: ({ what, hours }) => `${what}: ${hours} h old, and stopped: nothing has changed since it stopped`,
    backupMissing: ({ what }) => `${what} has no backup at all: take a snapshot before the deploy`,
    noBudget: () => 'the templates have none: nobody is told when money runs out',
    budgetToCome: ({ limit }) => `${limit} a month, made by this deploy`,
    budgetRoom: ({ limit, spent, forecast }) =>
      `$${one(spent)} of $${one(limit)} spent this month${forecast === null ? '' : `, $${one(forecast)} forecast`}`,
    budgetForecastOver: ({ limit, spent, forecast }) =>
      `$${one(spent)} of $${one(limit)} spent this month, and $${one(forecast)} forecast: see hashira cost`,
    budgetSpent: ({ limit, spent }) => `$${one(spent)} of $${one(limit)} spent this month: raise the budget, or wait`,
    unread: ({ why }) => `could not be found out: ${inLanguage(why, 'en')}`,
    notLooked: () => 'not looked at: sign in to the right account first',
  },
  smoke: {
    throughEdge: ({ url }) => `${url} answers through CloudFront, and the load balancer turns strangers away`,
    notThroughEdge: ({ url }) => `${url} does not answer through CloudFront: look at the DNS record`,
    walkedRound: ({ origin, status }) =>
      `${origin} answers ${status} without CloudFront's header: everybody can walk round the firewall; look at the listener's rules`,
    tlsOffered: ({ host, refused, accepted }) => `${host} refuses ${refused}, accepts ${accepted}`,
    tlsTooOld: ({ host, version }) => `${host} accepts ${version}: set a newer security policy`,
    tlsMissing: ({ host, version, why }) => `${host} does not accept ${version} (${inLanguage(why, 'en')})`,
    tlsUntold: ({ host, version, why }) =>
      `whether ${host} refuses ${version} could not be found out: ${inLanguage(why, 'en')}`,
    notEncrypted: ({ url }) => `${url} is not encrypted`,
    tasksInTraffic: ({ tasks, minimum }) => `${tasks} tasks take traffic, ${minimum} at least; ready`,
    tooFewTasks: ({ tasks, minimum }) =>
      `${tasks} tasks take traffic, ${minimum} at least: look at the service's events`,
    notReady: ({ status, body }) => `/health/ready answers ${status}: ${body}`,
    orderAccepted: ({ id }) => `${id} accepted`,
    orderRefused: ({ status, body }) => `POST /orders answers ${status}: ${body}`,
    orderListed: ({ members }) =>
      members === 0 ? 'the order is in it' : `the order is in it, and ${members} members are available`,
    orderNotListed: ({ status }) => `the accepted order is not in the customer's list (${status})`,
    notWell: ({ members }) => `not available: ${members}`,
    cacheHit: () => 'read a second time, the order comes from it',
    cacheNotUsed: ({ said }) => `the order is never read from it (${said}): look at the security groups and the token`,
    orderFulfilled: ({ seconds }) => `fulfilled after ${seconds} s, nothing new among the dead letters`,
    orderNotFulfilled: ({ said, seconds }) => `not fulfilled after ${seconds} s: ${said}`,
    lettersDied: ({ queue, before, after }) =>
      `dead letters of ${queue}: ${before} before, ${after} after: hashira queue failed ${queue}`,
    receiptThere: () => 'can be fetched',
    receiptMissing: ({ status, seconds }) => `none after ${seconds} s (${status}): look at the receipt function's log`,
    logsThere: ({ groups, written }) => `${groups} groups with their retention; the order left lines in ${written}`,
    logGroupsMissing: ({ names }) => `missing: ${names}`,
    otherRetention: ({ names }) => `another retention than the template's, in days: ${names}`,
    noLines: ({ names, seconds }) => `no line of the order after ${seconds} s in ${names}`,
    alarmsWell: ({ alarms }) => `${alarms} there, all OK`,
    alarmsMissing: ({ names }) => `missing: ${names}`,
    alarmsRinging: ({ names }) => `ringing: ${names}`,
    alarmsWithoutData: ({ names, alarms }) =>
      `${alarms} have no data yet; look again in a quarter of an hour: ${names}`,
    protectionOn: ({ things }) => `${things} things are protected against deletion`,
    protectionToCome: ({ names, next }) =>
      `not protected against deletion yet: ${names}; a schedule does it by ${next}, look again then`,
    protectionOff: ({ name, region, next, command, schedule }) =>
      `${name} (${region}) is not protected against deletion, ${next === null ? 'and its schedule is not there' : `and its schedule should have done it; it calls next at ${next}`}: ${command}; ${next === null ? 'then deploy again' : `whether the schedule is on: ${schedule}`}`,
    protectedMissing: ({ names }) => `missing: ${names}`,
    traceArrived: ({ id, segments }) => `${id}: ${segments}`,
    traceNotArrived: ({ id, seconds }) => `${id} has not arrived after ${seconds} s: look at the collector's log`,
    notHere: () => 'no such thing on this platform',
    notReached: () => 'not reached: an earlier step failed',
    unread: ({ why }) => `could not be found out: ${inLanguage(why, 'en')}`,
  },
  total: (counts) => counts.map(([verdict, count]) => `${count} ${verdict}`).join(' · '),
  stack: 'stack',
  region: 'region',
  fromDesign: 'document → template',
  fromTemplate: 'template → account',
  unchecked: 'not checkable',
  template: { same: 'same', differs: 'DIFFERS', absent: 'not deployed', unknown: 'unknown' },
  account: { 'in-sync': 'in sync', drifted: 'DRIFTED', unknown: 'unknown', 'not-looked': '–' },
  difference: (kind, subject, path, expected, found) =>
    `${subject}${path}: ${kind === 'design' ? 'the document gives' : 'the template has'} ${expected}, ${kind === 'design' ? 'deployed is' : 'the account has'} ${found}`,
  nothing: 'nothing',
  putBack: (command) => `put it back: ${command}`,
  driftRemedy: {
    design: 'The document and what is deployed differ: deploy, or take the change of the document back.',
    account: 'Somebody changed the account by hand: write it into the document and deploy, or put it back.',
  },
};

const japanese: CheckMessages = {
  told: (said) => inLanguage(said, 'ja'),
  badAccount: (found) => `--account ${found}: 12桁のアカウント番号を指定してください`,
  badEndpoint: (found) => `--endpoint ${found}: https://shop.example.com のようなURLを指定してください`,
  badTimeout: (found, most) => `--timeout ${found}: 0 より大きく ${most} 以下の数を指定してください`,
  endpointIsDeployed: '--endpoint はデプロイ済みの基盤、--local はこのマシンの基盤です。どちらか一つを指定してください',
  noToken: 'APIは発行者のトークンを求めます。--token-command か環境変数 HASHIRA_TOKEN で渡してください',
  printedNothing: '何も出力されませんでした',
  tokenFailed: (why) => `トークンのコマンドが失敗しました: ${why}`,
  notDeployed: (environment, missing) =>
    `このアカウントに ${environment} はデプロイされていません（${missing} がない）。該当アカウントにサインインするか、先にデプロイしてください`,
  awsRefused: (why) => `AWSに問い合わせできません: ${why}`,
  building: (environment) => `${environment} のテンプレートを組み立てています…`,
  otherEnvironment: (running, asked) => `稼働中の基盤は ${running} で、${asked} ではありません`,
  verdicts: { ok: '良好', warn: '警告', fail: '不可', unknown: '不明', 'not-here': '対象なし' },
  checks: {
    identity: 'アカウント',
    bootstrap: 'bootstrap',
    roles: 'リンクロール',
    stacks: 'スタック',
    quotas: 'クォータ',
    domain: 'ドメイン',
    image: 'イメージ',
    backup: 'バックアップ',
    'opt-in': 'AWS Backup',
    budget: '予算',
    edge: 'エッジ',
    tls: 'TLS',
    balancer: 'ロードバランサー',
    order: '注文',
    database: 'データベース',
    cache: 'キャッシュ',
    queue: 'キュー',
    receipt: '領収書',
    logs: 'ログ',
    alarms: 'アラーム',
    protection: '削除保護',
    traces: 'トレース',
  },
  preflight: {
    signedIn: ({ account, arn }) => `アカウント ${account}、${arn}`,
    rootUser: ({ account }) => `${account} のルートユーザーでサインイン中。デプロイ用のロールを使ってください`,
    otherAccount: ({ account, expected }) =>
      `サインイン先は ${account}、対象は ${expected}。AWS_PROFILE で対象アカウントを選んでください`,
    sharedAccount: ({ account, environment, stack }) =>
      `アカウント ${account} に ${environment} 環境（${stack}）があります。設計書では環境ごとに別です。別のアカウントにサインインするか「accounts: one」と書いてください`,
    notSignedIn: ({ why }) =>
      `サインインしていません（${why}）。aws sso login を実行するか AWS_PROFILE を設定してください`,
    bootstrapped: ({ region, version, needed }) => `${region}: 版 ${version}（必要 ${needed}）`,
    notBootstrapped: ({ region, account }) => `${region} が未実施: npx cdk bootstrap aws://${account}/${region}`,
    oldBootstrap: ({ region, account, version, needed }) =>
      `${region}: 版 ${version} は古く ${needed} が必要: npx cdk bootstrap aws://${account}/${region}`,
    noRoleNeeded: () => '先に必要なものはありません',
    roleThere: ({ role }) => `${role} があります`,
    roleMade: ({ role }) => `${role} がなかったため作りました`,
    roleMissing: ({ role, service }) =>
      `${role} がありません。ECS が作る間に、アカウントの最初のクラスターはしばしば失敗します: aws iam create-service-linked-role --aws-service-name ${service}、または hashira preflight に --make-service-linked-roles を付けて実行し、1 分待ってください`,
    stacksWell: ({ there, absent }) => `変更を受けられる既存 ${there}、新規 ${absent}`,
    stackTakenBack: ({ stack, region, status }) =>
      `${stack}（${region}）は ${status}。前回の変更は取り消されています。次の変更の前にイベントを読んでください`,
    stackBusy: ({ stack, region, status }) => `${stack}（${region}）は ${status}。終わるまで待ってください`,
    stackToDelete: ({ stack, region, status }) =>
      `${stack}（${region}）は ${status} で変更を受けられません。中身を確かめてから削除してください: aws cloudformation delete-stack --stack-name ${stack} --region ${region}。拒まれた場合は docs/runbooks/deploy.ja.md`,
    stackStuck: ({ stack, region, status, reason }) =>
      `${stack}（${region}）は ${status}${reason === '' ? '' : `（${reason}）`}。原因を直してから npx cdk rollback ${stack} を実行してください`,
    room: ({ quota, region, need, free, limit }) =>
      `${region} ${quota}: 必要 ${one(need)}、空き ${one(free)} / ${one(limit)}`,
    tightRoom: ({ quota, region, most, free, limit }) =>
      `${region} ${quota}: 開始には足りますが最大 ${one(most)} に対し空き ${one(free)} / ${one(limit)}。Service Quotas で引き上げを申請してください`,
    noRoom: ({ quota, region, need, free, limit }) =>
      `${region} ${quota}: 必要 ${one(need)} に対し空き ${one(free)} / ${one(limit)}。Service Quotas で引き上げるか、空きを作ってください`,
    noDomain: () => 'なし。CloudFront自身の名前で応答します',
    zoneFound: ({ domain, zone, id }) => `${domain} は ${zone}（${id}）にあり、委任されています`,
    noZone: ({ domain }) =>
      `このアカウントに ${domain} のホストゾーンがありません。ゾーンの管理元にレコードを登録するか hosted_zone_id を書いてください`,
    noNamedZone: ({ domain, id }) =>
      `ホストゾーン ${id} がこのアカウントにないか、${domain} を含みません。hosted_zone_id を直してください`,
    notDelegated: ({ zone, expected, found }) =>
      `${zone} の問い合わせ先は ${found === '' ? 'ありません' : found}。レジストラに ${expected} を登録してください`,
    recordsByHand: ({ names }) =>
      `${names} の証明書は、ACMが示すレコードを誰かが登録するまで待ちます（または hosted_zone_id を書く）`,
    noImage: () => 'テンプレートにありません',
    imagePublished: ({ image, region }) => `${image} は ${region} に公開済み`,
    imageBuildable: ({ image, builder, version }) => `${image} を ${builder} ${version} で組み立てられます`,
    imageOtherPlatform: ({ image, builder, platform, host }) =>
      `${image} は ${platform} 向け、このマシンは ${host}。${builder} にエミュレーションを用意するか（docker run --privileged tonistiigi/binfmt --install all）、同じ種類のパイプラインで組み立ててください`,
    noBuilder: ({ image, builder, why }) =>
      `${image} は未公開で ${builder} が応答しません（${why}）。起動するか CDK_DOCKER で別のもの（podman, finch）を指定してください`,
    noRecipe: ({ image, directory }) =>
      `${image}: ${directory} に Dockerfile がありません。npm run prepare の後に組み立て直してください`,
    noDatabase: () => 'テンプレートにクラスターはありません',
    databaseToCome: ({ stack, region, version }) =>
      `${stack}（${region}）: クラスターを新規に作ります${version === null ? '' : `。エンジン ${version}`}`,
    databaseRests: ({ cluster, region, status }) => `${cluster}（${region}）は ${status} ですが、変更はありません`,
    databaseStopped: ({ cluster, region, status, environment }) =>
      `${cluster}（${region}）は ${status} で、変更しようとしても RDS が拒みます: ${environment === null ? '' : `hashira working-hours start ${environment} または `}aws rds start-db-cluster --db-cluster-identifier ${cluster} --region ${region} を実行し、起動を待ってください: aws rds wait db-cluster-available --db-cluster-identifier ${cluster} --region ${region}`,
    engineSame: ({ cluster, region, version }) => `${cluster}（${region}）: エンジン ${version}。テンプレートと一致`,
    engineUpgrade: ({ cluster, region, from, to }) =>
      `${cluster}（${region}）: エンジンを ${from} から ${to} に上げます。中断があります。事前の準備は docs/runbooks/engine-upgrade.ja.md`,
    engineOther: ({ cluster, region, from, to }) =>
      `${cluster}（${region}）: 稼働中のエンジンは ${from}、テンプレートは前回と同じ ${to} のため、何も行われません。テンプレートに ${from} と書いてください（docs/runbooks/engine-upgrade.ja.md）`,
    engineDowngrade: ({ cluster, region, from, to }) =>
      `${cluster}（${region}）: 稼働中のエンジンは ${from} で、RDS は ${to} に下げられません。テンプレートに ${from} 以上を書いてください（docs/runbooks/engine-upgrade.ja.md）`,
    engineMajorOfGlobal: ({ cluster, region, from, to, global }) =>
      `${cluster}（${region}）: エンジン ${from} から ${to} へは、グローバルデータベースの全リージョンを同時に上げる必要があり、スタックではできません: aws rds modify-global-cluster --global-cluster-identifier ${global} --engine-version ${to} --allow-major-version-upgrade --region ${region} の後にデプロイしてください（docs/runbooks/engine-upgrade.ja.md）`,
    engineFollowersFirst: ({ cluster, region, from, to, global, followers, stacks }) =>
      `${cluster}（${region}）: エンジン ${from} から ${to} へは追従側のリージョンが先ですが、まだ上がっていません: ${followers}。一括で上げるか（Aurora PostgreSQL）: aws rds modify-global-cluster --global-cluster-identifier ${global} --engine-version ${to} --region ${region}、先に npx cdk deploy ${stacks} --exclusively を実行してから、デプロイしてください（docs/runbooks/engine-upgrade.ja.md）`,
    engineOfNewcomer: ({ stack, region, from, to }) =>
      `${stack}（${region}）: 新しいクラスターはエンジン ${to} で ${from} に追従することになり、RDS が拒みます。テンプレートに ${from} と書いてください（docs/runbooks/engine-upgrade.ja.md）`,
    noBackupPlan: () => 'オプトインが要るものを AWS Backup に任せていません',
    optedIn: ({ region, types }) => `${region}: ${types} をバックアップできます`,
    optedOut: ({ region, type }) =>
      `${region}: アカウントが ${type} をオプトインしておらず、バックアップが取られません: aws backup update-region-settings --resource-type-opt-in-preference ${type}=true --region ${region}`,
    optedOutOfCopies: ({ region, type }) =>
      `${region}: コピーは届きますが、アカウントが ${type} をオプトインしておらず、引き継いだ後にバックアップが取られません: aws backup update-region-settings --resource-type-opt-in-preference ${type}=true --region ${region}`,
    noData: () => 'データを持つものはまだありません',
    backupFresh: ({ what, hours }) => `${what}: ${hours} 時間前`,
    backupOld: ({ what, hours, limit }) =>
      `${what}: ${hours} 時間前（上限 ${limit} 時間）。デプロイの前にスナップショットを取ってください`,
    backupOfStopped: ({ what, hours }) => `${what}: ${hours} 時間前。停止中のため、以後の変更はありません`,
    backupMissing: ({ what }) => `${what} のバックアップがありません。デプロイの前にスナップショットを取ってください`,
    noBudget: () => 'テンプレートにありません。超過しても誰にも知らされません',
    budgetToCome: ({ limit }) => `月額 ${limit}。このデプロイで作られます`,
    budgetRoom: ({ limit, spent, forecast }) =>
      `今月 $${one(spent)} / $${one(limit)}${forecast === null ? '' : `、予測 $${one(forecast)}`}`,
    budgetForecastOver: ({ limit, spent, forecast }) =>
      `今月 $${one(spent)} / $${one(limit)}、予測 $${one(forecast)} は超過。hashira cost で内訳を確かめてください`,
    budgetSpent: ({ limit, spent }) =>
      `今月 $${one(spent)} / $${one(limit)} を使い切りました。予算を見直すか、待ってください`,
    unread: ({ why }) => `確認できません: ${inLanguage(why, 'ja')}`,
    notLooked: () => '未確認。先に正しいアカウントにサインインしてください',
  },
  smoke: {
    throughEdge: ({ url }) => `${url} はCloudFront経由で応答し、ロードバランサーは直接の接続を断ります`,
    notThroughEdge: ({ url }) => `${url} はCloudFrontを経ていません。DNSレコードを確かめてください`,
    walkedRound: ({ origin, status }) =>
      `${origin} がCloudFrontのヘッダーなしで ${status} を返し、WAFを迂回できます。リスナーのルールを確かめてください`,
    tlsOffered: ({ host, refused, accepted }) => `${host} は ${refused} を拒み、${accepted} を受けます`,
    tlsTooOld: ({ host, version }) => `${host} が ${version} を受けます。新しいセキュリティポリシーにしてください`,
    tlsMissing: ({ host, version, why }) => `${host} が ${version} を受けません（${inLanguage(why, 'ja')}）`,
    tlsUntold: ({ host, version, why }) => `${host} が ${version} を拒むか確認できません: ${inLanguage(why, 'ja')}`,
    notEncrypted: ({ url }) => `${url} は暗号化されていません`,
    tasksInTraffic: ({ tasks, minimum }) => `${tasks} タスクが稼働（下限 ${minimum}）、準備完了`,
    tooFewTasks: ({ tasks, minimum }) =>
      `稼働は ${tasks} タスク（下限 ${minimum}）。サービスのイベントを確かめてください`,
    notReady: ({ status, body }) => `/health/ready の応答 ${status}: ${body}`,
    orderAccepted: ({ id }) => `${id} を受け付けました`,
    orderRefused: ({ status, body }) => `POST /orders の応答 ${status}: ${body}`,
    orderListed: ({ members }) =>
      members === 0 ? '注文が入っています' : `注文が入り、${members} 台すべて利用可能です`,
    orderNotListed: ({ status }) => `受け付けた注文が利用者の一覧にありません（${status}）`,
    notWell: ({ members }) => `利用不可: ${members}`,
    cacheHit: () => '二度目の照会はキャッシュから返ります',
    cacheNotUsed: ({ said }) =>
      `注文が一度もキャッシュから返りません（${said}）。セキュリティグループとトークンを確かめてください`,
    orderFulfilled: ({ seconds }) => `${seconds} 秒で完了、DLQの増加なし`,
    orderNotFulfilled: ({ said, seconds }) => `${seconds} 秒たっても完了しません: ${said}`,
    lettersDied: ({ queue, before, after }) =>
      `${queue} のDLQが ${before} から ${after} に増加: hashira queue failed ${queue}`,
    receiptThere: () => '取得できます',
    receiptMissing: ({ status, seconds }) =>
      `${seconds} 秒たってもありません（${status}）。領収書の関数のログを確かめてください`,
    logsThere: ({ groups, written }) =>
      `${groups} グループの保持期間が一致、注文の行が ${written} グループに残りました`,
    logGroupsMissing: ({ names }) => `存在しません: ${names}`,
    otherRetention: ({ names }) => `保持日数がテンプレートと違います: ${names}`,
    noLines: ({ names, seconds }) => `${seconds} 秒たっても注文の行がありません: ${names}`,
    alarmsWell: ({ alarms }) => `${alarms} 件すべて OK`,
    alarmsMissing: ({ names }) => `存在しません: ${names}`,
    alarmsRinging: ({ names }) => `発報中: ${names}`,
    alarmsWithoutData: ({ names, alarms }) =>
      `${alarms} 件はまだデータがありません。15分後に見直してください: ${names}`,
    protectionOn: ({ things }) => `${things} 件すべて削除保護が有効です`,
    protectionToCome: ({ names, next }) =>
      `削除保護がまだ有効ではありません: ${names}。${next} までにスケジュールが有効にします。その後に見直してください`,
    protectionOff: ({ name, region, next, command, schedule }) =>
      `${name}（${region}）の削除保護が無効です。${next === null ? '有効にするスケジュールもありません' : `スケジュールが有効にしているはずの時刻を過ぎています（次回は ${next}）`}: ${command}。${next === null ? 'その後、デプロイし直してください' : `スケジュールの状態: ${schedule}`}`,
    protectedMissing: ({ names }) => `存在しません: ${names}`,
    traceArrived: ({ id, segments }) => `${id}: ${segments}`,
    traceNotArrived: ({ id, seconds }) =>
      `${id} が ${seconds} 秒たっても届きません。コレクターのログを確かめてください`,
    notHere: () => 'この基盤にはありません',
    notReached: () => '前の段階の失敗により未確認',
    unread: ({ why }) => `確認できません: ${inLanguage(why, 'ja')}`,
  },
  total: (counts) => counts.map(([verdict, count]) => `${verdict} ${count}`).join(' · '),
  stack: 'スタック',
  region: 'リージョン',
  fromDesign: '設計書→テンプレート',
  fromTemplate: 'テンプレート→アカウント',
  unchecked: '検出対象外',
  template: { same: '一致', differs: '相違', absent: '未デプロイ', unknown: '不明' },
  account: { 'in-sync': '一致', drifted: '相違', unknown: '不明', 'not-looked': '–' },
  difference: (kind, subject, path, expected, found) =>
    `${subject}${path}: ${kind === 'design' ? '設計書' : 'テンプレート'}は ${expected}、${kind === 'design' ? 'デプロイ済み' : 'アカウント'}は ${found}`,
  nothing: 'なし',
  putBack: (command) => `元に戻すには: ${command}`,
  driftRemedy: {
    design: '設計書とデプロイ済みのものが違います。デプロイするか、設計書の変更を戻してください。',
    account: 'アカウントが手で変更されています。設計書に書いてデプロイするか、元に戻してください。',
  },
};

export const checkCatalogues: Readonly<Record<Language, CheckMessages>> = { ja: japanese, en: english };
