// All judges at once: every line that the form has and every criterion, held against any graph, as one verdict by name.
import type { Assembly } from '../../../assembly/graph.ts';
import { isNode, member, type Node, type StackSource, type TemplateNode } from '../../../assembly/scope.ts';
import type { Environment } from '../../../design/schema.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import { judgeStatements } from '../judge-statements.ts';
import type { Verdict } from '../verdict.ts';
import { formLines } from './form-lines.ts';
import { designWithCriteria } from './sentences.ts';

const lines = formLines(designWithCriteria);

/** Verdicts by the path of the line, or the id of the criterion. */
export async function everyVerdict(
  graph: Assembly,
  environment: Environment = 'production',
): Promise<ReadonlyMap<string, Verdict>> {
  const input = { graph, design: designWithCriteria, lines, environments: [environment] };
  const statements = judgeStatements(input)
    .filter(({ id }) => id !== undefined)
    .map(({ path, verdict }) => [path, verdict] as const);
  const criteria = (await judgeCriteria(input)).map(({ id, verdict }) => [id, verdict] as const);
  return new Map([...statements, ...criteria]);
}

/** The verdict on one line, by its path, or on one criterion, by its id. */
export async function verdictOf(graph: Assembly, name: string): Promise<Verdict | undefined> {
  const input = { graph, environments: ['production'] };
  const own = lines.filter(({ statements }) => statements.some(({ path }) => path === name));
  const statement = judgeStatements({ ...input, design: designWithCriteria, lines: own }).find(
    ({ path }) => path === name,
  );
  if (statement !== undefined) return statement.verdict;
  const criteria = designWithCriteria.criteria.filter(({ id }) => id === name);
  const [criterion] = await judgeCriteria({ ...input, design: { ...designWithCriteria, criteria }, lines: [] });
  return criterion?.verdict;
}

/** A property of a resource of a template. */
export interface ResourceProperty {
  readonly stack: string;
  readonly logicalId: string;
  readonly property: string;
}

export const propertiesIn = (graph: Assembly): readonly ResourceProperty[] =>
  graph.resources.flatMap(({ stack, logicalId, properties }) =>
    Object.keys(properties).map((property) => ({ stack, logicalId, property })),
  );

/** Templates in which a property of a resource is there only when an unknown condition holds, or is not there at all. */
export const withProperty = (
  sources: readonly StackSource[],
  { stack, logicalId, property }: ResourceProperty,
  change: 'wrapped' | 'absent',
): readonly StackSource[] =>
  inStack(sources, stack, (template) => {
    const changed = withResources(template, (resource, id) => {
      const { [property]: value = null, ...others } = sectionOf(resource, 'Properties');
      if (id !== logicalId) return resource;
      const wrapped = { 'Fn::If': [untold, value, { Ref: 'AWS::NoValue' }] };
      return { ...resource, Properties: change === 'absent' ? others : { ...others, [property]: wrapped } };
    });
    return change === 'absent' ? changed : withConditions(changed, [untold]);
  });

/** Templates with conditions that nothing is known of, each of which decides over something that no judge looks at. */
export const withOpenConditions = (sources: readonly StackSource[], count: number): readonly StackSource[] =>
  inStack(sources, sources[0]?.id ?? '', (template) => {
    const names = Array.from({ length: count }, (_, place) => `Open${place}`);
    const Properties = Object.fromEntries(names.map((name) => [name, { 'Fn::If': [name, 'a', 'b'] }]));
    const Resources = { ...sectionOf(template, 'Resources'), Open: { Type: strange, Properties } };
    return withConditions({ ...template, Resources }, names);
  });

/** A template in which every property of every resource is a parameter without a default. */
export const withUnknownProperties = (template: TemplateNode): TemplateNode =>
  withConditions(
    withResources(template, (resource) => ({
      ...resource,
      Properties: Object.fromEntries(
        Object.keys(sectionOf(resource, 'Properties')).map((name) => [name, { Ref: untold }]),
      ),
    })),
    [untold],
  );

/** A template in which every resource is of a kind that there is not. */
export const withStrangeTypes = (template: TemplateNode): TemplateNode =>
  withResources(template, (resource) => ({ ...resource, Type: strange }));

/** A parameter that has no default, and the condition that asks for it. */
const untold = 'Untold';
const strange = 'AWS::Strange::Thing';

const inStack = (
  sources: readonly StackSource[],
  stack: string,
  change: (template: TemplateNode) => TemplateNode,
): readonly StackSource[] =>
  sources.map((source) => (source.id === stack ? { ...source, template: change(source.template) } : source));

const sectionOf = (node: Node | undefined, name: string): TemplateNode => {
  const found = member(node, name);
  return isNode(found) ? found : {};
};

const withResources = (
  template: TemplateNode,
  change: (resource: TemplateNode, logicalId: string) => TemplateNode,
): TemplateNode => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(sectionOf(template, 'Resources')).map(([id, one]) => [id, isNode(one) ? change(one, id) : one]),
  ),
});

/** Adds a parameter without a default for each name, and a condition of that name that asks for it. */
function withConditions(template: TemplateNode, names: readonly string[]): TemplateNode {
  const parameters = names.map((name) => [name, { Type: 'String' }]);
  const conditions = names.map((name) => [name, { 'Fn::Equals': [{ Ref: name }, 'yes'] }]);
  return {
    ...template,
    Parameters: { ...sectionOf(template, 'Parameters'), ...Object.fromEntries(parameters) },
    Conditions: { ...sectionOf(template, 'Conditions'), ...Object.fromEntries(conditions) },
  };
}
