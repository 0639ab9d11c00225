// How far two stacks of the same part, one in each region, are the same: what tests of the standby compare.

interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
}
export type Resources = Readonly<Record<string, Resource>>;

/** Names of the standby region, with those of the first that they stand for; the order counts. */
export type RenamedParts = readonly (readonly [there: string, here: string])[];

/**
 * Where the resources of two templates differ: `- id` is in the first alone, `+ id` in the second alone, `id.path` says another thing in
 * each. Ids and references are taken without CDK's hashes, which another stack's name changes.
 * @throws Error when two resources cannot be told apart without the hashes.
 */
export function differences(here: Resources, there: Resources, words: RenamedParts): string[] {
  const [first, second] = [plain(here, []), plain(there, words)];
  const [ours, theirs] = [Object.keys(first), Object.keys(second)];
  return [
    ...ours.filter((id) => !theirs.includes(id)).map((id) => `- ${id}`),
    ...theirs.filter((id) => !ours.includes(id)).map((id) => `+ ${id}`),
    ...ours.filter((id) => theirs.includes(id)).flatMap((id) => paths(first[id], second[id], id)),
  ].sort();
}

/** Properties by id, with the words of the first region and no hashes. */
function plain(resources: Resources, words: RenamedParts): Readonly<Record<string, unknown>> {
  const entries = Object.entries(resources).map(
    ([id, { Type, Properties = {} }]) =>
      [told(id, words), JSON.parse(told(JSON.stringify({ Type, Properties }), words))] as const,
  );
  const found: Readonly<Record<string, unknown>> = Object.fromEntries(entries);
  if (Object.keys(found).length < entries.length) throw new Error('Some resources have the same id but for the hash');
  return found;
}

const told = (text: string, words: RenamedParts): string =>
  words
    .reduce((current, [there, here]) => current.replaceAll(there, here), text)
    .replaceAll(/(?:[0-9A-F]{8})+(?![0-9A-F])/g, '');

function paths(here: unknown, there: unknown, path: string): string[] {
  if (JSON.stringify(here) === JSON.stringify(there)) return [];
  if (!isTree(here) || !isTree(there) || (Array.isArray(here) && size(here) !== size(there))) return [path];
  const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return keys.flatMap((key) =>
    paths(Reflect.get(here, key), Reflect.get(there, key), key === 'Properties' ? path : `${path}.${key}`),
  );
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;
const size = (value: object): number => Object.keys(value).length;
