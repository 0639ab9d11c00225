// A running platform as load and drills see it, wherever it runs. This machine's platform is one target, a deployed one another: each
// says what it can do to itself, and a drill that needs more says so instead of pretending.
import type { Design, Environment } from '../design/schema.ts';
import type { RunLock } from './run-lock.ts';

/** The two queues of the workload. */
export type QueueName = 'fulfilment' | 'work';

export interface QueueOfTarget {
  readonly name: QueueName;
  /** Seconds after which a message that nobody finished with is seen again. */
  readonly visibilityTimeout: number;
  /** After so many deliveries a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

/** How the number of tasks follows the load; seconds as they pass here, so that a target in quick motion says its short ones. */
interface ScalingOfTarget {
  readonly minimum: number;
  readonly maximum: number;
  /** Requests a minute that one task is meant to take: the value that target tracking holds on to. */
  readonly requestsPerTask: number;
  /** Seconds of load above (below) the target until the scaler has started (stopped) a task, cool-down included, at most. */
  readonly secondsToScaleOut: number;
  readonly secondsToScaleIn: number;
}

export interface Target {
  readonly kind: 'local' | 'aws';
  readonly environment: Environment;
  /** Where the API answers, without a slash at its end, e.g. `https://127.0.0.1:8443`. */
  readonly url: string;
  /** PEM of what vouches for the certificate at `url`; absent: the public authorities do. */
  readonly certificate?: string;
  /** Of the templates that it runs from; see assembly/template-hash.ts. */
  readonly templateHash: string;
  /** What the document that it was built from expects of it. */
  readonly design: Pick<Design, 'environments' | 'criteria' | 'requestsPerSecond' | 'tests' | 'recovery'>;
  readonly scaling: ScalingOfTarget;
  readonly queues: readonly QueueOfTarget[];

  /** The headers that a request of this customer carries: its bearer token, and what else lets it in at `url`. */
  headers(customer: string): Promise<Readonly<Record<string, string>>>;
  /** Ids of the tasks that take traffic now. */
  tasks(): Promise<readonly string[]>;
  /** Messages in the dead-letter queue of this queue. */
  deadLetters(queue: QueueName): Promise<number>;
  /** What can be done to it; a member that is absent cannot be done here. */
  readonly faults: Faults;
  /** Who may run something against it; absent where nobody keeps count. */
  readonly turn?: RunLock;
  /** Absent where a backup cannot be made and tried from here. */
  readonly backups?: Backups;
  /** What its firewall lets one address ask for, in so many seconds; absent where nothing counts. */
  readonly addressLimit?: { readonly requests: number; readonly seconds: number };
  /** What can be seen of it beyond its API; absent where there is nothing more to see. */
  readonly inspections?: Inspections;
}

/** A physical backup of the database, and the proof of it. */
export interface Backups {
  /** Takes the place of the one before. */
  backUp(): Promise<{
    /** ISO time of the moment that it goes up to. */
    readonly takenAt: string;
    readonly steps: readonly BackupStep[];
  }>;
  /** Restores it into a scratch server, looks for these orders, and removes server and backup. */
  tryBackup(orders: readonly string[]): Promise<{
    readonly steps: readonly BackupStep[];
    /** Of the orders asked for, those that are not there. */
    readonly missing: readonly string[];
    /** Of each table, how many rows are there, and whether they are the source's, by number and content. */
    readonly tables: readonly { readonly name: string; readonly rows: number; readonly same: boolean }[];
    readonly acceptsWrites: boolean;
    /** Milliseconds from the moment of the backup until the restored server took writes. */
    readonly ageMs: number;
  }>;
}

interface BackupStep {
  readonly name: 'files' | 'log' | 'restore' | 'check' | 'write' | 'remove';
  readonly ms: number;
}

/** Each answers with what is there now; a member that is absent has nothing to look at here. */
export interface Inspections {
  /** Where the load balancer itself answers, behind CloudFront: `https://` and its own name. */
  readonly origin?: () => Promise<string | undefined>;
  readonly database?: () => Promise<readonly MemberSeen[]>;
  readonly cache?: () => Promise<readonly MemberSeen[]>;
  readonly alarms?: () => Promise<readonly AlarmSeen[]>;
  /** Of what the templates protect against deletion. */
  readonly protection?: () => Promise<readonly ProtectionSeen[]>;
  /** Whether lines of this trace, written since then, are in the groups that an order writes to. */
  readonly logs?: (traceId: string, since: Date) => Promise<readonly LogGroupSeen[]>;
  /** Names of the segments of a trace, by its W3C id, that have arrived. */
  readonly trace?: (id: string) => Promise<readonly string[]>;
}

/** A cluster, instance or replication group. */
export interface MemberSeen {
  readonly name: string;
  readonly well: boolean;
  /** In the service's own words. */
  readonly status: string;
}

export interface AlarmSeen {
  readonly name: string;
  readonly state: 'ok' | 'ringing' | 'no-data' | 'absent';
}

/** Something that a schedule of the templates protects against deletion, once its stack stands (ADR-047). */
export interface ProtectionSeen {
  readonly name: string;
  readonly region: string;
  /** `to-come`: not on yet, and the schedule has not been there for long enough; `absent`: the thing itself is not there. */
  readonly state: 'on' | 'to-come' | 'off' | 'absent';
  /** When the schedule calls next, to the minute; absent where it is not there. */
  readonly next?: string;
  /** Puts it on at once. */
  readonly command: string;
  /** Shows whether the schedule is switched on. */
  readonly schedule: string;
}

export interface LogGroupSeen {
  readonly name: string;
  readonly there: boolean;
  /** As the template has it, and as it is; `null`: for ever. */
  readonly expectedDays: number | null;
  readonly days: number | null;
  /** Absent where an order need not leave any. */
  readonly lines?: boolean;
}

/** Each resolves once the fault is made, not once it is mended: mending is what is measured. */
export interface Faults {
  /** Ends one task that takes traffic, without a word to it, and says which. */
  readonly killTask?: () => Promise<string>;
  /** Takes the database's writer away, so that the standby must take over. Absent where there is no second instance. */
  readonly failDatabaseOver?: () => Promise<void>;
  /** Takes the cache away, and gives it back empty. */
  readonly stopCache?: () => Promise<void>;
  readonly startCache?: () => Promise<void>;
  /** Puts a message on a queue as it stands. */
  readonly sendMessage?: (queue: QueueName, body: string) => Promise<void>;
}
