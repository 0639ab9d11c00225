// The platform: every stack of an environment, in order, with what it takes from which. Start reading here.

import type { App } from 'aws-cdk-lib';
import { environmentKeys, isProduction } from '../../design/environments.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type RegionRole, stackId } from '../../design/stack-names.ts';
import { recoveryRegion } from './document-values.ts';
import { edgeRegion } from './edge.ts';
import type { PlatformStack, PlatformStackProps } from './platform-stack.ts';
import type { RegionStacks } from './region-stacks.ts';
import { CacheStack } from './stacks/cache-stack.ts';
import { ComputeStack } from './stacks/compute-stack.ts';
import { DatabaseStack } from './stacks/database-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { GovernanceStack } from './stacks/governance-stack.ts';
import { MessagingStack } from './stacks/messaging-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { RecoveryBaseStack } from './stacks/recovery-base-stack.ts';
import { RecoveryStack } from './stacks/recovery-stack.ts';
import { ReferencesStack } from './stacks/references-stack.ts';
import { SecurityStack } from './stacks/security-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { standbyDesign } from './standby-design.ts';

export interface PlatformOptions {
  /** Absent: all of them. */
  readonly environments?: readonly Environment[];
}

/**
 * Puts the stacks of the environments into the app. Production's, where another region takes over: what must stand there first, the
 * stacks that serve, those that stand by, the steps between them, and the edge, which turns from one to the other (DR-1…8).
 */
export function buildPlatform(
  app: App,
  design: Design,
  { environments = environmentKeys(design) }: PlatformOptions = {},
): void {
  for (const environment of environments) {
    const common = { design, environment };
    const recoveryBase = recoveryBaseOf(app, common);
    const primary = buildRegion(app, design, environment, 'primary', {
      recoveryBase,
      references: recoveryBase && referencesOf(app, 'BaseReferencesStack', common, [recoveryBase]),
    });
    const recovered = recoveryBase && recoveryOf(app, common, recoveryBase, primary);
    const { security, storage, database, compute, monitoring } = primary;
    const regional = [compute, ...(recovered === undefined ? [] : [recovered.recovery])];
    const edge = new EdgeStack(app, stackId(environment, 'EdgeStack'), {
      ...common,
      references: referencesOf(app, 'EdgeReferencesStack', { ...common, region: edgeRegion }, regional),
      security,
      storage,
      compute,
      ...recovered,
    });
    const elsewhere = [edge, ...(recoveryBase === undefined ? [] : [recoveryBase])];
    new GovernanceStack(app, stackId(environment, 'GovernanceStack'), {
      ...common,
      references: referencesOf(app, 'ReferencesStack', common, elsewhere),
      storage,
      database,
      compute,
      monitoring,
      edge,
      ...(recoveryBase === undefined ? {} : { recoveryBase }),
      ...recovered,
    });
  }
}

/** What a region reads of these stacks comes through one of its own, where any of them is in another region. */
function referencesOf(
  app: App,
  name: string,
  props: PlatformStackProps,
  read: readonly PlatformStack[],
): ReferencesStack | undefined {
  const { design, environment, region = design.region, role } = props;
  if (read.every((other) => other.region === region)) return undefined;
  return new ReferencesStack(app, stackId(environment, name, role), props);
}

/** What waits in the other region, where the document has one. */
function recoveryBaseOf(app: App, common: PlatformStackProps): RecoveryBaseStack | undefined {
  const { design, environment } = common;
  const region = recoveryRegion(design, environment);
  if (region === undefined) return undefined;
  return new RecoveryBaseStack(app, stackId(environment, 'RecoveryBaseStack'), { ...common, region });
}

/** The region that stands by and the steps that make it serve, where the document wants more than copies there. */
function recoveryOf(
  app: App,
  { design, environment }: PlatformStackProps,
  recoveryBase: RecoveryBaseStack,
  primary: RegionStacks,
) {
  const derived = isProduction(design, environment) ? standbyDesign(design) : undefined;
  if (derived === undefined) return undefined;
  const common = { design: derived, environment, role: 'standby' } as const;
  const references = referencesOf(app, 'ReferencesStack', common, [primary.compute]);
  const standby = buildRegion(app, derived, environment, 'standby', { recoveryBase, primary, references });
  const recovery = new RecoveryStack(app, stackId(environment, 'RecoveryStack'), {
    design,
    environment,
    references,
    primary,
    standby,
  });
  return { standby, recovery };
}

/** What a region takes of those that were built before it. */
interface RegionDependencies {
  /** Absent: nothing of the environment is kept elsewhere. */
  readonly recoveryBase?: RecoveryBaseStack | undefined;
  /** What a region that stands by would take over from. */
  readonly primary?: RegionStacks;
  /** By way of what their values are read. */
  readonly references?: ReferencesStack | undefined;
}

/**
 * The stacks of an environment in one region. Each takes whole stacks and reads their public properties; CDK turns what crosses into
 * weak references, so that no stack is held by another. The region that stands by is built from a design of its own (`standbyDesign`).
 */
export function buildRegion(
  app: App,
  design: Design,
  environment: Environment,
  role: RegionRole,
  { recoveryBase, primary, references }: RegionDependencies = {},
): RegionStacks {
  const id = (name: string) => stackId(environment, name, role);
  const common = { design, environment, role, references };
  const elsewhere = {
    recoveryBase,
    primary,
  };

  const network = new NetworkStack(app, id('NetworkStack'), common);
  const security = new SecurityStack(app, id('SecurityStack'), { ...common, ...elsewhere, network });
  const database = new DatabaseStack(app, id('DatabaseStack'), { ...common, ...elsewhere, network, security });
  const cache = design.stacks.some(({ name }) => name === 'CacheStack')
    ? new CacheStack(app, id('CacheStack'), { ...common, network, security })
    : undefined;
  const storage = new StorageStack(app, id('StorageStack'), { ...common, ...elsewhere });
  const messaging = new MessagingStack(app, id('MessagingStack'), common);
  const compute = new ComputeStack(app, id('ComputeStack'), {
    ...common,
    network,
    security,
    database,
    cache,
    storage,
    messaging,
  });
  const monitoring = new MonitoringStack(app, id('MonitoringStack'), { ...common, compute, database, cache });

  waitAsSaid(design, {
    NetworkStack: network,
    SecurityStack: security,
    DatabaseStack: database,
    CacheStack: cache,
    StorageStack: storage,
    MessagingStack: messaging,
    ComputeStack: compute,
    MonitoringStack: monitoring,
  });
  return { network, security, database, cache, storage, messaging, compute, monitoring };
}

/** The document may make a stack wait for one that it takes nothing of. */
function waitAsSaid({ stacks }: Design, made: Readonly<Record<string, PlatformStack | undefined>>): void {
  for (const { name, dependsOn } of stacks) {
    for (const other of dependsOn) {
      const [later, earlier] = [made[name], made[other]];
      if (later !== undefined && earlier !== undefined) later.addStackDependency(earlier);
    }
  }
}
