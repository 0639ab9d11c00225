// The blueprint of a platform: all that the templates of one environment say about what runs, as plain data. Nothing that a template
// says is repeated as a constant anywhere in this room.

import type { Assembly } from '../../assembly/graph.ts';
import type { Environment } from '../../design/schema.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import { type FrontDoorPlan, readFrontDoor } from './front-door.ts';
import { type FunctionPlan, readFunctions } from './functions.ts';
import { localScene } from './scene.ts';
import { readService, type ServicePlan } from './service.ts';
import * as stores from './stores.ts';

export interface Blueprint {
  readonly environment: Environment;
  readonly region: string;
  /** Ids of the stacks that it was read from. */
  readonly stacks: readonly string[];
  readonly service: ServicePlan;
  readonly frontDoor: FrontDoorPlan;
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
  const scene = localScene(graph, environment, role);
  return {
    environment,
    region: scene.home,
    stacks: scene.stacks.map(({ id }) => id),
    service: readService(scene),
    frontDoor: readFrontDoor(scene),
    functions: readFunctions(scene),
    database: stores.readDatabase(scene),
    cache: stores.readCache(scene),
    queues: stores.readQueues(scene),
    topics: stores.readTopics(scene),
    buckets: stores.readBuckets(scene),
    tables: stores.readTables(scene),
    secrets: stores.readSecrets(scene),
    rules: stores.readEventRules(scene),
  };
}
