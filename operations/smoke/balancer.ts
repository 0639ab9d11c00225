// Whether the load balancer finds as many healthy tasks as there must be at least, and a task finds what it needs.
import type { Client } from '../client.ts';
import type { Target } from '../target.ts';
import { type Finding, finding } from './result.ts';

export async function checkBalancer({ scaling, ...target }: Target, client: Client): Promise<readonly Finding[]> {
  const [tasks, ready] = await Promise.all([
    target.tasks(),
    client.ask({ method: 'GET', path: '/health/ready', customer: 'smoke' }),
  ]);
  const counts = { tasks: tasks.length, minimum: scaling.minimum };
  const findings: Finding[] = [];
  if (counts.tasks < counts.minimum) findings.push(finding('tooFewTasks', 'fail', counts));
  if (ready.status !== 200)
    findings.push(finding('notReady', 'fail', { status: ready.status, body: ready.body.slice(0, 200) }));
  return findings.length === 0 ? [finding('tasksInTraffic', 'ok', counts)] : findings;
}
