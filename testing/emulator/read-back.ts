// Asks the emulator for everything that an assembly made on it, and says what of the templates is there.
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { type Assembly, isList, literal, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { type Clients, clientsFor } from './clients.ts';
import { compare } from './compare.ts';
import { readers } from './readers.ts';
import type { Emulator } from './start-emulator.ts';

export interface ReadBack {
  /** Keys of resources that CloudFormation does not name as created. */
  readonly missing: readonly string[];
  /** How many resources were asked for. */
  readonly resources: number;
  /** How many values are as the templates have them, by `<type> <property path>`. */
  readonly kept: ReadonlyMap<string, number>;
  /** How many are absent or otherwise. */
  readonly lost: ReadonlyMap<string, number>;
  /** Types that no reader is there for: that they were created is all that is known. */
  readonly unread: ReadonlySet<string>;
  /** By key. */
  readonly ids: ReadonlyMap<string, string>;
}

/** @param assembly what was deployed, as it was deployed */
export async function readBack(assembly: Assembly, emulator: Emulator): Promise<ReadBack> {
  const clients = new Map(assembly.stacks.map(({ region }) => [region, clientsFor(emulator, region)]));
  const regions = new Map(assembly.stacks.map(({ id, region }) => [id, region]));
  const clientsOf = ({ stack }: Resource): Clients => {
    const found = clients.get(regions.get(stack) ?? '');
    if (found === undefined) throw new Error(`${stack}: no such stack`);
    return found;
  };
  const ids = await physicalIds(assembly, clients);
  const kept = new Map<string, number>();
  const lost = new Map<string, number>();
  const unread = new Set<string>();
  let resources = 0;
  for (const resource of assembly.resources) {
    const id = ids.get(resource.key);
    const reader = readers[resource.type];
    if (reader === undefined) unread.add(resource.type);
    if (id === undefined || reader === undefined) continue;
    const related = (property: string) => textsOf(resource.properties[property], ids);
    const said = await reader(clientsOf(resource), id, related).catch(unlessAbsent);
    const { Tags: _, ...properties } = resource.properties;
    const found = compare(properties, said, (key) => ids.get(key));
    count(kept, resource.type, found.kept);
    count(lost, resource.type, found.lost);
    resources += 1;
  }
  const missing = assembly.resources.map(({ key }) => key).filter((key) => !ids.has(key));
  return { missing, resources, kept, lost, unread, ids };
}

/** CloudFormation may say "created" of what its own service has never heard of: all of its properties are lost then. */
function unlessAbsent(error: unknown): undefined {
  if (error instanceof Error && /NotFound|^NoSuch/.test(error.name)) return;
  throw error;
}

function count(counts: Map<string, number>, type: string, paths: readonly string[]): void {
  for (const path of paths) counts.set(`${type} ${path}`, (counts.get(`${type} ${path}`) ?? 0) + 1);
}

async function physicalIds(
  { stacks }: Assembly,
  clients: ReadonlyMap<string, Clients>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, name, region } of stacks) {
    const client = clients.get(region)?.cloudFormation;
    if (client === undefined) continue;
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: name })) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
        if (ResourceStatus === 'CREATE_COMPLETE' && PhysicalResourceId)
          ids.set(`${id}/${LogicalResourceId}`, PhysicalResourceId);
      }
    }
  }
  return ids;
}

/** What a property says as texts: physical ids for references. */
function textsOf(value: Value | undefined, ids: ReadonlyMap<string, string>): readonly string[] {
  if (isList(value)) return value.flatMap((item) => textsOf(item, ids));
  const text = literal(value);
  if (text !== undefined) return [String(text)];
  const id = ids.get(resourceOf(value) ?? '');
  return id === undefined ? [] : [id];
}
