// Calls that EventBridge Scheduler makes by the clock.
import { type Assembly, at, type Resource, textOf, type Value } from '../../assembly/graph.ts';
import { ofType } from './relations.ts';

export interface ScheduledCall {
  readonly schedule: Resource;
  /** Service and operation in lower case, e.g. `rds:stopdbcluster`. */
  readonly operation: string;
  /** What the call is told, references and all. */
  readonly input: Value | undefined;
  /** The same as read; empty when it is no JSON. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly expression: string;
  readonly timeZone: string;
}

/** Calls with a universal target whose schedule is not switched off. */
export function scheduledCalls(graph: Assembly): readonly ScheduledCall[] {
  return ofType(graph, 'AWS::Scheduler::Schedule').flatMap((schedule) => {
    const { Target, State, ScheduleExpression, ScheduleExpressionTimezone } = schedule.properties;
    const [, operation] = /:aws-sdk:(.+)$/.exec(textOf(at(Target, 'Arn'))) ?? [];
    if (operation === undefined || State === 'DISABLED') return [];
    const input = at(Target, 'Input');
    return [
      {
        schedule,
        operation: operation.toLowerCase(),
        input,
        told: readJson(textOf(input)),
        expression: textOf(ScheduleExpression),
        timeZone: ScheduleExpressionTimezone === undefined ? 'UTC' : textOf(ScheduleExpressionTimezone),
      },
    ];
  });
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    // A target may be told anything; what is no JSON tells these operations nothing.
    return {};
  }
}
