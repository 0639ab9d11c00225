// The project's own production, and the releases that tests deploy over it.
import { afterAll, expect } from 'vitest';
import { isNode, member, type TemplateNode } from '../../../assembly/scope.ts';
import { remove, synthesized } from '../../../local/testing/templates.ts';
import { isAllowed } from '../approval.ts';
import { awaitMoving } from '../await-stack.ts';
import { deploy } from '../deploy.ts';
import type { Deployable } from '../deployable.ts';
import type { Script } from './scripted-cloudformation.ts';
import { deployableOf, inputFor, planned, type ScriptedPorts, scriptedPorts } from './scripted-ports.ts';

const directory = synthesized('production');
afterAll(() => remove(directory));

export const production = deployableOf(directory, 'production');

export const names = () => production.stacks.map(({ id }) => id);

/** Production as the next release would have it: something harmless in every stack is other, or in these alone. */
export function changed(
  only?: readonly string[],
  edit: (template: TemplateNode) => TemplateNode = described,
): Deployable {
  const stacks = production.stacks.map((stack) =>
    only === undefined || only.includes(stack.id)
      ? { ...stack, template: edit(stack.template), hash: `${stack.hash}-next` }
      : stack,
  );
  return { ...production, stacks };
}

export const described = (template: TemplateNode): TemplateNode => ({ ...template, Description: 'The next release' });

export async function rollOut(place: ScriptedPorts, run: string, what = production, script?: Script) {
  if (script !== undefined) place.aws.follow(script);
  const ports = place.again();
  const plan = await planned(ports, what, run);
  return deploy(ports, inputFor(plan, run));
}

export async function deployed(): Promise<ScriptedPorts> {
  const place = scriptedPorts();
  expect((await rollOut(place, 'first')).outcome).toBe('deployed');
  place.aws.done.length = 0;
  return place;
}

/** A template in which every resource of a type has these properties besides. */
export function edited(template: TemplateNode, type: string, properties: TemplateNode): TemplateNode {
  const resources = member(template, 'Resources');
  const next = Object.entries(isNode(resources) ? resources : {}).map(([id, one]) => {
    if (!isNode(one) || one.Type !== type) return [id, one] as const;
    return [id, { ...one, Properties: { ...(isNode(one.Properties) ? one.Properties : {}), ...properties } }] as const;
  });
  return { ...template, Resources: Object.fromEntries(next) };
}

export function idsOf({ stacks }: Deployable, stack: string, type: string): readonly string[] {
  const resources = member(stacks.find(({ id }) => id === stack)?.template, 'Resources');
  return Object.entries(isNode(resources) ? resources : {}).flatMap(([id, one]) =>
    isNode(one) && one.Type === type ? [id] : [],
  );
}

/** Goes on with the run in the journal, as `--resume` does. */
export async function resumed(
  place: ScriptedPorts,
  script: Script,
  what = production,
  migrations: readonly string[] = [],
) {
  place.aws.follow(script);
  const entry = place.journal();
  if (entry === undefined) throw new Error('nothing to resume');
  expect(isAllowed(entry, 'production', what.stacks)).toBe(true);
  const ports = place.again();
  await awaitMoving(ports, what.stacks);
  const plan = await planned(ports, what, entry.run, {
    migrations: entry.migrated ? [] : migrations,
    onFailure: entry.onFailure,
  });
  return deploy(ports, { ...inputFor(plan, entry.run), migrations, resumed: entry });
}
