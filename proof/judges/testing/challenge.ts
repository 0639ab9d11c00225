// Passes on trial: the property that a piece of evidence names is spoilt in the templates, and the judge is asked again. A pass that does not
// notice has not rested on what it shows.
import { isNode, isNodes, type Node, type StackSource, type TemplateNode } from '../../../assembly/scope.ts';
import type { Evidence } from '../verdict.ts';

/** The templates with the property of a piece of evidence spoilt, in each way that there is; empty where it names no property of a resource. */
export function spoiltBy(
  { stack, property }: Pick<Evidence, 'stack' | 'property'>,
  sources: readonly StackSource[],
): readonly (readonly StackSource[])[] {
  const path = property
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const source = sources.find(({ id }) => id === stack);
  if (source === undefined || path.length < 4 || path[0] !== 'Resources') return [];
  const value = nodeAt(source.template, path);
  if (value === undefined) return [];
  return [undefined, ...others(value)].map((other) => {
    const template = replaced(source.template, path, other);
    return sources.map((one) => (one === source && isNode(template) ? { ...one, template } : one));
  });
}

/** What may stand in a value's place; what is no literal is only taken away. */
function others(value: Node): readonly Node[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1_000_003, 0];
  if (typeof value !== 'string') return [];
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true'];
  return Number.isNaN(Number(value)) ? ['spoilt'] : [String(Number(value) + 1_000_003), '0'];
}

function nodeAt(node: Node, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((inner, key) => {
    if (inner === undefined || inner === null || typeof inner !== 'object') return undefined;
    return isNodes(inner) ? inner[Number(key)] : Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, node);
}

/** A copy in which another value, or nothing, stands at a path. */
function replaced(node: Node, [key, ...further]: readonly string[], value: Node | undefined): Node | undefined {
  if (key === undefined) return value;
  if (node === null || typeof node !== 'object') return node;
  if (isNodes(node)) {
    return node.flatMap((item, index) => (String(index) === key ? (replaced(item, further, value) ?? []) : [item]));
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, item]): [string, Node][] => {
      const changed = name === key ? replaced(item, further, value) : item;
      return changed === undefined ? [] : [[name, changed]];
    }),
  ) satisfies TemplateNode;
}
