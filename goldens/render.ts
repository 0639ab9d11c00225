// What a build left behind, as text in which a difference can be read line by line: one line for a resource, a verdict, a cost.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Hashes of bundled code differ with every edit of a function; the commit with every commit. */
const withoutHashes = (text: string): string => text.replaceAll(/[0-9a-f]{64}/g, '<asset>');

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string }>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** One line for each resource and output: stack, logical id, type, and a digest of all that the template says of it. */
export function templatesText(assembly: string): string {
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .flatMap((name) => {
      const { Resources = {}, Outputs = {} }: Template = JSON.parse(
        withoutHashes(readFileSync(join(assembly, name), 'utf8')),
      );
      const stack = name.replace('.template.json', '');
      return [
        ...Object.entries(Resources)
          .filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata')
          .map(([id, resource]) => `${stack} ${id} ${resource.Type} ${digest(JSON.stringify(resource))}`),
        ...Object.entries(Outputs)
          .filter(([id]) => id !== 'Commit')
          .map(([id, output]) => `${stack} output ${id} ${digest(JSON.stringify(output))}`),
      ];
    })
    .join('\n');
}

interface Judged {
  readonly line?: number;
  readonly kind?: string;
  readonly path?: string;
  readonly id?: string;
  readonly environment: string;
  readonly verdict: string;
  readonly deviation?: string;
  readonly evidence: readonly { readonly verdict: string; readonly stack: string; readonly logicalId: string }[];
}

/** How much was looked at belongs to a verdict: a pass on less evidence is another pass. */
function judgedText({ verdict, deviation, evidence }: Judged): string {
  const resources = new Set(evidence.map(({ stack, logicalId }) => `${stack}/${logicalId}`)).size;
  return [verdict, `${evidence.length} on ${resources}`, ...(deviation === undefined ? [] : [deviation])].join(' ');
}

/** One line for each statement, with its verdict in every environment that it speaks of. */
export function statementsText(statements: readonly Judged[]): string {
  return folded(statements, ({ line, kind, path, id }) => `${line} ${kind} ${path} ${id ?? '-'}`);
}

/** One line for each criterion, with its verdict in every environment. */
export function criteriaText(criteria: readonly Judged[]): string {
  return folded(criteria, ({ id }) => `${id}`);
}

function folded(judged: readonly Judged[], about: (one: Judged) => string): string {
  return [...Map.groupBy(judged, about)]
    .map(([what, ones]) => `${what}: ${ones.map((one) => `${one.environment} ${judgedText(one)}`).join('; ')}`)
    .join('\n');
}

interface Cost {
  readonly environment: string;
  readonly [key: string]: unknown;
}

/** Every figure of the cost, a path and a number a line; sentences are left out. */
export function costText(cost: readonly Cost[]): string {
  return cost.flatMap((one) => figures(one, one.environment)).join('\n');
}

function figures(value: unknown, path: string): readonly string[] {
  if (typeof value === 'number') return [`${path} ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => figures(inner, `${path}.${key}`));
}

/** A text whose words are not the project's: a digest for each line still shows which one changed. */
export function linesText(text: string, quoted: boolean): string {
  if (quoted) return text;
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : digest(line)))
    .join('\n');
}
