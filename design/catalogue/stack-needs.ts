// What stacks take from each other, whatever a document says of it: what a document adds must not close a circle with these.
import type { StackName } from '../schema.ts';

/** By stack, those that it reads something of (STK-1…8, and two that the form leaves out: Messaging for Compute, Cache for Monitoring). */
export const stackNeeds: Readonly<Record<StackName, readonly StackName[]>> = {
  NetworkStack: [],
  SecurityStack: ['NetworkStack'],
  DatabaseStack: ['NetworkStack', 'SecurityStack'],
  CacheStack: ['NetworkStack', 'SecurityStack'],
  StorageStack: [],
  MessagingStack: [],
  ComputeStack: ['NetworkStack', 'SecurityStack', 'DatabaseStack', 'CacheStack', 'StorageStack', 'MessagingStack'],
  MonitoringStack: ['ComputeStack', 'DatabaseStack', 'CacheStack'],
};
