// The same templates in another arrangement: a stack of another name, a resource in a nested template, a stack more that has nothing to do
// with the others.
import { isNode, isNodes, member, type Node, type StackSource, type TemplateNode } from '../../../assembly/scope.ts';

type Sources = readonly StackSource[];

/** A stack under another name, with what refers to it by name. @param keepsTags whether its tags still say whose it is */
export function renamed(sources: Sources, index: number, name: string, keepsTags: boolean): Sources {
  const stack = sources[index % sources.length];
  if (stack === undefined) return sources;
  return sources.map((source) => {
    const template = withStackName(source.template, stack.name, name);
    const own = { ...source, template: isNode(template) ? template : source.template };
    const waitsFor = own.waitsFor.map((id) => (id === stack.id ? name : id));
    if (source !== stack) return { ...own, waitsFor };
    return { ...own, waitsFor, id: name, name, ...(keepsTags ? {} : { tags: {} }) };
  });
}

const withStackName = (node: Node, from: string, to: string): Node =>
  mapped(node, (one) => (one.StackName === from ? { ...one, StackName: to } : undefined));

/** Changes what `change` answers for, from the outside in. */
function mapped(node: Node, change: (node: TemplateNode) => Node | undefined): Node {
  if (isNodes(node)) return node.map((item) => mapped(item, change));
  if (!isNode(node)) return node;
  const changed = change(node);
  if (changed !== undefined) return changed;
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, mapped(item, change)]));
}

/** A resource moved into a nested template: what it refers to is handed in, and what refers to it reads the nested stack's outputs. */
export function nested(sources: Sources, index: number): Sources {
  const movable = sources.flatMap((source) =>
    Object.entries(resourcesOf(source)).flatMap(([logicalId, resource]) =>
      isMovable(source, logicalId, resource) ? [{ source, logicalId, resource }] : [],
    ),
  );
  const chosen = movable[index % movable.length];
  if (chosen === undefined) return sources;
  const { source, logicalId, resource } = chosen;
  const handed = new Map<string, Node>();
  const inner = mapped(resource, (one) => {
    const [key] = Object.keys(one);
    if ((key !== 'Ref' && key !== 'Fn::GetAtt') || String(one.Ref ?? '').startsWith('AWS::')) return undefined;
    const name = `P${JSON.stringify(one).replaceAll(/[^A-Za-z0-9]/g, '')}`;
    handed.set(name, one);
    return { Ref: name };
  });
  const outputs = new Map<string, Node>();
  const outside = mapped(source.template, (one) => {
    const attribute = one['Fn::GetAtt'];
    const isOwn =
      one.Ref === logicalId || (attribute !== undefined && isNodes(attribute) && attribute[0] === logicalId);
    if (!isOwn) return undefined;
    const name = `O${JSON.stringify(one).replaceAll(/[^A-Za-z0-9]/g, '')}`;
    outputs.set(name, { Value: one });
    return { 'Fn::GetAtt': ['Inner', `Outputs.${name}`] };
  });
  const { [logicalId]: _, ...others } = isNode(outside) && isNode(outside.Resources) ? outside.Resources : {};
  const parameters = Object.fromEntries([...handed.keys()].map((name) => [name, { Type: 'String' }]));
  const stack = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: Object.fromEntries(handed) } };
  return sources.flatMap((one) => {
    if (one !== source) return [one];
    const template = { ...(isNode(outside) ? outside : {}), Resources: { ...others, Inner: stack } };
    const file = {
      ...one,
      id: `${one.id}/Inner`,
      name: `${one.id}/Inner`,
      templateFile: 'inner.json',
      waitsFor: [],
      paths: {},
    };
    const nestedIn = { stack: one.id, source: one.id, logicalId: 'Inner' };
    const within = { Parameters: parameters, Resources: { [logicalId]: inner }, Outputs: Object.fromEntries(outputs) };
    return [
      { ...one, template },
      { ...file, template: within, nestedIn },
    ];
  });
}

const resourcesOf = ({ template }: StackSource): TemplateNode => (isNode(template.Resources) ? template.Resources : {});

/** One that no text names, and that waits for no other. */
const isMovable = ({ template }: StackSource, logicalId: string, resource: Node): boolean =>
  member(resource, 'Condition') === undefined &&
  member(resource, 'DependsOn') === undefined &&
  !JSON.stringify(resource).includes('Fn::Sub') &&
  !JSON.stringify(template).includes(`\${${logicalId}`);

/** A stack more, of nobody or of another environment. */
export const joined = (sources: Sources, Resources: TemplateNode, tags: Readonly<Record<string, string>>): Sources => [
  ...sources,
  {
    ...{ id: 'Unrelated', name: 'Unrelated', region: 'ap-northeast-1', templateFile: 'unrelated.json' },
    ...{ template: { Resources }, tags, waitsFor: [], paths: {} },
  },
];
