// The references stack: the one place of a region that asks other regions (ADR-049).
import { CfnOutput, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { CfnParameter as StoredParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { PlatformStack, type PlatformStackProps, type References } from '../platform-stack.ts';

/**
 * Repeats as outputs of its own what stacks of its region read of other regions. A reference is resolved whenever the stack that has it is
 * created or updated (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html),
 * so a stack that asks a region which is away cannot be changed. This one then stays as it is, and all others can be changed.
 *
 * CloudFormation wants a resource in every stack. Its value means nothing: another one is a change, with which all is read anew.
 *
 * Day 2: `hashira deploy` follows values that have changed by itself. With the CDK CLI, after a change that gave something a new name or
 * ARN: `npx cdk deploy <this stack> --exclusively --parameters Reading=again`, the next time `Reading=once`, and then whoever reads it.
 * While the other region is away: `npx cdk deploy <stack> --exclusively`, for any stack but this one.
 *
 * @cost none: a standard parameter is free.
 */
export class ReferencesStack extends PlatformStack implements References {
  private readonly repeated = new Map<string, { readonly output: CfnOutput; readonly value: string }>();

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, { ...props, asksOtherRegions: true });
    const reading = new CfnParameter(this, 'Reading', {
      description: 'Both values mean the same; the other one makes CloudFormation read the other regions anew',
      allowedValues: ['once', 'again'],
      default: 'once',
    });
    new StoredParameter(this, 'LastReading', { type: 'String', value: reading.valueAsString });
  }

  repeat(reader: Stack, other: PlatformStack, name: string, value: string): string {
    // By hand: CDK sees no reference to a stack in the name of one.
    reader.addStackDependency(this);
    const id = `${other.shortName}${name}`;
    const known = this.repeated.get(id);
    if (known !== undefined && JSON.stringify(this.resolve(known.value)) !== JSON.stringify(this.resolve(value))) {
      throw new Error(`${this.stackName} has another value by the name ${id}`);
    }
    const { output } = known ?? { output: new CfnOutput(this, id, { value }) };
    this.repeated.set(id, { output, value });
    return Fn.getStackOutput(this.stackName, output.logicalId, this.region);
  }
}
