// The stacks that can be built, and what they take from each other, whatever a document says of it: what a document adds must not close a
// circle with these.

/** By stack, those that it reads something of (STK-1…8, and two that the form leaves out: Messaging for Compute, Cache for Monitoring). */
export const stackNeeds: Readonly<Record<string, readonly string[]>> = {
  NetworkStack: [],
  SecurityStack: ['NetworkStack'],
  DatabaseStack: ['NetworkStack', 'SecurityStack'],
  CacheStack: ['NetworkStack', 'SecurityStack'],
  StorageStack: [],
  ComputeStack: ['NetworkStack', 'SecurityStack', 'DatabaseStack', 'CacheStack', 'StorageStack', 'MessagingStack'],
  MessagingStack: [],
  MonitoringStack: ['ComputeStack', 'DatabaseStack', 'CacheStack'],
};

/** In the form's order. */
export const stackNames: readonly string[] = Object.keys(stackNeeds);
