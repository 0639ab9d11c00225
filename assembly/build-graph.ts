// Templates in, one resource graph out.
import { Refusal } from '../design/refusal.ts';
import { assignmentsOf } from './alternatives.ts';
import {
  type Alternative,
  type Assembly,
  type ConditionValue,
  isProperties,
  type Output,
  type Properties,
  type Resource,
  type Stack,
} from './graph.ts';
import { conditionHolds, defaultsIn, outputValue, parameterValue, resolve } from './intrinsics.ts';
import { isMacro, macrosOf } from './macros.ts';
import { refusals } from './refusals.ts';
import {
  type ConditionQuestion,
  isNode,
  member,
  type Node,
  nestedScope,
  type Scope,
  type StackSource,
  scopeAbove,
  scopesOf,
  spendOn,
  type TemplateNode,
} from './scope.ts';
import type { Truth } from './truth.ts';

/**
 * The graph of these templates, resolved across them.
 * @throws Refusal naming the template file when a resource is no resource, or when the templates are beyond what is looked at
 */
export function buildGraph(sources: readonly StackSource[]): Assembly {
  const { graph, work } = graphWith(sources);
  if (work.questions.size === 0) return graph;
  const ways = assignmentsOf([...work.questions.values()]);
  const taken = ways.length * work.steps > mostSteps ? [] : ways;
  let made: readonly Alternative[] | undefined;
  const alternatives = () => {
    made ??= taken.map((answers) => ({ answers, graph: graphWith(sources, answers).graph }));
    return made;
  };
  return { ...graph, alternatives };
}

/**
 * How much is done for the alternatives of one assembly, in the steps of scope.ts. The project's own 48 templates take 18,400 for one graph;
 * 64 graphs of them are made in 3 s and take 100 MB.
 */
const mostSteps = 3_000_000;

/** @param answers taken in this graph; without any, conditions hold by the defaults of parameters */
function graphWith(sources: readonly StackSource[], answers?: readonly ConditionValue[]) {
  const scopes = scopesOf(sources, answers);
  // Resources first: resolving them is what finds out which other stacks' outputs a stack reads.
  const resources = scopes.flatMap(resourcesIn);
  const stacks = scopes.filter(({ source }) => source.nestedIn === undefined).map(stackOf);
  const graph: Assembly = { stacks, resources };
  return { graph, work: scopes[0]?.work ?? { steps: 0, questions: new Map<string, ConditionQuestion>() } };
}

function stackOf(scope: Scope): Stack {
  const { id, name, region, account, templateFile, tags, terminationProtection, waitsFor, template } = scope.source;
  const outputs = Object.fromEntries(
    Object.keys(section(template, 'Outputs')).map((key) => [key, outputOf(key, scope)]),
  );
  return {
    id,
    name,
    region,
    account,
    templateFile,
    description: typeof template.Description === 'string' ? template.Description : '',
    terminationProtection,
    tags,
    outputs,
    parameters: Object.fromEntries(
      Object.keys(section(template, 'Parameters')).map((key) => [key, parameterValue(key, scope)]),
    ),
    dependsOn: [...new Set([...waitsFor, ...scope.reads])].filter((other) => other !== id).sort(),
  };
}

function outputOf(key: string, scope: Scope): Output {
  const node = member(scope.source.template, 'Outputs', key);
  const exportName = resolve(member(node, 'Export', 'Name'), scope);
  return {
    value: outputValue(key, scope),
    exportName,
    ...(isNode(node) && typeof node.Description === 'string' ? { description: node.Description } : {}),
  };
}

function resourcesIn(scope: Scope): Resource[] {
  const { template } = scope.source;
  const above = conditionsAbove(scope);
  if (above.includes(false)) return [];
  const macros = macrosOf(template).map((name) => resourceOf(name, {}, 'Transform', undefined, scope));
  const resources = Object.entries(section(template, 'Resources')).flatMap(([logicalId, node]) => {
    // What makes resources out of something else stands for them.
    if (isMacro(logicalId)) return [resourceOf(logicalId, {}, logicalId, undefined, scope)];
    if (!isNode(node) || typeof node.Type !== 'string') {
      throw new Refusal(refusals.noResource({ file: scope.source.templateFile, name: logicalId }));
    }
    const held = [...above, node.Condition === undefined ? true : heldOf(node.Condition, scope)];
    const doubtful = held.includes(undefined) ? String(node.Condition ?? '') : undefined;
    return held.includes(false) ? [] : [resourceOf(logicalId, node, node.Type, doubtful, scope)];
  });
  return [...macros, ...resources];
}

const heldOf = (condition: Node, scope: Scope): Truth =>
  typeof condition === 'string' ? conditionHolds(condition, scope) : true;

/** The conditions of the nested stacks that a template stands in. */
function conditionsAbove(scope: Scope): readonly Truth[] {
  const above = scopeAbove(scope);
  if (above === undefined) return [];
  const condition = member(above.source.template, 'Resources', scope.source.nestedIn?.logicalId ?? '', 'Condition');
  return [...conditionsAbove(above), condition === undefined ? true : heldOf(condition, above)];
}

/** @param doubtful name of its condition, where what comes of that is not known; empty where the condition is of a stack that it is nested in */
function resourceOf(
  logicalId: string,
  node: TemplateNode,
  type: string,
  doubtful: string | undefined,
  scope: Scope,
): Resource {
  const { id, paths, nestedIn, templateFile } = scope.source;
  const key = `${id}/${logicalId}`;
  const metadata = propertiesOf(node.Metadata, scope);
  const recorded = metadata['aws:cdk:path'];
  const defaults = defaultsIn(node.Properties, scope);
  return {
    key,
    stack: nestedIn?.stack ?? id,
    logicalId,
    type,
    path: typeof recorded === 'string' ? recorded : (paths[logicalId] ?? key),
    properties: propertiesOf(node.Properties, scope),
    pointer: `/Resources/${logicalId}/Properties`,
    ...(nestedIn === undefined ? {} : { templateFile }),
    ...(nestedScope(scope, logicalId) === undefined ? {} : { isOpened: true }),
    ...(doubtful === undefined ? {} : { condition: doubtful }),
    ...(defaults.length === 0 ? {} : { defaults }),
    deletionPolicy: typeof node.DeletionPolicy === 'string' ? node.DeletionPolicy : 'Delete',
    dependsOn: [node.DependsOn ?? []].flat().flatMap((other) => (typeof other === 'string' ? [`${id}/${other}`] : [])),
    ...(node.Metadata === undefined ? {} : { metadata }),
  };
}

function propertiesOf(node: Node | undefined, scope: Scope): Properties {
  const value = resolve(node, scope);
  spendOn(value, scope);
  return isProperties(value) ? value : {};
}

function section(template: TemplateNode, name: string): TemplateNode {
  const node = template[name];
  return isNode(node) ? node : {};
}
