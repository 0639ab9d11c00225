// Queues, topics, schedules and state machines.
import { literal } from '../../../assembly/graph.ts';
import { refuse } from '../problem.ts';
import { type Pricer, partOf, settledText, sharedEverywhere } from './site.ts';

export const queue: Pricer = {
  type: 'AWS::SQS::Queue',
  price(resource, site) {
    if (literal(resource.properties.FifoQueue) === true) {
      return refuse('missing-price', {
        item: 'sqs.fifo-request',
        region: site.regionOf(resource),
        nearest: ['sqs.request'],
      });
    }
    return [{ item: 'sqs.request', quantity: partOf(site, resource, 'queueRequests') }];
  },
};

export const topic: Pricer = {
  type: 'AWS::SNS::Topic',
  price: (resource, site) => [{ item: 'sns.publish', quantity: partOf(site, resource, 'topicPublishes') }],
};

/** Deliveries to functions and queues are free. */
export const subscription: Pricer = {
  type: 'AWS::SNS::Subscription',
  price(resource, site) {
    const protocol = settledText(resource, ['Protocol']);
    if (protocol === 'lambda' || protocol === 'sqs') return [];
    if (protocol !== 'email' && protocol !== 'email-json') {
      return refuse('missing-price', {
        item: `sns.${protocol}`,
        region: site.regionOf(resource),
        nearest: ['sns.email'],
      });
    }
    const isMail = (other: typeof resource) => String(literal(other.properties.Protocol)).startsWith('email');
    return [{ item: 'sns.email', quantity: partOf(site, resource, 'emails', isMail) }];
  },
};

const minutesPerMonth = 730 * 60;
const unitMinutes: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };

/** How often an expression fires a month: a rate exactly, a cron at a fixed minute and hour at most daily, else at most each minute. */
export function firings(expression: string): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return minutesPerMonth / (Number(rate[1]) * (unitMinutes[rate[2] ?? ''] ?? 1));
  if (/^at\(/.test(expression)) return 1;
  const [minute = '*', hour = '*'] = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/) ?? [];
  if (!/^\d+$/.test(minute)) return minutesPerMonth;
  return /^\d+$/.test(hour) ? 31 : 730;
}

export const schedule: Pricer = {
  type: 'AWS::Scheduler::Schedule',
  price: (resource) => [
    { item: 'scheduler.invocation', quantity: firings(settledText(resource, ['ScheduleExpression'])) },
  ],
};

export const stateMachine: Pricer = {
  type: 'AWS::StepFunctions::StateMachine',
  price(resource, site) {
    if (literal(resource.properties.StateMachineType) === 'EXPRESS') {
      return refuse('missing-price', {
        item: 'states.express',
        region: site.regionOf(resource),
        nearest: ['states.transition'],
      });
    }
    return [{ item: 'states.transition', quantity: sharedEverywhere(site, resource, 'stateTransitions') }];
  },
};
