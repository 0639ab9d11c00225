// What the status page is told, once a second, by the platform whose page it is.

import type { Words } from '../../design/messages/words.ts';
/** The arrows and boxes of the diagram, as they are at one moment. Totals count since the platform started. */
export interface Counts {
  /** Requests that the load balancer took, and how many it or a task answered with 5xx. */
  readonly requests: { readonly total: number; readonly failed: number };
  readonly tasks: {
    /** Tasks that take traffic. */
    readonly healthy: number;
    readonly desired: number;
    readonly minimum: number;
    readonly maximum: number;
  };
  readonly cache: { readonly engine: 'redis' | 'valkey' | 'absent'; readonly hits: number; readonly misses: number };
  readonly database: { readonly connections: number; readonly standby: boolean };
  readonly queues: readonly {
    /** `fulfilment`, `work`. */
    readonly name: string;
    /** Messages that wait, and that somebody holds. */
    readonly waiting: number;
    readonly held: number;
    readonly deadLetters: number;
  }[];
  readonly functions: readonly { readonly name: string; readonly invocations: number; readonly errors: number }[];
  readonly orders: { readonly accepted: number; readonly fulfilled: number; readonly receipts: number };
}

export interface RecentOrder {
  readonly id: string;
  readonly customer: string;
  readonly status: 'accepted' | 'fulfilled';
  /** Yen. */
  readonly total: number;
  /** ISO 8601. */
  readonly placedAt: string;
}

/** What happened to one metric since the last reading, as CloudWatch takes it: a set of values by its sum, count, least and greatest. */
export interface Sample {
  /** CloudWatch's, e.g. `AWS/ApplicationELB` and `TargetResponseTime`, in CloudWatch's unit. */
  readonly namespace: string;
  readonly metric: string;
  /** Key of the resource that it is about in the graph, e.g. a function's; absent where there is only one. */
  readonly resource?: string;
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface StatusSource {
  /** The document's feature, e.g. `web-platform`. */
  readonly feature: string;
  readonly environment: string;
  readonly addresses: readonly { readonly name: string; readonly address: string }[];
  counts(): Promise<Counts>;
  /** The newest first, ten at most. */
  recentOrders(): Promise<readonly RecentOrder[]>;
  /** What was measured since the last call. A metric that nothing measures here is left out, and its alarms say so. */
  samples(): Promise<readonly Sample[]>;
}

/** What the buttons of the page are for; whoever starts the page brings it. */
export interface DrillBoard {
  states(): readonly DrillState[];
  /** Begins a drill and does not wait for it. */
  start(name: string): 'started' | 'busy' | 'unknown' | 'unable';
}

export interface DrillState {
  readonly name: string;
  /** Whether this platform can do it: without a cache, none can be taken away. */
  readonly able: boolean;
  /** What it is doing, while it runs; in a long wait also how far that is, in seconds. */
  readonly step?: string;
  readonly progress?: { readonly seconds: number; readonly most: number };
  /** Seconds that it may take, where those are minutes by its nature. */
  readonly lasts?: number;
  /** What a command is running against the platform, so that no drill can begin. */
  readonly busy?: string;
  /** Of its last run. */
  readonly result?: {
    readonly accepted: number;
    readonly fulfilled: number;
    readonly lost: number;
    readonly doubled: number;
    readonly failedRequests: number;
    readonly recoveryMs: number | null;
  };
  readonly criteria?: readonly { readonly id: string; readonly verdict: string }[];
  /** Whether the machine disturbed the last run, so that it judges nothing. */
  readonly disturbed?: boolean;
  /** Why the last run came to nothing. */
  readonly failure?: Words;
}
