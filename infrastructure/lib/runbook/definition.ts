// The state machine as it stands in the template, as far as a runbook has to know it.

import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import type { Environment } from '../../../design/schema.ts';
import { stackId } from '../../../design/stack-names.ts';

const state = z.object({
  Type: z.string(),
  Comment: z.string().optional(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.object({ Variable: z.string(), StringEquals: z.string(), Next: z.string() })).optional(),
  Retry: z
    .array(
      z.object({ ErrorEquals: z.array(z.string()), IntervalSeconds: z.number().optional(), MaxAttempts: z.number() }),
    )
    .optional(),
});
const definition = z.object({
  StartAt: z.string(),
  TimeoutSeconds: z.number(),
  States: z.record(z.string(), state),
});
export type Definition = z.infer<typeof definition>;
type State = z.infer<typeof state>;

const machine = z.object({
  Type: z.literal('AWS::StepFunctions::StateMachine'),
  Properties: z.object({
    DefinitionString: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }),
  }),
});

/** Of the environment that has one; throws where the document has no region that takes over. */
export function failoverDefinition(app: App, environment: Environment): Definition {
  const { template } = app.synth().getStackByName(stackId(environment, 'RecoveryStack'));
  const { Resources } = z.object({ Resources: z.record(z.string(), z.unknown()) }).parse(template);
  const found = Object.values(Resources).flatMap((resource) => {
    const read = machine.safeParse(resource);
    return read.success ? [read.data] : [];
  });
  const [{ Properties } = { Properties: undefined }] = found;
  if (Properties === undefined) throw new Error('The recovery stack has a state machine');
  // What stands between the texts is references: ARNs and names, which a runbook has no need of.
  const text = Properties.DefinitionString['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '-'));
  return definition.parse(JSON.parse(text.join('')));
}

/** The states that a run passes, from its start to its end, given the values that choices look at. */
export function pathOf({ StartAt, States }: Definition, values: Readonly<Record<string, string>>): string[] {
  const path: string[] = [];
  let next: string | undefined = StartAt;
  while (next !== undefined && path.length <= Object.keys(States).length) {
    const current: State | undefined = States[next];
    if (current === undefined) throw new Error(`The state machine goes on at ${next}, which is none of its states`);
    if (current.Type === 'Task') path.push(next);
    next = chosen(current, values) ?? current.Default ?? current.Next;
  }
  return path;
}

function chosen({ Choices = [] }: State, values: Readonly<Record<string, string>>): string | undefined {
  return Choices.find(({ Variable, StringEquals }) => values[Variable] === StringEquals)?.Next;
}

/** Seconds between two questions of a state that waits, and minutes until it gives up; `undefined` when it does not wait. */
export function pollingOf({ Retry = [] }: State) {
  const waiting = Retry.find(({ ErrorEquals }) => ErrorEquals.includes('NotYet'));
  if (waiting?.IntervalSeconds === undefined) return undefined;
  const { IntervalSeconds: seconds, MaxAttempts: times } = waiting;
  return { seconds, minutes: Math.round((seconds * times) / 60) };
}
