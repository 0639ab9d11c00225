// The template that a stack was deployed with, beside the one that was built.
import { join } from 'node:path';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Stack } from '../../assembly/graph.ts';
import { limits, parseTemplate } from '../../assembly/template-file.ts';
import { readText } from '../../design/read-file.ts';
import type { AwsClients } from './clients.ts';

export interface TemplateDifference {
  /** Where, by keys and indices: `Resources`, a logical id, `Properties`, … */
  readonly path: readonly (string | number)[];
  /** Absent on the side that has nothing there. */
  readonly built?: unknown;
  readonly deployed?: unknown;
}

export const builtTemplate = (directory: string, { templateFile }: Pick<Stack, 'templateFile'>): unknown =>
  parseTemplate(readText(join(directory, templateFile), limits.bytes), templateFile);

/** As it was handed in, before any transform. @throws what AWS refuses, and Error when it is not JSON, as all that the CDK deploys is */
export async function deployedTemplate(clients: AwsClients, { name, region }: Stack): Promise<unknown> {
  const command = new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await clients.cloudFormation(region).send(command);
  return JSON.parse(TemplateBody);
}

/** The smallest parts in which two templates differ, but for what every deploy writes anew: the commit, and the CDK's own metadata. */
export function templateDifferences(built: unknown, deployed: unknown): readonly TemplateDifference[] {
  return [...differences(built, deployed, [])].filter(({ path, built: ours, deployed: theirs }) => {
    if (path[0] === 'Outputs' && path[1] === 'Commit') return false;
    if (path[0] === 'Outputs' && path.length === 1) return !isOnlyCommit(ours ?? {}, theirs ?? {});
    if (path[0] === 'Resources' && path.length === 2) return !isMetadata(ours ?? theirs);
    return true;
  });
}

function* differences(
  built: unknown,
  found: unknown,
  path: readonly (string | number)[],
): Generator<TemplateDifference> {
  const deployed = withoutTurn(found);
  if (isSame(built, deployed)) return;
  if (Array.isArray(built) && Array.isArray(deployed) && built.length === deployed.length) {
    for (const [index, each] of built.entries()) yield* differences(each, deployed[index], [...path, index]);
  } else if (isRecord(built) && isRecord(deployed)) {
    for (const key of new Set([...Object.keys(built), ...Object.keys(deployed)]))
      yield* differences(built[key], deployed[key], [...path, key]);
  } else {
    yield {
      path,
      built,
      deployed,
    };
  }
}

/** A read that the deployer made CloudFormation read anew (deploy/reads.ts) is the same read: a join of nothing else. */
function withoutTurn(value: unknown): unknown {
  const join = isRecord(value) ? value['Fn::Join'] : undefined;
  const [only, ...others] = Array.isArray(join) && Array.isArray(join[1]) ? join[1] : [];
  return isRecord(only) && 'Fn::GetStackOutput' in only && others.length === 0 ? only : value;
}

/** CloudFormation gives a template back with a question mark for every letter beyond ASCII. */
const isSame = (built: unknown, deployed: unknown): boolean =>
  built === deployed || (typeof built === 'string' && deployed === built.replace(/[\u{80}-\u{10ffff}]/gu, '?'));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMetadata = (resource: unknown): boolean => isRecord(resource) && resource.Type === 'AWS::CDK::Metadata';

/** A stack without outputs of its own has none at all until a commit is recorded. */
const isOnlyCommit = (built: unknown, deployed: unknown): boolean =>
  [built, deployed].every((outputs) => isRecord(outputs) && Object.keys(outputs).every((name) => name === 'Commit'));
