// What CloudFormation does to a template before it is one: loops (`Fn::ForEach`), which are carried out here, and macros, which are not.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
import { isNode, isNodes, member, type Node, type TemplateNode } from './scope.ts';

const loop = 'Fn::ForEach::';
/** Copies that one loop may make; CloudFormation has 500 resources a template. */
const most = 500;

/** Whether a resource's type is that of what stands for an unknown number of resources. */
export const isMacro = (type: string): boolean => type === 'Transform' || type.startsWith('Fn::');

/** Transforms that add nothing to a template that its resources do not show, by the beginning of their names. */
const known = ['AWS::LanguageExtensions', 'AWS::Serverless-', 'AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-'];

/** The transforms of a template that may make anything of it: macros of an account, or files that are included. */
export const macrosOf = ({ Transform = [] }: TemplateNode): readonly string[] =>
  [Transform].flat().flatMap((one) => {
    const name = typeof one === 'string' ? one : String(member(one, 'Name') ?? '');
    return name === '' || known.some((beginning) => name.startsWith(beginning)) ? [] : [name];
  });

/** The template with every loop of it carried out whose collection is known; the others stay as they are. */
export function withoutLoops(template: TemplateNode, given: Readonly<Record<string, string>> = {}): TemplateNode {
  if (!JSON.stringify(template).includes(loop)) return template;
  let left = most * 20;

  function within(node: Node): Node {
    if (isNodes(node)) return node.map(within);
    if (!isNode(node)) return node;
    return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => members(key, value)));
  }

  function members(key: string, value: Node): readonly (readonly [string, Node])[] {
    const copies = key.startsWith(loop) ? copiesOf(value) : undefined;
    return (
      copies?.flatMap((copy) => Object.entries(copy).flatMap(([name, item]) => members(name, item))) ?? [
        [key, within(value)],
      ]
    );
  }

  function copiesOf(value: Node): readonly TemplateNode[] | undefined {
    const [name, collection, output] = isNodes(value) ? value : [];
    const items = collection === undefined ? undefined : itemsOf(collection);
    if (typeof name !== 'string' || items === undefined || !isNode(output) || items.length > left) return undefined;
    left -= items.length;
    return items.flatMap((item) => {
      const copy = replaced(output, name, item);
      return isNode(copy) ? [copy] : [];
    });
  }

  function itemsOf(collection: Node): readonly string[] | undefined {
    if (isNodes(collection)) {
      const items = collection.map((item) => (typeof item === 'object' ? itemsOf(item)?.[0] : String(item)));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    const parameter = member(collection, 'Ref');
    if (typeof parameter !== 'string') return undefined;
    const value = given[parameter] ?? member(template, 'Parameters', parameter, 'Default');
    return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : undefined;
  }

  const whole = within(template);
  return isNode(whole) ? whole : template;
}

/** A copy of what a loop says, for one item of its collection; `&{…}` stands for the item without what is no letter or digit. */
function replaced(node: Node, name: string, item: string): Node {
  const inText = (text: string) =>
    text.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  if (typeof node === 'string') return inText(node);
  if (isNodes(node)) return node.map((inner) => replaced(inner, name, item));
  if (!isNode(node)) return node;
  if (Object.keys(node).length === 1 && node.Ref === name) return item;
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [inText(key), replaced(inner, name, item)]));
}
