// What the steps of a failover ask for, in words of the platform and of no cloud: `aws/` makes them of AWS, a drill of two
// regions on one machine.
import type { PromotionKind, RecoveryLedger, Role } from './ledger.ts';

/** The least and the most tasks of a service. */
export interface Size {
  readonly minimum: number;
  readonly maximum: number;
}

/** How far behind the standby region's database was, when that was last measured. */
export interface Replication {
  /** ISO time of the measurement. */
  readonly measuredAt: string;
  readonly lagMs: number;
}

/** The database of both regions. Everything is asked where the standby is, unless `promote` is told otherwise. */
export interface Database {
  /** The region whose database takes writes; `undefined` while that is changing. */
  writer(): Promise<Role | undefined>;
  /** `undefined` when nothing was measured for minutes. */
  replication(): Promise<Replication | undefined>;
  /**
   * Asks that `to` becomes the writer and does not wait for it. `switchover` loses nothing and needs both regions, `failover` needs `to`
   * alone. `askedIn`: the region whose control plane is asked.
   * @throws NotYet when the database is busy with something else.
   */
  promote(to: Role, how: PromotionKind, askedIn: Role): Promise<void>;
}

/** How well the database that does not write follows the one that does. */
export interface Followers {
  /** Whether a region's database could be switched over to now, or takes writes already. */
  couldTakeOver(region: Role): Promise<boolean>;
}

/** What the standby's database may use at least: next to nothing while it rests, as much as production's while it works. */
export interface Capacity {
  set(level: CapacityLevel): Promise<void>;
  /** Whether it is in force. */
  isAt(level: CapacityLevel): Promise<boolean>;
}

type CapacityLevel = 'working' | 'resting';

/** The tasks of a region. */
export interface RegionService {
  /** Moves the bounds, and the count of tasks into them; does not wait. */
  scale(size: Size): Promise<void>;
  /** Tasks that run or are about to. */
  running(): Promise<number>;
}

/** The same tasks, as the region's load balancer finds them. */
export interface Targets {
  healthy(): Promise<number>;
}

/** A task beside the service, from the same image, that ends by itself. */
export interface OneOff {
  /** Starts it once for a token, however often it is asked; gives its name. */
  start(command: string, token: string): Promise<string>;
  outcome(task: string): Promise<'running' | 'succeeded' | 'failed'>;
}

/** The region's load balancer, as anybody on the internet finds it. */
export interface LoadBalancer {
  /** Status of the answer to `GET path`; 0 when there is none. */
  ask(path: string): Promise<number>;
}

/** Publishes which region may serve: at once, besides what is said every minute. */
export interface Latch {
  publish(serving: Role): Promise<void>;
}

/** Which region people's requests go to. */
export interface Traffic {
  /** `by-hand` where no record can be asked; `undefined`: neither region, or both. */
  goesTo(): Promise<Role | 'by-hand' | undefined>;
}

/** What one region's queues hold, brought to the other's. */
export interface Messages {
  /** Moves some; how many those were and how many there still are, as far as that is known. */
  move(from: Role, to: Role): Promise<number>;
}

/** What one region's bucket holds, copied to the other's. */
export interface Files {
  /** Copies some that are newer than `since` (ISO time), from `cursor` on; gives the next cursor, `undefined` at the end. */
  copy(from: Role, to: Role, since: string, cursor: string | undefined): Promise<string | undefined>;
}

/** Tells people. */
export interface News {
  tell(subject: string, text: string): Promise<void>;
}

/** Keeps reports. */
export interface Archive {
  /** Gives the place. */
  keep(name: string, text: string): Promise<string>;
}

/** What runs the steps. */
export interface Executions {
  isRunning(execution: string): Promise<boolean>;
}

export interface Clock {
  now(): Date;
}

/** All of them. A step is given those it names. */
export interface RecoveryPorts {
  readonly ledger: RecoveryLedger;
  readonly clock: Clock;
  readonly executions: Executions;
  readonly database: Database;
  readonly followers: Followers;
  readonly capacity: Capacity;
  /** A region's part of the platform, made when it is asked for: in a failover nobody asks for the primary's (DR-6). */
  readonly service: (region: Role) => RegionService;
  readonly targets: (region: Role) => Targets;
  readonly oneOff: (region: Role) => OneOff;
  readonly loadBalancer: (region: Role) => LoadBalancer;
  /** Tasks of production, by region: the document's. */
  readonly size: Size;
  readonly latch: Latch;
  readonly traffic: Traffic;
  readonly messages: Messages;
  readonly files: Files;
  readonly news: News;
  readonly archive: Archive;
}
