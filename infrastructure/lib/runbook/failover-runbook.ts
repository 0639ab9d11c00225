// The runbook of a failover in both languages, made from the state machine: its states, their order in each action, how often each is asked,
// and its purpose. A state that nobody has words for, or words for no state, are errors.
import type { Environment } from '../../../design/schema.ts';
import { stackId } from '../../../design/stack-names.ts';
import { type Definition, pathOf, pollingOf } from './definition.ts';
import { actions, stateWords } from './states.ts';

export type Language = 'en' | 'ja';

export interface RunbookPlaces {
  /** The one that serves people. */
  readonly environment: Environment;
  /** The region that takes over. */
  readonly region: string;
  /** The name that CloudFront reaches a region by; absent without a domain. */
  readonly origin: string | undefined;
  readonly automatic: boolean;
}

const ways = { failover: 'standby', switchover: 'standby', failback: 'primary' } as const;

/** Markdown. */
export function failoverRunbook(definition: Definition, places: RunbookPlaces, language: Language): string {
  const words = language === 'en' ? english(places, definition) : japanese(places, definition);
  const paths = actions.map((action) => ({
    action,
    path: pathOf(definition, { '$.action': action, '$.to': ways[action] }),
  }));
  checkWords(paths.flatMap(({ path }) => path));
  const states = Object.entries(stateWords).map(([name, of]) => {
    const state = definition.States[name];
    const polling = state === undefined ? undefined : pollingOf(state);
    const { does, stopped } = of[language];
    const passed = paths.filter(({ path }) => path.includes(name)).map(({ action }) => `\`${action}\``);
    return [
      `### ${name}`,
      '',
      // The English sentence is the state's own comment.
      language === 'en' ? (state?.Comment ?? does) : does,
      '',
      `- ${words.in}: ${passed.join(', ')}`,
      ...(polling === undefined ? [] : [`- ${words.polling(polling.seconds, polling.minutes)}`]),
      `- **${words.stopped}**: ${stopped}`,
    ].join('\n');
  });
  return `${[
    words.head,
    ...paths.map(({ action, path }) => `**\`${action}\`** (${words.purpose[action]})\n\n${path.join(' → ')}`),
    `## ${words.states}`,
    ...states,
    words.tail,
  ].join('\n\n')}\n`;
}

function checkWords(passed: readonly string[]): void {
  const known = Object.keys(stateWords);
  const [wordless] = passed.filter((state) => !known.includes(state));
  if (wordless !== undefined) throw new Error(`the state ${wordless} has no words in states.ts`);
  const [stateless] = known.filter((name) => !passed.includes(name));
  if (stateless !== undefined) throw new Error(`states.ts has words for ${stateless}, which no action passes`);
}

interface FailoverMessages {
  readonly head: string;
  readonly purpose: Readonly<Record<(typeof actions)[number], string>>;
  readonly states: string;
  readonly in: string;
  polling(seconds: number, minutes: number): string;
  readonly stopped: string;
  readonly tail: string;
}

const shell = (...lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

const recoveryStack = (environment: Environment) => stackId(environment, 'RecoveryStack');

function commands({ environment, region }: RunbookPlaces) {
  const stack = recoveryStack(environment);
  const output = (name: string) =>
    `aws cloudformation describe-stacks --stack-name ${stack} --query "Stacks[0].Outputs[?OutputKey=='${name}'].OutputValue" --output text`;
  const start = (action: string, reason: string) =>
    `aws stepfunctions start-execution --state-machine-arn "$MACHINE" --input '{"action":"${action}","reason":"${reason}"}'`;
  return {
    prepare: shell(
      `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
      `MACHINE=$(${output('StateMachine')})`,
      `LEDGER=$(${output('LedgerTable')})`,
    ),
    ledger: shell(
      `aws dynamodb get-item --consistent-read --table-name "$LEDGER" --key '{"environment":{"S":"${environment}"}}' --query 'Item.[serving.S,phase.S,entry.S]' --output text`,
    ),
    start: (action: string, reason: string) => shell(start(action, reason)),
    watch: shell(
      'EXECUTION=$(aws stepfunctions list-executions --state-machine-arn "$MACHINE" --max-items 1 --query "executions[0].executionArn" --output text | head -n 1)',
      'aws stepfunctions describe-execution --execution-arn "$EXECUTION" --query "[status,error,cause]"',
      'aws stepfunctions get-execution-history --execution-arn "$EXECUTION" --reverse-order --max-items 20',
    ),
    look: shell(
      `SERVICE=$(aws cloudformation list-stack-resources --stack-name ${stackId(environment, 'ComputeStack', 'standby')} --query "StackResourceSummaries[?ResourceType=='AWS::ECS::Service'].PhysicalResourceId" --output text)`,
      'aws ecs describe-services --cluster "$(echo "$SERVICE" | cut -d/ -f2)" --services "$SERVICE" --query "services[0].[desiredCount,runningCount,events[:5].message]"',
      'aws rds describe-global-clusters --query "GlobalClusters[].[GlobalClusterIdentifier,Status,GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]]"',
      'aws route53 list-health-checks --query "HealthChecks[].[Id,HealthCheckConfig.[Type,FullyQualifiedDomainName,AlarmIdentifier.Name]]" --output text',
      'aws route53 get-health-check-status --health-check-id <id>',
    ),
    repair: shell(
      ...['diff', 'deploy'].map(
        (verb) => `npx cdk ${verb} ${stackId(environment, 'SecurityStack', 'standby')} --exclusively`,
      ),
    ),
    cut: shell('aws stepfunctions stop-execution --execution-arn "$EXECUTION" --cause "why"'),
    latch: shell(
      'aws cloudwatch get-metric-statistics --namespace Hashira/Recovery --metric-name Latch --dimensions Name=Environment,Value=production --statistics Maximum --period 60 --start-time "$(date -u -d \'10 minutes ago\' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"',
    ),
  };
}

function english(places: RunbookPlaces, { TimeoutSeconds }: Definition): FailoverMessages {
  const run = commands(places);
  const { environment, region, origin, automatic } = places;
  const stack = recoveryStack(environment);
  return {
    head: [
      '# Failover, switchover, failback',
      '[日本語](failover.ja.md)',
      `<!-- Made by \`npm run docs:runbooks\` from the state machine of ${stack}; a test fails when it is out of date. Do not edit. -->`,
      `Everything runs in ${region}, the region that takes over, and a failover asks nothing of the other one. ${
        automatic
          ? 'The document says `failover: automatic`: it starts by itself when Route 53 finds the primary region not ready and its database sends nothing. A person may start it as well.'
          : 'The document says `failover: manual`: a person decides. The alarm *the primary region is lost* is the moment to do so.'
      } A run has ${TimeoutSeconds / 3_600} h in all, the document’s recovery time.`,
      '## Before',
      `An account’s credentials and the AWS CLI 2 in a Linux shell (AWS CloudShell of ${region} has both), and these names:`,
      run.prepare,
      'Who serves, and what the last run did (`primary` or `standby`; `running`, `stopped` or `done`):',
      run.ledger,
      '## Start',
      'The primary region is lost or cannot serve: writes that had not arrived may be lost, and the report says from when on. Where the primary’s tasks and database are well, `switchover` is the way that loses nothing.',
      run.start('failover', 'region lost'),
      'Both regions are well, and the standby is to serve (a drill, work on the primary). Nothing is lost; customers wait for some minutes.',
      run.start('switchover', 'drill'),
      'Home again, once the primary region is well and its database follows (`aws rds describe-global-clusters`: both members, `connected`). Nothing is lost.',
      run.start('failback', 'the region is well'),
      'Before a failback look into the standby’s dead-letter queues: what is to be tried again is given back while tasks still read it. After a failback from a `failover`, messages that the primary’s readers had tried in vain lie in its own. `aws sqs start-message-move-task --region <region> --source-arn <ARN of the dead-letter queue>` gives all of one back to its queue.',
      'Once the lost region is back, Aurora tries to keep what its old writer held in a snapshot `rds:unplanned-global-failover-…` there (`aws rds describe-db-cluster-snapshots --region <primary>`), for as long as backups are kept. Orders that had not arrived here are read from a cluster restored from it; a copy of it stays longer.',
      'While one runs a second start is refused. Nothing is deployed from the first start until the failback is done, but for a repair that cannot wait: stacks of one region need no other region, except for the one whose name ends in `ReferencesStack`. `hashira deploy` refuses; the command below, from `infrastructure/`, does not. What a failover has raised or switched on (tasks, the database’s least capacity, schedules) goes back to rest where that very resource changes: the service of the standby’s ComputeStack would stop. So look at `npx cdk diff` first.',
      run.repair,
      '## Watch',
      run.watch,
      'The critical topic’s mail tells the end, and each stop. The report lies below `recovery/` in the standby’s log bucket. What a step waits for:',
      run.look,
      '## Go on after a stop',
      'Every step is safe to do again. Correct what the step below says and start again **with the same input**: what is done is seen and passed in seconds, and times count from the first start. A switchover whose primary dies on the way is gone on with as a `failover`. A planned move that cannot go on after `FreezeWriters` is undone by its opposite, which starts the stopped tasks again: a `switchover` by a `failback`, a `failback` by a `failover`. An execution that hangs is cut off first, and the next one takes over from it:',
      run.cut,
      '## The way of each',
    ].join('\n\n'),
    purpose: {
      failover: 'the primary region is lost',
      switchover: 'planned, both regions are well',
      failback: 'planned, home again',
    },
    states: 'The steps',
    in: 'Part of',
    polling: (seconds, minutes) => `Asked again every ${seconds} s, for up to ${minutes} min`,
    stopped: 'When it stops here',
    tail: [
      '## The latch',
      'While the latch is held, Route 53 takes the primary region for unhealthy, so that a region that comes back does not answer with a database that is no longer the writer. `SwitchTraffic` holds it and only a `failback` lets it go; a function says it anew every minute, and Route 53 keeps to what it last heard.',
      run.latch,
      origin === undefined
        ? 'The document has no domain: no name leads from one region to the other. After a failover a person points the distribution’s API origin at the load balancer of the region that serves.'
        : `\`dig +short ${origin}\` shows which region is asked. No record is ever edited.`,
      '## What is not proven without an AWS account',
      'That AWS does what its documentation says: how long Aurora takes to promote a cluster, under which name CloudWatch has the lag of the follower, and how soon Route 53 sees the latch. AWS describes a switchover as asked for in the region that is left; a `failover` asks nothing there, asks for it in the region that takes over, and is forced where that is refused. `hashira drill region --environment production` shows it.',
    ].join('\n\n'),
  };
}

function japanese(places: RunbookPlaces, { TimeoutSeconds }: Definition): FailoverMessages {
  const run = commands(places);
  const { environment, region, origin, automatic } = places;
  const stack = recoveryStack(environment);
  return {
    head: [
      '# フェイルオーバー・切り替え・フェイルバック',
      '[English](failover.md)',
      `<!-- \`npm run docs:runbooks\` が ${stack} のステートマシンから生成する。古くなるとテストが失敗する。手で編集しない。 -->`,
      `すべては引き継ぐ側の ${region} で動き、フェイルオーバーは相手のリージョンに何も頼まない。${
        automatic
          ? '設計書は `failover: automatic` としており、Route 53 がプライマリを準備未完了とみなし、かつデータベースの複製が届かないときに自動で始まる。人が起動してもよい。'
          : '設計書は `failover: manual` としており、人が判断する。「the primary region is lost」のアラームがその合図である。'
      }一回の実行に使える時間は、設計書の目標復旧時間の ${TimeoutSeconds / 3_600} 時間。`,
      '## 準備',
      `アカウントの認証情報と、Linux のシェルで動く AWS CLI 2（${region} の AWS CloudShell には両方ある）、次の名前が要る。`,
      run.prepare,
      'いま応答しているリージョンと前回の実行（`primary` か `standby`、`running`・`stopped`・`done`）：',
      run.ledger,
      '## 起動',
      'プライマリが失われた、または応答できない。届いていない書き込みは失われることがあり、いつ以降かは報告に出る。プライマリのタスクもデータベースも健全なら、何も失わない `switchover` を使う。',
      run.start('failover', 'region lost'),
      '両リージョンが健全で、スタンバイに応答させたい（訓練、プライマリの作業）。失われるものはなく、利用者は数分待つ。',
      run.start('switchover', 'drill'),
      'プライマリが回復し、そのデータベースが追いついたら（`aws rds describe-global-clusters` で両方が `connected`）戻る。失われるものはない。',
      run.start('failback', 'the region is well'),
      'フェイルバックの前に、スタンバイのデッドレターキューを見る。やり直すものは、タスクがまだ読んでいるうちに戻す。`failover` からのフェイルバックの後は、プライマリの読み手が処理できなかったメッセージがプライマリのデッドレターキューに残る。`aws sqs start-message-move-task --region <リージョン> --source-arn <デッドレターキューの ARN>` で、一つのキューの全部を元のキューへ戻す。',
      '失われたリージョンが戻ると、Aurora は元の書き込み側が持っていた内容を、そのリージョンのスナップショット `rds:unplanned-global-failover-…` に残そうとする（`aws rds describe-db-cluster-snapshots --region <primary>`）。バックアップの保持期間で消えるため、長く残すならコピーする。届かなかった注文は、そこから復元したクラスターで読む。',
      '実行中の二重起動は拒否する。最初の起動からフェイルバックの完了まで、デプロイはしない。待てない修正だけは別である。名前が `ReferencesStack` で終わるものを除き、一方のリージョンのスタックは他方を必要としない。`hashira deploy` は拒否するため、`infrastructure/` で次のように行う。フェイルオーバーが増やした、または有効にしたもの（タスク、データベースの最小容量、スケジュール）は、そのリソース自体が変わると待機の状態に戻る。待機系のComputeStackのサービスを変えると、応答が止まる。先に `npx cdk diff` を見る。',
      run.repair,
      '## 見守る',
      run.watch,
      '終了と停止は critical のトピックのメールで届く。報告はスタンバイのログバケットの `recovery/` 以下に残る。各手順が待っているもの：',
      run.look,
      '## 止まった後の再開',
      'どの手順も、やり直して安全である。下の各手順に従って直し、**同じ入力で**起動し直す。済んだ手順は数秒で通り過ぎ、所要時間は最初の起動から数える。途中でプライマリが失われた切り替えは `failover` として続ける。`FreezeWriters` の後で進めなくなった計画的な移動は、逆の操作で取り消す。止めたタスクが再び起動する。`switchover` は `failback` で、`failback` は `failover` で取り消す。動かなくなった実行は先に止めると、次の実行が引き継ぐ。',
      run.cut,
      '## それぞれの道筋',
    ].join('\n\n'),
    purpose: {
      failover: 'プライマリが失われたとき',
      switchover: '計画的。両リージョンが健全',
      failback: '計画的。プライマリへ戻る',
    },
    states: '手順',
    in: '含まれる操作',
    polling: (seconds, minutes) => `${seconds} 秒ごとに、最長 ${minutes} 分まで尋ね直す`,
    stopped: 'ここで止まったら',
    tail: [
      '## ラッチ',
      'ラッチの保持中、Route 53 はプライマリを不健全とみなす。戻ってきたリージョンが、もう書き込み側でないデータベースで応答しないためである。`SwitchTraffic` が保持し、`failback` だけが外す。関数が毎分公開し直し、途絶えても Route 53 は最後に聞いた状態を保つ。',
      run.latch,
      origin === undefined
        ? '設計書にドメインがないため、リージョン間を導く名前がない。フェイルオーバーの後、ディストリビューションの API オリジンを、応答するリージョンのロードバランサーへ手で向ける。'
        : `\`dig +short ${origin}\` で、どちらのリージョンに尋ねているかが分かる。レコードは編集しない。`,
      '## AWS アカウントなしには証明できないこと',
      'AWS が文書どおりに動くこと。Aurora の昇格にかかる時間、追従側の遅れが CloudWatch のどの名前で測られるか、Route 53 がラッチに気づくまでの時間。AWS は切り替えを離れる側のリージョンに頼むものとして説明している。`failover` はそこには何も頼まず、引き継ぐ側に頼み、拒まれれば強制する。`hashira drill region --environment production` が示す。',
    ].join('\n\n'),
  };
}
