// The states of a failover in words: what each does, and what a person does when it stops there. The state machine takes its comments from
// here, and the runbook all of it.

/** The state machine's input names one. */
export const actions = ['failover', 'switchover', 'failback'] as const;

interface StateText {
  /** What it does, and why then. */
  readonly does: string;
  /** What to look at, and what to do, when it goes no further. */
  readonly stopped: string;
}

export interface StateWords {
  readonly en: StateText;
  readonly ja: StateText;
}

/** In the order of a run. */
export const stateWords = {
  Claim: {
    en: {
      does: 'Takes the ledger, so that one execution at a time moves regions. A second start while one runs is refused.',
      stopped:
        'Another execution runs, or the region that is to be left does not serve. Read the ledger; wait for the other execution or stop it, then start again. One that was stopped within its first minute counts as running until that is over.',
    },
    ja: {
      does: '台帳を確保する。同時に動く実行は一つだけで、実行中の二重起動は拒否する。',
      stopped:
        '別の実行が動いているか、離れるはずのリージョンがいま稼働していない。台帳を読み、先の実行の終了を待つか停止してから、起動し直す。起動から一分以内に止めた実行は、その一分が過ぎるまで動作中とみなす。',
    },
  },
  StartTasks: {
    en: {
      does: "Sets the scaling bounds and the count of tasks of the region that is to serve to production's. They say that they are not ready until their database takes writes.",
      stopped:
        'Look at the service’s events (`aws ecs describe-services`): no capacity in Fargate, an image that is missing in the region, a secret that is not replicated. Correct it and start again.',
    },
    ja: {
      does: '引き継ぐ側のスケーリングの下限・上限とタスク数を本番の値にする。データベースが書き込みを受けるまで、タスクは準備未完了と答える。',
      stopped:
        'サービスのイベントを見る（`aws ecs describe-services`）。Fargate の容量不足、イメージの欠落、複製されていないシークレットが考えられる。直してから起動し直す。',
    },
  },
  FreezeWriters: {
    en: {
      does: 'Looks whether the other region’s database follows and its tasks are up, then stops the tasks of the region that is left and waits for the last. Only where both regions are well: a failed region is asked for nothing.',
      stopped:
        'When the database does not follow or the tasks do not come up, nothing was stopped: wait until `aws rds describe-global-clusters` says `connected`, see to the tasks as at `StartTasks`, and start again. When the region that is left does not answer, this is no planned move: towards the standby region start `failover` instead; a failback waits until the region is well.',
    },
    ja: {
      does: '相手側のデータベースが追従し、タスクが起動していることを確かめてから、離れる側のタスクを止め、最後の一つが終わるのを待つ。両リージョンが健全なときだけ行い、障害中のリージョンには何も頼まない。',
      stopped:
        'データベースが追いついていないか、タスクが起動していなければ、何も止めていない。`aws rds describe-global-clusters` が `connected` になるまで待ち、タスクは `StartTasks` と同じく調べて、起動し直す。離れる側が応答しないなら、計画的な移動ではない。スタンバイへは `failover` を起動する。フェイルバックはリージョンの回復を待つ。',
    },
  },
  PromoteDatabase: {
    en: {
      does: 'Makes the database of the other region the writer. A planned move is a switchover, which loses nothing. A failover is one too while writes still arrive from the other region; else it is forced, and the last write that arrived is written down.',
      stopped:
        'Look at the global cluster (`aws rds describe-global-clusters`). While it is switching or failing over, wait and start again. If a switchover does not end, start `failover`: after two minutes of this step it is forced, as soon as Aurora lets it. Last resort, when Aurora lets neither happen: `aws rds remove-from-global-cluster --global-cluster-identifier <name> --db-cluster-identifier <ARN of this region’s cluster>` promotes that cluster alone; start `failover` again, which goes on behind it. There is no `failback` then before both clusters are one global database again.',
    },
    ja: {
      does: '引き継ぐ側のデータベースを書き込み側にする。計画的な移動は切り替え（switchover）で、失われるものはない。フェイルオーバーでも、相手側の書き込みが届いている間は切り替えを使い、届かなければ強制し、最後に届いた書き込みの時刻を記録する。',
      stopped:
        'グローバルクラスターの状態を見る（`aws rds describe-global-clusters`）。切り替え中なら待ってから起動し直す。切り替えが終わらなければ `failover` を起動する。この手順の開始から二分を過ぎると、Aurora が受け付け次第、強制する。どちらも受け付けられないときの最後の手段は `aws rds remove-from-global-cluster --global-cluster-identifier <名前> --db-cluster-identifier <このリージョンのクラスターの ARN>` で、そのクラスターだけが昇格する。続けて `failover` を起動し直すと、その先から進む。その後は、二つのクラスターを再び一つのグローバルデータベースにするまで `failback` はできない。',
    },
  },
  SwitchTraffic: {
    en: {
      does: 'Writes into the ledger which region may serve and publishes the latch. While it is held, Route 53 takes the primary region for unhealthy, however well it is.',
      stopped:
        'DynamoDB or CloudWatch of the standby region does not answer. Start again. The function that publishes the latch does so every minute from the ledger.',
    },
    ja: {
      does: 'どちらのリージョンが応答してよいかを台帳に書き、ラッチを公開する。保持中は、プライマリがどれほど健全でも Route 53 は不健全とみなす。',
      stopped:
        'スタンバイ側の DynamoDB か CloudWatch が応答していない。起動し直す。ラッチは毎分、台帳から公開し直される。',
    },
  },
  RaiseCapacity: {
    en: {
      does: "Raises the least capacity of the standby's serverless database to production's.",
      stopped:
        'The cluster is busy or out of capacity units: look at it (`aws rds describe-db-clusters`), wait until it is available, start again. Where AWS refuses the change, the same least capacity set by hand lets the step pass. The database serves meanwhile and grows by itself.',
    },
    ja: {
      does: 'スタンバイのサーバーレスデータベースの最小容量を本番相当に上げる。',
      stopped:
        'クラスターが変更中か、容量の上限に達している。`aws rds describe-db-clusters` で見て、利用可能になってから起動し直す。AWS が変更を拒むなら、同じ最小容量を手で設定すればこの手順は通る。その間もデータベースは応答し、自動で拡張する。',
    },
  },
  AwaitTargets: {
    en: {
      does: 'Waits until the load balancer finds at least as many tasks healthy as production has.',
      stopped: 'Tasks do not start or do not get healthy: read their log and the service’s events, as at `StartTasks`.',
    },
    ja: {
      does: 'ロードバランサーが、本番の最小数以上のタスクを正常と判定するまで待つ。',
      stopped: 'タスクが起動しないか正常にならない。`StartTasks` と同じく、ログとサービスのイベントを読む。',
    },
  },
  SmokeTest: {
    en: {
      does: 'Asks the region’s load balancer by its own name whether orders can be placed: the answer is yes only where the database takes writes.',
      stopped:
        'The tasks run and their database takes no writes, or the certificate is not that of the origin’s name. Ask `/health/ready` of the load balancer by hand and read the tasks’ log.',
    },
    ja: {
      does: 'ロードバランサー自身の名前で、注文を受けられるかを尋ねる。データベースが書き込みを受けるときだけ「はい」になる。',
      stopped:
        'タスクは動いているがデータベースが書き込みを受けないか、証明書がオリジン名のものではない。`/health/ready` を手で確かめ、タスクのログを読む。',
    },
  },
  AwaitTraffic: {
    en: {
      does: 'Waits until the name of the origin leads to the region’s load balancer alone. No record is edited: health checks decide.',
      stopped:
        'Look at the health checks (`aws route53 get-health-check-status`): the primary’s must be unhealthy because of the latch, the standby’s healthy. A document without a domain has no name to wait for: point the distribution’s API origin at the load balancer by hand.',
    },
    ja: {
      does: 'オリジンの名前が、引き継いだリージョンのロードバランサーだけを指すまで待つ。レコードは編集せず、ヘルスチェックが決める。',
      stopped:
        'ヘルスチェックを見る（`aws route53 get-health-check-status`）。プライマリ側はラッチにより不健全、スタンバイ側は健全のはず。ドメインのない設計書では待つ名前がないため、ディストリビューションの API オリジンを手でロードバランサーへ向ける。',
    },
  },
  ResumeOrders: {
    en: {
      does: 'Runs a one-off task that sends the orders again that were accepted and not fulfilled: their messages lie in the queues of the region that was left. Doubles do no harm.',
      stopped:
        'Read the task’s log (stream `api`). People are served meanwhile; orders that were accepted before wait. Start again.',
    },
    ja: {
      does: '受け付けたが処理が済んでいない注文を送り直す単発タスクを実行する。元のメッセージは離れた側のキューにあるため。重複は害にならない。',
      stopped:
        'タスクのログ（ストリーム `api`）を読む。その間も利用者には応答しており、以前に受けた注文が待っている。起動し直す。',
    },
  },
  CarryWork: {
    en: {
      does: 'Moves what still waits in the queue of the region that was left to the one that serves. Only where both are well.',
      stopped:
        'A queue or its key does not let the function in, or messages are held by a reader: they come back within minutes. Start again; nothing leaves the one queue before the other has it.',
    },
    ja: {
      does: '離れた側のキューに残るものを、応答する側のキューへ移す。両リージョンが健全なときだけ行う。',
      stopped:
        'キューか鍵への権限がないか、読み手がメッセージを保持している（数分で戻る）。起動し直す。移し先が受け取るまで、元のキューからは消えない。',
    },
  },
  StartSchedules: {
    en: {
      does: 'Switches the daily export of the standby region on.',
      stopped: 'Start again; it changes nothing twice.',
    },
    ja: { does: 'スタンバイ側の日次エクスポートを有効にする。', stopped: '起動し直す。二度行っても変わらない。' },
  },
  StartAlarms: {
    en: {
      does: 'Switches on the alarms that would go off in a region at rest.',
      stopped: 'Start again; it changes nothing twice.',
    },
    ja: { does: '待機中には鳴り続けるアラームの通知を有効にする。', stopped: '起動し直す。二度行っても変わらない。' },
  },
  CarryFiles: {
    en: {
      does: 'Copies home the files that were written in the standby region’s bucket since it was brought up.',
      stopped: 'Start again: it goes on where it was. Files stay where they were written as well.',
    },
    ja: {
      does: 'スタンバイ側が立ち上がってからそのバケットに書かれたファイルを、プライマリへ写す。',
      stopped: '起動し直すと続きから行う。元のファイルもそのまま残る。',
    },
  },
  RestStandby: {
    en: {
      does: 'Takes the standby’s tasks and its database’s capacity back to rest.',
      stopped: 'The primary region serves already. Start again when the cluster is available.',
    },
    ja: {
      does: 'スタンバイのタスクとデータベースの容量を待機状態に戻す。',
      stopped: 'プライマリはすでに応答している。クラスターが利用可能になってから起動し直す。',
    },
  },
  StopSchedules: {
    en: {
      does: 'Switches the daily export of the standby region off.',
      stopped: 'Start again; it changes nothing twice.',
    },
    ja: { does: 'スタンバイ側の日次エクスポートを無効にする。', stopped: '起動し直す。二度行っても変わらない。' },
  },
  StopAlarms: {
    en: {
      does: 'Switches off the alarms that would go off in a region at rest.',
      stopped: 'Start again; it changes nothing twice.',
    },
    ja: { does: '待機中には鳴り続けるアラームの通知を止める。', stopped: '起動し直す。二度行っても変わらない。' },
  },
  Report: {
    en: {
      does: 'Says what was done, how long each step took, the last write that arrived and what may be lost; keeps that in the standby’s log bucket, mails it, and lets go of the ledger.',
      stopped: 'All is done but the telling. Start again.',
    },
    ja: {
      does: '行ったこと、各手順の所要時間、最後に届いた書き込み、失われた可能性のあるものをまとめ、スタンバイのログバケットに残し、メールで知らせ、台帳を手放す。',
      stopped: '報告以外はすべて済んでいる。起動し直す。',
    },
  },
} as const satisfies Readonly<Record<string, StateWords>>;

export type StateName = keyof typeof stateWords;
