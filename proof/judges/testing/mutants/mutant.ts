// Mutants: templates spoilt in the way that a judge must catch. A mutant finds what it spoils by relation, as judges do, so that one
// table serves every set of templates that carries out the design.

import { buildGraph } from '../../../../assembly/build-graph.ts';
import { isOfEnvironment } from '../../../../assembly/environments.ts';
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import type { StackSource } from '../../../../assembly/scope.ts';
import { environmentKeys, productionOf } from '../../../../design/environments.ts';
import type { Line } from '../../../../design/lines.ts';
import type { Design, Environment } from '../../../../design/schema.ts';
import type { StatementCase } from '../../judge.ts';
import { judgeStatements, type StatementVerdict } from '../../judge-statements.ts';

/** JSON that may be changed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Mutant {
  /** The requirement that it offends. */
  readonly id: string;
  /** What is spoilt, as a claim. */
  readonly name: string;
  /** Production unless said. */
  readonly environment?: Environment;
  readonly spoil: (platform: Platform) => void;
  /** Design paths of the statements that must fail, all others must not. */
  readonly reddens: (design: Design) => readonly string[];
}

/** The templates of one environment, open to spoiling. */
export class Platform {
  readonly design: Design;
  readonly environment: Environment;
  /** What the templates say before they are spoilt. */
  readonly graph: Assembly;
  readonly #sources: readonly StackSource[];
  readonly #templates: Map<string, Json>;
  readonly #waitsFor = new Map<string, string[]>();
  readonly #cut = new Map<string, string>();
  readonly #tags = new Map<string, Readonly<Record<string, string>>>();

  constructor(design: Design, environment: Environment, sources: readonly StackSource[]) {
    this.design = design;
    this.environment = environment;
    // What is at home is met first: what stands by in another region has the same types, and is spoilt by mutants of its own.
    const isAway = ({ region }: StackSource) => Number(region !== design.region);
    this.#sources = [...sources].sort((one, other) => isAway(one) - isAway(other));
    this.graph = buildGraph(this.#sources);
    this.#templates = new Map(sources.map(({ id, template }) => [id, JSON.parse(JSON.stringify(template))]));
  }

  /** The part of the graph that stands in the document's own region. */
  get home(): Assembly {
    const stacks = this.graph.stacks.filter(({ region }) => region === this.design.region);
    const ids = new Set(stacks.map(({ id }) => id));
    return { stacks, resources: this.graph.resources.filter(({ stack }) => ids.has(stack)) };
  }

  /** The case that helpers of judges take. */
  get case(): StatementCase {
    const { graph, design, environment } = this;
    const statement = { kind: 'input' as const, path: '', environments: [environment] };
    const places = { graph, everywhere: graph, whole: graph };
    return { ...places, design, environment, indices: [], statement, documented: true, runtime: [] };
  }

  /** Sets a property of a resource; `undefined` takes it away. */
  set(resource: Resource, path: PropertyPath, value: Json | undefined): void {
    const last = path.at(-1);
    if (last === undefined) throw new Error('a property to set');
    const holder = descend(this.#resource(resource), ['Properties', ...path.slice(0, -1)]);
    if (Array.isArray(holder) && typeof last === 'number') {
      if (value === undefined) holder.splice(last, 1);
      else holder[last] = value;
    } else if (isObject(holder)) {
      if (value === undefined) delete holder[last];
      else holder[last] = value;
    } else throw new Error(`${resource.key} has no ${path.join('.')}`);
  }

  /** A property as the template writes it. */
  get(resource: Resource, path: PropertyPath): Json | undefined {
    return descend(this.#resource(resource), ['Properties', ...path]);
  }

  remove(resource: Resource): void {
    const resources = this.#resources(resource.stack);
    delete resources[resource.logicalId];
  }

  /** Adds a resource to the stack of another one. */
  add(beside: Resource, type: string, properties: { [key: string]: Json }, logicalId = 'Intruder'): void {
    this.#resources(beside.stack)[logicalId] = { Type: type, Properties: properties };
  }

  /** How a template of another stack says "this resource", or an attribute of it. */
  away(resource: Resource, attribute?: string): Json {
    const { stack, logicalId } = resource;
    const OutputName = `Away${logicalId}${(attribute ?? '').replaceAll('.', '')}`;
    const Value: Json = attribute === undefined ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] };
    const template = this.#templates.get(stack);
    if (!isObject(template)) throw new Error(`no template ${stack}`);
    template.Outputs = { ...(isObject(template.Outputs) ? template.Outputs : {}), [OutputName]: { Value } };
    const source = this.#sources.find(({ id }) => id === stack);
    return { 'Fn::GetStackOutput': { StackName: source?.name ?? stack, Region: source?.region ?? '', OutputName } };
  }

  /** A value that is there only under a condition, which never holds. */
  never(resource: Resource, value: Json): Json {
    const template = this.#templates.get(resource.stack);
    if (!isObject(template)) throw new Error(`no template ${resource.stack}`);
    template.Conditions = {
      ...(isObject(template.Conditions) ? template.Conditions : {}),
      Never: { 'Fn::Equals': ['a', 'b'] },
    };
    return { 'Fn::If': ['Never', value, { Ref: 'AWS::NoValue' }] };
  }

  /** How a template says "this resource" from within the same stack. */
  here(resource: Resource): Json {
    return { Ref: resource.logicalId };
  }

  describe(stack: string, description: string): void {
    const template = this.#templates.get(stack);
    if (isObject(template)) template.Description = description;
  }

  waitFor(stack: string, other: string): void {
    this.#waitsFor.set(stack, [...(this.#waitsFor.get(stack) ?? []), other]);
  }

  /** Takes everything out of a stack that it reads from another. */
  cut(stack: string, other: string): void {
    const template = withoutOutputsOf(this.#templates.get(stack) ?? null, other);
    this.#templates.set(stack, template);
    this.#cut.set(stack, other);
  }

  /** Takes a tag of a stack away, as its manifest has it. */
  untag(stack: string, key: string): void {
    const { [key]: _, ...others } = this.#sources.find(({ id }) => id === stack)?.tags ?? {};
    this.#tags.set(stack, others);
  }

  /** The graph of the templates as they are now. */
  spoilt(): Assembly {
    return buildGraph(this.spoiltSources());
  }

  /** The templates as they are now. */
  spoiltSources(): readonly StackSource[] {
    return this.#sources.map((source) => {
      const template = this.#templates.get(source.id);
      const own = source.waitsFor.filter((other) => other !== this.#cut.get(source.id));
      const waitsFor = [...own, ...(this.#waitsFor.get(source.id) ?? [])];
      const tags = this.#tags.get(source.id) ?? source.tags;
      return { ...source, waitsFor, tags, template: isObject(template) ? template : {} };
    });
  }

  #resources(stack: string): { [key: string]: Json } {
    const resources = descend(this.#templates.get(stack), ['Resources']);
    if (!isObject(resources)) throw new Error(`${stack} has no resources`);
    return resources;
  }

  #resource({ stack, logicalId }: Resource): Json {
    const resource = this.#resources(stack)[logicalId];
    if (!isObject(resource)) throw new Error(`${stack} has no ${logicalId}`);
    resource.Properties ??= {};
    return resource;
  }
}

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function descend(json: Json | undefined, path: PropertyPath): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isObject(inner) ? inner[key] : undefined;
  }, json);
}

/** A template in which nothing is read from a stack: a word stands where that was. */
function withoutOutputsOf(json: Json, stack: string): Json {
  if (Array.isArray(json)) return json.map((item) => withoutOutputsOf(item, stack));
  if (!isObject(json)) return json;
  const read = json['Fn::GetStackOutput'];
  if (isObject(read) && read.StackName === stack) return 'cut';
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withoutOutputsOf(value, stack)]));
}

/** The first resource of a selection; a mutant without anything to spoil would pass for caught. */
export function only(found: readonly (Resource | undefined)[]): Resource {
  const [resource] = found.filter((candidate) => candidate !== undefined);
  if (resource === undefined) throw new Error('nothing to spoil');
  return resource;
}

/** Verdicts on the spoilt templates; those of other environments may be among the sources and are left alone. */
export function judgeMutant(
  { environment: named, spoil }: Mutant,
  design: Design,
  sources: readonly StackSource[],
  lines: readonly Line[],
): readonly StatementVerdict[] {
  const environment = named ?? productionOf(design);
  const own = sources.filter(isOfEnvironment(environment, environmentKeys(design)));
  const platform = new Platform(design, environment, own);
  spoil(platform);
  return judgeStatements({ graph: platform.spoilt(), design, lines, environments: [environment] });
}
