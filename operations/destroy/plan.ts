// What taking an environment away would delete: every stack that is there, what lies in it, and what stays. It changes nothing.

import { createHash } from 'node:crypto';
import { isNode, type TemplateNode } from '../../assembly/scope.ts';
import type { Environment } from '../../design/schema.ts';
import { canonical } from '../deploy/canonical.ts';
import type { CloudFormation, StackState } from '../deploy/cloudformation.ts';
import type { Deployable, DeployableStack } from '../deploy/deployable.ts';
import { isCall } from '../deploy/holds-data.ts';
import { standingOf } from '../deploy/statuses.ts';
import { type Contents, type Store, type Stores, type StoreType, storeTypes } from './stores.ts';

export interface DestroyPorts {
  /** A call that AWS throttles is repeated by the port itself; see retry.ts. */
  readonly cloudFormation: CloudFormation;
  readonly stores: Stores;
}

export interface StackToDelete {
  readonly stack: DeployableStack;
  /** ARN. */
  readonly id: string;
  readonly status: string;
  /** How many resources CloudFormation deletes with it. */
  readonly resources: number;
  readonly stores: readonly { readonly store: Store; readonly contents: Contents }[];
  /** What its template lets stay: `<logical id> (<type>)`. */
  readonly stays: readonly string[];
}

export interface DestroyPlan {
  readonly account: string;
  readonly deployable: Deployable;
  /** In the order of the manifest; those that are not there are left out. */
  readonly stacks: readonly StackToDelete[];
  /** Sixteen hexadecimal digits over the stacks and stores; how much lies in them changes by the minute and is not part of it. */
  readonly digest: string;
}

/** Why a stack is not touched. */
export type DestroyRefusal =
  /** It carries the tags of something else. */
  | {
      readonly kind: 'other';
      readonly stack: string;
      readonly region: string;
      readonly tag: string;
      readonly found: string;
    }
  | { readonly kind: 'protected'; readonly stack: string; readonly region: string }
  | { readonly kind: 'moving'; readonly stack: string; readonly region: string; readonly status: string };

/** Tags by which a stack is known to be the environment's. */
const identity = ['Environment', 'Project'] as const;

/** @throws AwsFault */
export async function planDestroy(
  ports: DestroyPorts,
  deployable: Deployable,
): Promise<DestroyPlan | { readonly refusals: readonly DestroyRefusal[] }> {
  const found = await Promise.all(
    deployable.stacks.map(async (stack) => ({ stack, state: await ports.cloudFormation.describe(stack.place) })),
  );
  const refusals = found.flatMap(({ stack, state }) => refusalsOf(stack, state, deployable.environment));
  if (refusals.length > 0) return { refusals };
  const there = found.flatMap(({ stack, state }) => (state === undefined ? [] : [{ stack, state }]));
  const stacks = await Promise.all(there.map(({ stack, state }) => describe(ports, stack, state)));
  const { account, environment } = deployable;
  const words = {
    ...{ account, environment },
    stacks: stacks.map(({ id, stores }) => ({ id, stores: stores.map(({ store }) => store.physicalId).sort() })),
  };
  const digest = createHash('sha256').update(canonical(words)).digest('hex').slice(0, 16);
  return { account, deployable, stacks, digest };
}

/** Whether a stack is something else than what is to go, or must not be touched now. */
export function refusalsOf(
  stack: DeployableStack,
  state: StackState | undefined,
  environment: Environment,
): readonly DestroyRefusal[] {
  if (state === undefined) return [];
  const { name, region } = stack.place;
  const where = { stack: stack.id, region };
  const isNamed = name.toLowerCase().startsWith(environment);
  const tag = isNamed ? identity.find((key) => state.tags[key] !== stack.tags[key]) : 'Name';
  if (tag !== undefined) return [{ kind: 'other', ...where, tag, found: isNamed ? (state.tags[tag] ?? '') : name }];
  if (state.terminationProtection) return [{ kind: 'protected', ...where }];
  const { status } = state;
  return standingOf(status) === 'moving' && status !== 'DELETE_IN_PROGRESS'
    ? [{ kind: 'moving', ...where, status }]
    : [];
}

async function describe(ports: DestroyPorts, stack: DeployableStack, state: StackState): Promise<StackToDelete> {
  const all = await resourcesOf(ports, stack);
  const looked = await Promise.all(
    storesOf(stack, all).map(async (store) => ({ store, contents: await ports.stores.look(store) })),
  );
  return {
    stack,
    id: state.id,
    status: state.status,
    resources: all.length,
    stores: looked.flatMap(({ store, contents }) => (contents === undefined ? [] : [{ store, contents }])),
    stays: all.flatMap(({ logicalId, type, policy }) =>
      !isCall(type) && (policy === 'Retain' || policy === 'RetainExceptOnCreate' || policy === 'Snapshot')
        ? [`${logicalId} (${type})`]
        : [],
    ),
  };
}

interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly policy: string;
  readonly physicalId: string;
}

/** What a stack has now, by its own template: the document may have changed since. @throws AwsFault */
export async function resourcesOf(
  { cloudFormation }: Pick<DestroyPorts, 'cloudFormation'>,
  { place }: DeployableStack,
): Promise<readonly DeployedResource[]> {
  const template: unknown = JSON.parse(await cloudFormation.template(place));
  const resources: TemplateNode = isNode(template) && isNode(template.Resources) ? template.Resources : {};
  return Object.entries(await cloudFormation.resources(place)).map(([logicalId, physicalId]) => {
    const one = resources[logicalId];
    const { Type = '', DeletionPolicy = '' } = isNode(one) ? one : {};
    return { logicalId, physicalId, type: String(Type), policy: String(DeletionPolicy) };
  });
}

export const storesOf = ({ place }: DeployableStack, resources: readonly DeployedResource[]): readonly Store[] =>
  resources.flatMap(({ logicalId, physicalId, type }) =>
    isStoreType(type) ? [{ region: place.region, logicalId, type, physicalId }] : [],
  );

const isStoreType = (type: string): type is StoreType => storeTypes.some((one) => one === type);

export const isNothing = ({ stacks }: Pick<DestroyPlan, 'stacks'>): boolean => stacks.length === 0;
