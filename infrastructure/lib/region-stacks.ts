// The stacks of one region, as later stacks are given them.
import type { CacheStack } from './stacks/cache-stack.ts';
import type { ComputeStack } from './stacks/compute-stack.ts';
import type { DatabaseStack } from './stacks/database-stack.ts';
import type { MessagingStack } from './stacks/messaging-stack.ts';
import type { MonitoringStack } from './stacks/monitoring-stack.ts';
import type { NetworkStack } from './stacks/network-stack.ts';
import type { SecurityStack } from './stacks/security-stack.ts';
import type { StorageStack } from './stacks/storage-stack.ts';

export interface RegionStacks {
  readonly network: NetworkStack;
  readonly security: SecurityStack;
  readonly database: DatabaseStack;
  /** Absent when the document has no CacheStack. */
  readonly cache: CacheStack | undefined;
  readonly storage: StorageStack;
  readonly messaging: MessagingStack;
  readonly compute: ComputeStack;
  readonly monitoring: MonitoringStack;
}
