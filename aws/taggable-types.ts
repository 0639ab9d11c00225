// Which resource types take tags, and in which property: what AWS's own CloudFormation resource schemas say. The table beside this is
// made by refresh-taggable-types.ts and never by hand.
import table from './taggable-types.json' with { type: 'json' };

/** The property that holds a type's tags; `undefined` for a type that takes none. */
export type TagProperty = string | undefined;

const services: Readonly<Record<string, Readonly<Record<string, string | null>>>> = table;

/** Whether AWS's schemas, as far as the table knows them, have this type. */
export function isKnownType(type: string): boolean {
  const [service, name] = split(type);
  return services[service]?.[name] !== undefined;
}

/** The property that holds a type's tags. */
export function tagPropertyOf(type: string): TagProperty {
  const [service, name] = split(type);
  return services[service]?.[name] ?? undefined;
}

/** `AWS::S3::Bucket` → `AWS::S3`, `Bucket`. */
function split(type: string): readonly [service: string, name: string] {
  const place = type.lastIndexOf('::');
  return [type.slice(0, place), type.slice(place + 2)];
}
