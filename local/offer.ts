// What a running platform offers to those who put load on it and break it on purpose. It has the shape of operations' `Target`, which
// this room does not know; the command brings both together.

import { secondsToAct } from '../aws/target-tracking.ts';
import type { Blueprint } from './blueprint/blueprint.ts';
import type { Directory } from './blueprint/directory.ts';
import type { QueuePlan } from './blueprint/stores.ts';
import type { Observed } from './observe.ts';
import type { Issuer } from './parts/issuer.ts';
import { localProblem, words } from './problems.ts';

type QueueName = 'fulfilment' | 'work';

export interface Offered {
  readonly kind: 'local';
  readonly environment: Blueprint['environment'];
  readonly url: string;
  readonly certificate: string;
  readonly templateHash: string;
  readonly scaling: {
    readonly minimum: number;
    readonly maximum: number;
    readonly requestsPerTask: number;
    readonly secondsToScaleOut: number;
    readonly secondsToScaleIn: number;
  };
  readonly queues: readonly {
    readonly name: QueueName;
    readonly visibilityTimeout: number;
    readonly maxReceiveCount: number;
  }[];
  headers(customer: string): Promise<Readonly<Record<string, string>>>;
  tasks(): Promise<readonly string[]>;
  deadLetters(queue: QueueName): Promise<number>;
}

/** Each resolves once the fault is made. A member that is absent cannot be done on this machine. */
export interface Faults {
  killTask(): Promise<string>;
  failDatabaseOver?(): Promise<void>;
  stopCache?(): Promise<void>;
  startCache?(): Promise<void>;
  sendMessage(queue: QueueName, body: string): Promise<void>;
}

interface OfferInput extends Observed {
  readonly directory: Directory;
  readonly issuer: Issuer;
  readonly url: string;
  readonly certificate: string;
  readonly templateHash: string;
  readonly queues: Readonly<Record<QueueName, string>>;
  readonly speed: number;
  visibilityTimeout(queue: QueuePlan): number;
}

export function offer(input: OfferInput): Offered {
  const { blueprint, service, cloud, directory, issuer, queues, speed } = input;
  const { scaling } = blueprint.service;
  const seconds = scaling === undefined ? { out: 0, in: 0 } : secondsToAct(scaling);
  const letIn = headersThatLetIn(blueprint, directory);
  const planOf = (name: QueueName) => blueprint.queues.find(({ key }) => key === queues[name]);
  return {
    kind: 'local',
    environment: blueprint.environment,
    url: input.url,
    certificate: input.certificate,
    templateHash: input.templateHash,
    scaling: {
      minimum: scaling?.minimum ?? service.desired(),
      maximum: scaling?.maximum ?? service.desired(),
      requestsPerTask: scaling?.requestsPerTask ?? Number.MAX_SAFE_INTEGER,
      secondsToScaleOut: seconds.out / speed,
      secondsToScaleIn: seconds.in / speed,
    },
    queues: (['fulfilment', 'work'] as const).flatMap((name) => {
      const plan = planOf(name);
      const maxReceiveCount = plan?.deadLetters?.maxReceiveCount;
      if (plan === undefined || maxReceiveCount === undefined) return [];
      return { name, visibilityTimeout: input.visibilityTimeout(plan), maxReceiveCount };
    }),
    headers: async (customer) => ({ authorization: `Bearer ${await issuer.token(customer)}`, ...letIn }),
    tasks: async () => service.healthy(),
    async deadLetters(name) {
      const dead = planOf(name)?.deadLetters?.queue;
      if (dead === undefined) return 0;
      const { waiting, inHand } = await cloud.depth(dead);
      return waiting + inHand;
    },
  };
}

/** The headers without which the listener's rules send nobody on to the tasks: what CloudFront would add. */
export function headersThatLetIn({ loadBalancer, service }: Blueprint, directory: Directory): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { conditions, action } of loadBalancer.listeners.flatMap(({ rules }) => rules)) {
    if (action.type !== 'forward' || !action.groups.some(({ key }) => service.targetGroups.includes(key))) continue;
    for (const condition of conditions)
      if (condition.field === 'http-header')
        headers[condition.header] = directory.text(condition.values[0], words.header(condition.header));
  }
  return headers;
}

export function faultsOf({
  service,
  cloud,
  database,
  cache,
  blueprint,
  queues,
}: Omit<OfferInput, 'issuer' | 'url' | 'certificate' | 'templateHash' | 'speed' | 'visibilityTimeout'>): Faults {
  return {
    async killTask() {
      const [id] = service.healthy();
      const task = service.tasks().find((each) => each.id === id);
      if (task === undefined) throw localProblem('noTaskInTraffic', {});
      await task.process.kill();
      return task.id;
    },
    ...(blueprint.database.instances < 2 ? {} : { failDatabaseOver: () => database.crashWriter() }),
    ...(cache === undefined ? {} : { stopCache: () => cache.stop(), startCache: () => cache.start() }),
    sendMessage: (queue, body) => cloud.send(queues[queue], body),
  };
}
