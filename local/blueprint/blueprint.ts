// The blueprint of a platform: all that the templates of one environment say about what runs, as plain data. Nothing that a template
// says is repeated as a constant anywhere in this room.

import type { Assembly } from '../../assembly/graph.ts';
import type { Environment } from '../../design/schema.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import { type FunctionPlan, readFunctions } from './functions.ts';
import { type LoadBalancerPlan, readLoadBalancer } from './load-balancer.ts';
import { localGraphOf } from './local-graph.ts';
import { readService, type ServicePlan } from './service.ts';
import * as stores from './stores.ts';

export interface Blueprint {
  readonly environment: Environment;
  readonly region: string;
  /** Ids of the stacks that it was read from. */
  readonly stacks: readonly string[];
  readonly service: ServicePlan;
  readonly loadBalancer: LoadBalancerPlan;
  readonly functions: readonly FunctionPlan[];
  readonly database: stores.DatabasePlan;
  /** Absent where the templates have none. */
  readonly cache: stores.CachePlan | undefined;
  readonly queues: readonly stores.QueuePlan[];
  readonly topics: readonly stores.NamedPlan[];
  readonly buckets: readonly stores.NamedPlan[];
  readonly tables: readonly stores.TablePlan[];
  readonly secrets: readonly stores.SecretPlan[];
  readonly rules: readonly stores.EventRulePlan[];
}

/** @throws LocalProblem when the templates lack what a platform cannot do without. */
export function readBlueprint(graph: Assembly, environment: Environment, role?: RegionRole): Blueprint {
  const localGraph = localGraphOf(graph, environment, role);
  return {
    environment,
    region: localGraph.home,
    stacks: localGraph.stacks.map(({ id }) => id),
    service: readService(localGraph),
    loadBalancer: readLoadBalancer(localGraph),
    functions: readFunctions(localGraph),
    database: stores.readDatabase(localGraph),
    cache: stores.readCache(localGraph),
    queues: stores.readQueues(localGraph),
    topics: stores.readTopics(localGraph),
    buckets: stores.readBuckets(localGraph),
    tables: stores.readTables(localGraph),
    secrets: stores.readSecrets(localGraph),
    rules: stores.readEventRules(localGraph),
  };
}
