// Whether the load balancer finds as many healthy tasks as there must be at least, and a task finds what it needs.
import type { HttpClient } from '../client.ts';
import type { Target } from '../target.ts';
import { finding, type SmokeFinding } from './result.ts';

export async function checkBalancer(
  { scaling, ...target }: Target,
  client: HttpClient,
): Promise<readonly SmokeFinding[]> {
  const [tasks, ready] = await Promise.all([
    target.tasks(),
    client.ask({ method: 'GET', path: '/health/ready', customer: 'smoke' }),
  ]);
  const counts = { tasks: tasks.length, minimum: scaling.minimum };
  const findings: SmokeFinding[] = [];
  if (counts.tasks < counts.minimum) findings.push(finding('tooFewTasks', 'fail', counts));
  if (ready.status !== 200)
    findings.push(finding('notReady', 'fail', { status: ready.status, body: ready.body.slice(0, 200) }));
  return findings.length === 0 ? [finding('tasksInTraffic', 'ok', counts)] : findings;
}
