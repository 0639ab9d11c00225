// What every stack of the platform shares: where it lives, what it is for, its tags, its guards, and the commit it was built from.
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Design, Environment, Sizes, StackName } from '../../design/schema.ts';

export interface PlatformStackProps {
  readonly design: Design;
  readonly environment: Environment;
}

/**
 * A stack of one environment. It names its region and no account, so that a build needs neither credentials nor an account number and
 * one document serves any account. The id is `<Environment><Name>Stack`, directly under the app, and so is the physical name.
 *
 * Day 2: `aws cloudformation describe-stacks --stack-name <name> --query "Stacks[0].Outputs[?OutputKey=='Commit']"` tells what is
 * deployed (RBK-1).
 *
 * @cost none by itself.
 */
export abstract class PlatformStack extends Stack {
  readonly environmentName: Environment;
  /** Whether what holds data is guarded and outlives the stack: everywhere but in development. */
  readonly kept: boolean;
  readonly sizes: Sizes;
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, { design, environment }: PlatformStackProps) {
    const description = design.stacks.find(({ name }) => id.endsWith(name))?.purpose ?? '';
    const kept = environment !== 'development';
    super(scope, id, {
      env: { region: design.region },
      ...(description === '' ? {} : { description }),
      terminationProtection: kept,
    });
    this.environmentName = environment;
    this.kept = kept;
    this.sizes = design.sizes[environment];
    this.zones = zonesOf(design);

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

  /** The physical name of another stack of the same environment. */
  sibling(name: StackName): string {
    return stackId(this.environmentName, name);
  }
}

/** The id and physical name of a stack, e.g. `ProductionNetworkStack`. */
export function stackId(environment: Environment, name: StackName): string {
  return `${environment.charAt(0).toUpperCase()}${environment.slice(1)}${name}`;
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
