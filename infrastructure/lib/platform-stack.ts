// What every stack of the platform shares: where it lives, what it is for, its tags, its guards, and the commit it was built from.

import { CfnOutput, CrossStackReferences, ReferenceStrength, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isDisposable, perEnvironment } from '../../design/environments.ts';
import type { Design, Environment, Sizes } from '../../design/schema.ts';
import { type RegionRole, stackId } from '../../design/stack-names.ts';

/** Stacks that the document draws into none of its own and the platform cannot do without (ARC-6), each with what it is for. */
const furtherStacks = {
  EdgeStack: 'Everything between people and the load balancer: names, cache, firewall',
  BaseReferencesStack: 'What the stacks of this region read of the copies in the other one',
  EdgeReferencesStack: 'What the edge reads of other regions',
  ReferencesStack: 'What the stacks of this region read of other regions',
  GovernanceStack: 'What is done in the account, what it costs, and when it rests',
  RecoveryBaseStack: 'Copies in another region, and what else must be there before the first one is lost',
  RecoveryStack: 'The steps by which the other region takes over, and gives back',
} as const;

/** Repeats values of other regions' stacks in this region: see `ReferencesStack`. */
export interface References {
  /** A value of a stack of another region, as `reader` reads it in its own. */
  repeat(reader: Stack, other: PlatformStack, name: string, value: string): string;
}

export interface PlatformStackProps {
  readonly design: Design;
  readonly environment: Environment;
  /** Where the stack lives; absent: in the design's region. */
  readonly region?: string;
  /** What its region is for; absent: it serves. The design of a standby region is derived, see standby-design.ts. */
  readonly role?: RegionRole;
  /** By way of what it reads other regions; absent: it reads none. */
  readonly references?: References | undefined;
  /** Whether it asks other regions itself, as a references stack alone may; absent: it does not. */
  readonly asksOtherRegions?: boolean;
}

/**
 * A stack of one environment. It names its region and no account, so that a build needs neither credentials nor an account number and
 * one document serves any account. The id is `<Environment><Name>Stack`, directly under the app, and so is the physical name; the one
 * that stands by is `<Environment>Standby<Name>Stack`, so that no two stacks of an account have a name in common.
 *
 * Day 2: `aws cloudformation describe-stacks --stack-name <name> --query "Stacks[0].Outputs[?OutputKey=='Commit']"` tells what is
 * deployed (RBK-1).
 *
 * @cost none by itself.
 */
export abstract class PlatformStack extends Stack {
  readonly environmentName: Environment;
  readonly role: RegionRole;
  /** Whether what holds data is guarded and outlives the stack: not where an environment may be taken away whole. */
  readonly kept: boolean;
  readonly sizes: Sizes;
  private readonly zones: readonly string[];
  private readonly references: References | undefined;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    const { design, environment, region, role = 'primary', references, asksOtherRegions = false } = props;
    const description = purposeOf(id, design);
    const kept = !isDisposable(design, environment);
    super(scope, id, {
      env: { region: region ?? design.region },
      ...(description === '' ? {} : { description }),
      terminationProtection: kept,
    });
    if (asksOtherRegions || this.region !== design.region || role === 'standby') {
      // Whatever the app says: strong references between regions are custom resources on both sides.
      CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    }
    this.environmentName = environment;
    this.role = role;
    this.kept = kept;
    this.sizes = perEnvironment(design.sizes, environment);
    this.zones = zonesOf(design);
    this.references = references;
    if (!asksOtherRegions) this.node.addValidation({ validate: () => this.askedElsewhere() });

    tag(this, design, environment);
    const commit: unknown = this.node.tryGetContext('commit');
    if (typeof commit === 'string' && commit !== '') {
      new CfnOutput(this, 'Commit', { value: commit, description: 'The commit that this stack was built from' });
    }
  }

  /** The document's zones. CDK's own answer would be a look-up in an account, or a guess at `Fn::GetAZs`. */
  override get availabilityZones(): string[] {
    return [...this.zones];
  }

  /**
   * A value of another stack as this one reads it: itself in the same region, else its repetition in this one.
   * @param name what the value is, within that stack, e.g. `LoadBalancer`: part of an output's name
   */
  readFrom(other: PlatformStack, name: string, value: string): string {
    if (other.region === this.region) return value;
    if (this.references === undefined) throw new Error(`${this.stackName} reads nothing of ${other.region}`);
    return this.references.repeat(this, other, name, value);
  }

  /** Stacks of other regions that this one would ask itself: it could not be changed while their region is away. */
  private askedElsewhere(): string[] {
    return this.dependencies
      .filter(({ region }) => region !== this.region)
      .map(({ stackName }) => `${this.stackName} reads ${stackName}, which is in another region: see readFrom`);
  }

  /** Its name without the environment's and the word, e.g. `StandbyCompute`. */
  get shortName(): string {
    return this.stackName.slice(this.environmentName.length).replace(/Stack$/, '');
  }

  /** The physical name of another stack of the same environment and region. */
  sibling(name: string): string {
    return stackId(this.environmentName, name, this.role);
  }
}

/** In the document's words, where it has any. */
function purposeOf(id: string, { stacks }: Design): string {
  const further = Object.entries(furtherStacks).map(([name, purpose]) => ({ name, purpose }));
  return [...stacks, ...further].find(({ name }) => id.endsWith(name))?.purpose ?? '';
}

/** Names of the zones that the document's subnets lie in, e.g. `ap-northeast-1a`, in the order of their letters. */
function zonesOf(design: Design): string[] {
  const letters = new Set(design.network.subnets.map(({ zone }) => zone));
  return [...letters].sort().map((letter) => `${design.region}${letter}`);
}

/** Tags for bills and people; they reach every resource of the stack that takes tags, and the stack itself. */
function tag(stack: Stack, { inputs }: Design, environment: Environment): void {
  const tags = { Environment: environment, Project: inputs.project, Owner: inputs.owner, ManagedBy: 'CDK' };
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
}
