// The creation that fails on purpose: a stack as it is built, with one resource more that waits for all others and then for a signal that
// nobody sends. So everything has been made when it fails, and everything has to be taken back (ADR-050).
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html

import { createHash } from 'node:crypto';
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import { Refusal } from '../../design/refusal.ts';
import { canonical } from '../deploy/canonical.ts';
import type { Deployable, DeployableStack } from '../deploy/deployable.ts';
import { isStateful } from '../deploy/holds-data.ts';
import { refusals } from '../refusals.ts';

export interface FailingCreation {
  /** The same stacks, one of which cannot come up. */
  readonly deployable: Deployable;
  readonly stack: DeployableStack;
  /** Logical ids of what must have been made before it fails. */
  readonly resources: readonly string[];
}

/** Logical id of the resource that fails. */
export const failingId = 'FailsOnPurpose';
const handleId = 'FailsOnPurposeHandle';

/** @throws Error when the environment has no stack */
export function failingCreation(deployable: Deployable): FailingCreation {
  const chosen = choose(deployable.stacks);
  const resources = resourcesIn(chosen.template);
  // A resource with a condition may not be made at all.
  const made = Object.entries(resources).flatMap(([id, one]) =>
    isNode(one) && one.Condition === undefined ? [id] : [],
  );
  const template = {
    ...chosen.template,
    Resources: {
      ...resources,
      [handleId]: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      [failingId]: {
        Type: 'AWS::CloudFormation::WaitCondition',
        DependsOn: made,
        Properties: { Handle: { Ref: handleId }, Timeout: '1', Count: 1 },
      },
    },
  };
  const stack = { ...chosen, template, hash: createHash('sha256').update(canonical(template)).digest('hex') };
  const stacks = deployable.stacks.map((one) => (one === chosen ? stack : one));
  return { deployable: { ...deployable, stacks }, stack, resources: made };
}

/** A database is what AWS most likely refuses to take back; after that, whatever else holds data. */
function choose(stacks: readonly DeployableStack[]): DeployableStack {
  const hasDatabase = ({ template }: DeployableStack) =>
    Object.values(resourcesIn(template)).some((one) => isNode(one) && one.Type === 'AWS::RDS::DBCluster');
  const chosen = stacks.find(hasDatabase) ?? stacks.find(({ template }) => isStateful(template)) ?? stacks[0];
  if (chosen === undefined) throw new Refusal(refusals.nothingToFail);
  return chosen;
}

function resourcesIn(template: TemplateNode): TemplateNode {
  const resources = member(template, 'Resources');
  return isNode(resources) ? resources : {};
}
