// The expected traffic, and what the workload's tasks are told and run on.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  trackingOnRequests: ['target tracking on requests per task', 'タスクあたりのリクエスト数によるターゲット追跡'],
  requestsPerSecond: sentence(
    ({ rate }: { rate: number }) => `${rate} req/s`,
    ({ rate }) => `毎秒 ${rate} リクエスト`,
  ),
  requestsOfTasks: sentence(
    ({ minimum, perTask, rate }: { minimum: string; perTask: string; rate: number }) =>
      `${minimum} × ${perTask} / 60 = ${rate} req/s`,
    ({ minimum, perTask, rate }) => `${minimum} × ${perTask} / 60 = 毎秒 ${rate} リクエスト`,
  ),
  taskWithIssuer: ['a task that is told whose tokens are good', 'トークンの発行者を知らされているタスク'],
});
