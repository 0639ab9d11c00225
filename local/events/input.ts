// What a rule's target gets of an event: the event itself, a text of the rule's own, or one with values of the event put into it.
import type { EventTargetPlan } from '../blueprint/stores.ts';
import type { Json } from './match-event.ts';

export function inputOf({ input, template, paths }: EventTargetPlan, event: Json): string {
  if (input !== undefined) return input;
  if (template === undefined) return JSON.stringify(event);
  return template.replace(/<([\w.-]+)>/g, (whole, name: string, offset: number) => {
    const path = paths[name];
    if (path === undefined) return whole;
    const value = valueAt(event, path);
    // Within quotes a value is part of the text, elsewhere it is JSON of its own.
    const inText = [...template.slice(0, offset).matchAll(/(?<!\\)"/g)].length % 2 === 1;
    const json = JSON.stringify(value ?? '');
    return inText ? (typeof value === 'string' ? json.slice(1, -1) : json) : json;
  });
}

/** `$.detail.group`. */
function valueAt(event: Json, path: string): Json | undefined {
  return path
    .split('.')
    .slice(1)
    .reduce<Json | undefined>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? (inner as { readonly [name: string]: Json })[name]
          : undefined,
      event,
    );
}
