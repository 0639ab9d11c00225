// What a run says of a criterion: what was observed, and what the document has.
import { sayings } from '../design/messages/said.ts';
import { sentence } from '../design/messages/sentence.ts';

interface Tasks {
  readonly tasks: number;
  /** Requests a second. */
  readonly rate: number;
}

export const said = sayings({
  nothingMeasurable: sentence(
    ({ criterion }: { criterion: string }) => `the document says nothing measurable under ${criterion}`,
    ({ criterion }) => `設計書の ${criterion} に測れる数値がありません`,
  ),
  percentileOf: sentence(
    ({ percent, ms }: { percent: number; ms: number }) => `p${percent} ${ms} ms`,
    ({ percent, ms }) => `p${percent} が ${ms} ミリ秒`,
  ),
  percentileAtMost: sentence(
    ({ percent, ms }: { percent: number; ms: number }) => `p${percent} ≤ ${ms} ms`,
    ({ percent, ms }) => `p${percent} が ${ms} ミリ秒以下`,
  ),
  noNewTask: sentence(
    ({ seconds }: { seconds: number }) => `no new task within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に新しいタスクがありません`,
  ),
  newTask: sentence(
    ({ ms }: { ms: number | null }) => `a new task took traffic; whole after ${ms} ms`,
    ({ ms }) => `新しいタスクが処理を始め、${ms} ミリ秒後に回復しました`,
  ),
  newTaskUnasked: [
    'a new task takes traffic without anybody asking, no order lost',
    '人が操作しなくても新しいタスクが処理を始め、注文が失われないこと',
  ],
  noOrderAccepted: sentence(
    ({ seconds }: { seconds: number }) => `no order accepted within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に受け付けた注文がありません`,
  ),
  servedAgain: sentence(
    ({ ms, lost }: { ms: number; lost: number }) => `served again after ${ms} ms, ${lost} orders lost`,
    ({ ms, lost }) => `${ms} ミリ秒後に回復し、失われた注文は ${lost} 件`,
  ),
  servedWithin: sentence(
    ({ ms }: { ms: number }) => `≤ ${ms} ms, no order lost`,
    ({ ms }) => `${ms} ミリ秒以内に回復し、注文が失われないこと`,
  ),
  tasksGrew: sentence(
    ({ before, tasks, rate }: Tasks & { before: number }) => `${before} → ${tasks} tasks at ${rate} req/s`,
    ({ before, tasks, rate }) => `毎秒 ${rate} リクエストでタスク ${before} → ${tasks} 個`,
  ),
  moreTasks: sentence(
    ({ rate }: { rate: number }) => `more tasks above ${rate} req/s`,
    ({ rate }) => `毎秒 ${rate} リクエストを超えるとタスクが増えること`,
  ),
  tasksAt: sentence(
    ({ tasks, rate }: Tasks) => `${tasks} tasks at ${rate} req/s`,
    ({ tasks, rate }) => `毎秒 ${rate} リクエストでタスク ${tasks} 個`,
  ),
  tasksBelow: sentence(
    ({ tasks, rate }: Tasks) => `${tasks} tasks below ${rate} req/s`,
    ({ tasks, rate }) => `毎秒 ${rate} リクエスト未満でタスク ${tasks} 個`,
  ),
});
