// The event bus: rules that wait for events of the platform, and rules that wait for the clock; targets are queues, topics and functions
// of the templates.

import { randomUUID } from 'node:crypto';
import { resourceOf } from '../../assembly/graph.ts';
import { readSchedule } from '../../aws/schedule.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { account, type Directory } from '../blueprint/directory.ts';
import type { EventRulePlan } from '../blueprint/stores.ts';
import type { FunctionRuntime } from '../functions/runtime.ts';
import type { Cloud } from '../parts/cloud.ts';
import { localProblem } from '../problems.ts';
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

/** Calls at the times of a rule's schedule, which EventBridge reads in UTC. @throws LocalProblem when it is neither cron nor rate */
function startTimer(expression: string, call: () => void): { stop(): void } {
  const schedule = readSchedule(expression);
  if (schedule === undefined) throw localProblem('unknownSchedule', { expression });
  if (schedule.kind === 'cron') return schedule.start(call);
  const timer = setInterval(call, schedule.everyMs);
  return { stop: () => clearInterval(timer) };
}
