// The template that a stack is handed in with: as it was built, with its reads turned to the values of now.
import type { TemplateNode } from '../../assembly/scope.ts';
import type { StackState } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import { type DeployedReads, type Read, type ReadKey, readsOf, valueDigest, withReads } from './reads.ts';

/**
 * A stack's template as it is to be handed in, with its reads turned where their value is another than at its last deployment.
 * @param before what is deployed; `undefined` where the stack is new
 * @param stateOf the stack that a read reads; `undefined` where its output cannot be known yet
 */
export async function bodyWith(
  stack: DeployableStack,
  before: { readonly template: TemplateNode; readonly state: StackState | undefined } | undefined,
  stateOf: (read: Read) => Promise<StackState | undefined>,
): Promise<TemplateNode> {
  const states = new Map<ReadKey, StackState | undefined>();
  // Two passes: the states are asked for, the template is made of them.
  for (const read of readsOf(stack.template, stack.place.region)) states.set(read.key, await stateOf(read));
  const deployed: DeployedReads | undefined =
    before === undefined
      ? undefined
      : {
          template: before.template,
          isOlderThan: ({ key }) => (states.get(key)?.updated ?? 0) > (before.state?.updated ?? 0),
        };
  const digest = ({ key, output }: Read) => {
    const value = states.get(key)?.outputs[output];
    return value === undefined ? undefined : valueDigest(value);
  };
  return withReads(stack.template, stack.place.region, digest, deployed);
}
