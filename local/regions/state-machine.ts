// The state machine of the templates, run here: its states, choices, tries and catches as they are written there. What a task state
// would call is called here by the state's name; pauses pass faster with the speed.

import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { ofEnvironment } from '../../assembly/environments.ts';
import { type Assembly, isProperties, type Resource, textOf, type Value } from '../../assembly/graph.ts';
import { ofType } from '../../assembly/relations.ts';
import { around, type Words } from '../../design/messages/words.ts';
import { reasonsOf } from '../../design/refusal.ts';
import type { Environment } from '../../design/schema.ts';
import { localProblem } from '../problems.ts';
import type { FailedOver, FailoverInput, StepRun } from './messages.ts';

/** With what Step Functions takes where a retrier does not say. */
const retrier = z.looseObject({
  IntervalSeconds: z.number().default(1),
  MaxAttempts: z.number().default(3),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.number().optional(),
});
const stateShape = z.looseObject({
  Type: z.string(),
  Retry: z.array(retrier).default([]),
  Seconds: z.number().optional(),
});
const definitionShape = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), stateShape) });
export type Definition = z.infer<typeof definitionShape>;

/** @throws LocalProblem `noFailover` when the environment has no state machine, or not in a form that can be read. */
export function readStateMachine(graph: Assembly, environment: Environment): Definition {
  const [found] = ofType(ofEnvironment(graph, environment), 'AWS::StepFunctions::StateMachine');
  const parsed = found === undefined ? undefined : definitionShape.safeParse(definitionOf(found));
  if (parsed?.success !== true)
    throw localProblem('noFailover', { environment, what: 'AWS::StepFunctions::StateMachine' });
  return parsed.data;
}

function definitionOf({ properties }: Resource): unknown {
  const { Definition, DefinitionString } = properties;
  if (isProperties(Definition)) return withTexts(Definition);
  return JSON.parse(textOf(DefinitionString) || 'null');
}

/** References within become texts: nobody here calls by ARN. */
function withTexts(value: Value): unknown {
  if (Array.isArray(value)) return value.map((each: Value) => withTexts(each));
  if (isProperties(value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner)]));
  return value !== null && typeof value === 'object' ? textOf(value) : value;
}

export interface RunInput {
  readonly definition: Definition;
  readonly input: FailoverInput;
  readonly execution: string;
  readonly speed: number;
  /** Does what a task state does. */
  run(state: string, input: unknown): Promise<unknown>;
  /** Told of each task state as it is first entered. */
  entered(state: string): void;
}

type Json = Parameters<StateMachine['run']>[0];

/** Runs to the end. Does not throw for an execution that fails: that is an outcome. */
export async function runStateMachine(input: RunInput): Promise<FailedOver> {
  const { definition, execution, speed } = input;
  const times = new Map<string, { startedAt: number; endedAt: number }>();
  let failure: Words | string | undefined;
  const tasks = Object.entries(statesOf(definition)).filter(([, { Type }]) => Type === 'Task');
  const handler = (name: string) => async (given: Json) => {
    const known = times.get(name);
    const time = known ?? { startedAt: Date.now(), endedAt: 0 };
    times.set(name, time);
    if (known === undefined) input.entered(name);
    try {
      // What a function answers is JSON, and so is what this one does.
      return JSON.parse(JSON.stringify((await input.run(name, given)) ?? null));
    } catch (error) {
      // The state that catches it says only that something failed.
      failure = around(reasonsOf(error), (reason) => `${name}: ${reason}`);
      throw error;
    } finally {
      time.endedAt = Date.now();
    }
  };
  const paces = Object.entries(statesOf(definition));
  const machine = new StateMachine(JSON.parse(JSON.stringify(definition)), {
    validationOptions: { noValidate: true },
  });
  const { result } = machine.run(JSON.parse(JSON.stringify(input.input)), {
    context: { Execution: { Id: execution, Input: { ...input.input }, StartTime: new Date().toISOString() } },
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(tasks.map(([name]) => [name, handler(name)])),
      retryIntervalOverrides: Object.fromEntries(
        paces.map(([name, { Retry }]) => [name, Retry.map(({ IntervalSeconds }) => (IntervalSeconds * 1000) / speed)]),
      ),
      waitTimeOverrides: Object.fromEntries(
        paces.flatMap(([name, { Seconds }]) => (Seconds === undefined ? [] : [[name, (Seconds * 1000) / speed]])),
      ),
    },
  });
  const steps = (): StepRun[] => [...times].map(([name, time]) => ({ name, ...time }));
  try {
    const output: unknown = await result;
    return { ok: true, steps: steps(), output };
  } catch (error) {
    return { ok: false, steps: steps(), output: undefined, failure: failure ?? reasonsOf(error) };
  }
}

/** All states, those within others too. */
export function statesOf(definition: unknown): Record<string, z.infer<typeof stateShape>> {
  const { States = {}, Branches = [], Iterator, ItemProcessor } = nestedShape.parse(definition);
  const inner = [...Object.values(States), ...Branches, Iterator, ItemProcessor].filter((each) => each !== undefined);
  return Object.assign(
    {},
    ...inner.map(statesOf),
    Object.fromEntries(Object.entries(States).map(([name, state]) => [name, stateShape.parse(state)])),
  );
}
const nestedShape = z.looseObject({
  States: z.record(z.string(), z.unknown()).optional(),
  Branches: z.array(z.unknown()).optional(),
  Iterator: z.unknown().optional(),
  ItemProcessor: z.unknown().optional(),
});
