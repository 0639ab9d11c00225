// Reads which resource types take tags out of the AWS CDK's own classes, which are generated from AWS's CloudFormation resource schemas:
// the table in this directory is written from it (`npm run refresh:tags`), and a test holds the table against it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** By service (`AWS::S3`) and name (`Bucket`): the property that holds tags, or `null` for a type without. */
export type TagTable = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** @param library the directory of aws-cdk-lib */
export function readTagTable(library: string): TagTable {
  const found = new Map<string, Map<string, string | null>>();
  for (const { type, property } of classFiles(library).flatMap((file) => typesIn(readFileSync(file, 'utf8')))) {
    const place = type.lastIndexOf('::');
    const service = found.get(type.slice(0, place)) ?? new Map<string, string | null>();
    service.set(type.slice(place + 2), property);
    found.set(type.slice(0, place), service);
  }
  return Object.fromEntries(
    [...found].sort(byName).map(([service, types]) => [service, Object.fromEntries([...types].sort(byName))]),
  );
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]) => (left < right ? -1 : 1);

function classFiles(library: string): readonly string[] {
  return readdirSync(library).flatMap((module) => {
    const directory = join(library, module, 'lib');
    if (!/^(aws|alexa)-/.test(module) || !existsSync(directory)) return [];
    return readdirSync(directory)
      .filter((file) => file.endsWith('.generated.js'))
      .map((file) => join(directory, file));
  });
}

/** Each class names its type, and its constructor makes a `TagManager` with the name of the property in it if the schema has tags. */
function typesIn(source: string): readonly { readonly type: string; readonly property: string | null }[] {
  return source
    .split('static CFN_RESOURCE_TYPE_NAME="')
    .slice(1)
    .map((part) => {
      const type = part.slice(0, part.indexOf('"'));
      const [, property] = /TagManager\([^,]*TagType\.\w+,"[^"]+",[^,)]*,\{tagPropertyName:"(\w+)"\}/.exec(part) ?? [];
      return { type, property: property === undefined ? null : property.charAt(0).toUpperCase() + property.slice(1) };
    });
}
