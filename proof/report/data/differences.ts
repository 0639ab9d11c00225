// Where the environments are not alike: the same resource, property by property. What carries an environment's name differs by nature
// and is left out.
import { ofEnvironment } from '../../../assembly/environments.ts';
import {
  type Assembly,
  isProperties,
  isSettled,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../assembly/graph.ts';
import type { Environment } from '../../../design/schema.ts';
import { environmentPrefix } from '../../../design/stack-names.ts';
import type { Difference } from '../report-data.ts';

/** Long texts are programs and drawings (dashboards, state machines); where they differ, what they are made of differs too. */
const longest = 120;
const nameless = ['Tags', 'HealthCheckTags', 'HostedZoneTags', 'Description', 'DashboardBody'];

/** By resource, in the order of the templates. Only where two environments or more are there to compare. */
export function differencesOf(graph: Assembly, environments: readonly Environment[]): readonly Difference[] {
  if (environments.length < 2) return [];
  const own = environments.map((environment) => resourcesOf(graph, environment));
  const names = [...new Set(own.flatMap((resources) => [...resources.keys()]))];
  const stacks = Map.groupBy(names, (name) => name.split('/')[0] ?? '');
  return [...stacks].flatMap(([stack, resources]) => {
    const has = own.map((one) => resources.some((name) => one.has(name)));
    // A stack that is not everywhere is one difference, not as many as it has resources.
    if (has.includes(false))
      return [{ resource: stack, type: '', property: '', values: has.map((there) => (there ? '' : null)) }];
    return resources.flatMap((resource) => ofResource(resource, own, environments));
  });
}

function ofResource(
  resource: string,
  own: readonly ReadonlyMap<string, Resource>[],
  environments: readonly Environment[],
): readonly Difference[] {
  const found = own.map((resources) => resources.get(resource));
  const type = found.find((one) => one !== undefined)?.type ?? '';
  if (found.includes(undefined)) {
    return [{ resource, type, property: '', values: found.map((one) => (one === undefined ? null : '')) }];
  }
  const leaves = found.map((one) => leavesOf(one?.properties ?? {}));
  const properties = [...new Set(leaves.flatMap((values) => [...values.keys()]))];
  return properties.flatMap((property) => {
    const values = leaves.map((of) => of.get(property) ?? null);
    const isAlike = new Set(values).size === 1;
    return isAlike || values.some((value) => isNamed(value, environments))
      ? []
      : [{ resource, type, property, values }];
  });
}

function resourcesOf(graph: Assembly, environment: Environment) {
  const resources = ofEnvironment(graph, environment).resources.filter(({ type }) => !/Metadata$/.test(type));
  // CDK puts stack names and hashes into the names of some constructs.
  const own = new RegExp(`${environmentPrefix(environment)}|[0-9A-F]{8}(?=[:/]|$)`, 'g');
  return new Map(resources.map((resource) => [resource.path.replaceAll(own, ''), resource]));
}

const isNamed = (value: string | null, environments: readonly Environment[]): boolean =>
  value !== null && environments.some((environment) => value.toLowerCase().includes(environment));

/** Every settled value below a property, by its path: `Engine`, `ScalingConfiguration.MinCapacity`. Lists count as one value. */
function leavesOf(value: Value, path = ''): ReadonlyMap<string, string> {
  if (isProperties(value)) {
    return new Map(
      Object.entries(value)
        .filter(([key]) => !nameless.includes(key))
        .flatMap(([key, inner]) => [...leavesOf(inner, path === '' ? key : `${path}.${key}`)]),
    );
  }
  if (!isSettled(value)) return new Map();
  const found = literal(value) ?? textOf(value);
  // A share of a limit has more digits than it has meaning.
  const text = String(typeof found === 'number' ? Number(found.toPrecision(10)) : found);
  return text.length > longest || text.includes('$ref') || text.includes('${') ? new Map() : new Map([[path, text]]);
}
