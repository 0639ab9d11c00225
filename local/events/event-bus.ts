// The event bus: rules that wait for events of the platform, and rules that wait for the clock; targets are queues, topics and functions
// of the templates.
import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import { resourceOf } from '../../assembly/graph.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { account, type Directory } from '../blueprint/directory.ts';
import type { EventRulePlan } from '../blueprint/stores.ts';
import type { FunctionRuntime } from '../functions/runtime.ts';
import type { Cloud } from '../parts/cloud.ts';
import { inputOf } from './input.ts';
import { fitsPattern, type Json } from './match-event.ts';

export interface EventBus {
  /** Hands an event to every rule that it fits, and resolves when their targets have it. */
  emit(source: string, detailType: string, detail: Json): Promise<void>;
  /** Does now what a rule with a schedule would do at its time. */
  fire(rule: EventRulePlan): Promise<void>;
  stop(): void;
}

interface BusInput {
  readonly blueprint: Blueprint;
  readonly directory: Directory;
  readonly cloud: Cloud;
  functionOf(key: string): FunctionRuntime | undefined;
  report(what: string): void;
}

export function openEventBus({ blueprint, directory, cloud, functionOf, report }: BusInput): EventBus {
  const { rules, region } = blueprint;
  const base = () => ({
    version: '0',
    id: randomUUID(),
    account,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
  });

  async function deliver(rule: EventRulePlan, event: Json): Promise<void> {
    for (const target of rule.targets) {
      const key = resourceOf(target.arn) ?? '';
      const text = inputOf(target, event);
      if (blueprint.queues.some((queue) => queue.key === key)) await cloud.send(key, text);
      else if (blueprint.topics.some((topic) => topic.key === key)) await cloud.publish(key, text);
      else await functionOf(key)?.invoke(JSON.parse(text));
    }
  }

  const fire = (rule: EventRulePlan) =>
    deliver(rule, { ...base(), source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
  const timers = rules.flatMap((rule) => {
    if (rule.schedule === undefined) return [];
    return startTimer(rule.schedule, () => void fire(rule).catch((error: unknown) => report(`${rule.key}: ${error}`)));
  });

  return {
    fire,
    async emit(source, detailType, detail) {
      const event = { ...base(), source, 'detail-type': detailType, detail };
      for (const rule of rules) {
        if (rule.pattern !== undefined && fitsPattern(rule.pattern, event, (value) => directory.textIfKnown(value)))
          await deliver(rule, event);
      }
    },
    stop() {
      for (const timer of timers) timer.stop();
    },
  };
}

/** Milliseconds of the units of `rate(…)`. */
const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Calls at the times of `cron(…)`, in UTC, or `rate(…)`. */
function startTimer(schedule: string, call: () => void): { stop(): void } {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const step = units[unit];
  if (step !== undefined) {
    const timer = setInterval(call, Number(count) * step);
    return { stop: () => clearInterval(timer) };
  }
  return new Cron(cronPattern(schedule), { timezone: 'UTC', alternativeWeekdays: true, sloppyRanges: true }, call);
}

/** EventBridge's fields are minutes, hours, day, month, weekday (1 is Sunday) and year; croner's begin with seconds. */
export function cronPattern(schedule: string): string {
  const fields = /^cron\((.+)\)$/.exec(schedule)?.[1];
  if (fields === undefined) throw new Error(`a rule has the schedule ${schedule}, which is neither cron nor rate`);
  return `0 ${fields}`;
}
