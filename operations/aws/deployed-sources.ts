// Templates as they are deployed, with what CloudFormation knows of their stacks: parameters, tags, nested stacks, and what other stacks
// of the region export.
import {
  type Stack as DeployedStack,
  GetTemplateCommand,
  paginateDescribeStacks,
  paginateListExports,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { isNode, member, type StackSource, type TemplateNode } from '../../assembly/scope.ts';
import { parseTemplate } from '../../assembly/template-file.ts';
import type { AwsClients } from './clients.ts';
import { inTurn } from './deployed.ts';

export interface StackSelection {
  /** Names of stacks; `*` stands for any text. What is nested in a stack belongs to it. */
  readonly patterns: readonly string[];
  readonly regions: readonly string[];
}

/**
 * The templates of what is deployed, transforms carried out, in the order of regions and names; empty where no stack has such a name.
 * Only reads: `cloudformation:DescribeStacks`, `GetTemplate`, `ListStackResources`, `ListExports`.
 * @throws what AWS refuses, and Refusal where a template is no data
 */
export async function deployedSources(
  clients: AwsClients,
  { patterns, regions }: StackSelection,
): Promise<StackSource[]> {
  const byRegion = await Promise.all(regions.map((region) => sourcesIn(clients, region, patterns)));
  const sources = byRegion.flat();
  const names = Map.groupBy(sources, ({ name }) => name);
  const repeated = new Set([...names].filter(([, { length }]) => length > 1).map(([name]) => name));
  // Two regions may have stacks of one name.
  const idIn = (id: string, region: string) => (repeated.has(id) ? `${id}@${region}` : id);
  return sources.map(({ nestedIn, ...source }) => ({
    ...source,
    id: idIn(source.id, source.region),
    nestedIn: nestedIn && {
      ...nestedIn,
      stack: idIn(nestedIn.stack, source.region),
      source: idIn(nestedIn.source, source.region),
    },
  }));
}

async function sourcesIn(clients: AwsClients, region: string, patterns: readonly string[]): Promise<StackSource[]> {
  const client = clients.cloudFormation(region);
  const stacks: DeployedStack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) stacks.push(...Stacks);
  const there = stacks.filter(({ StackStatus = '' }) => !hasNothing.has(StackStatus));
  const byId = new Map(there.map((stack) => [stack.StackId ?? '', stack]));
  const isMeant = (name: string) => patterns.some((pattern) => matches(pattern, name));
  const meant = there
    .filter(({ StackName = '', RootId = '' }) => isMeant(StackName) || isMeant(byId.get(RootId)?.StackName ?? ''))
    .toSorted((one, other) => ((one.StackName ?? '') < (other.StackName ?? '') ? -1 : 1));
  const templates = new Map<string, TemplateNode>();
  const nested = new Map<string, string>();
  await inTurn(meant, async ({ StackId = '', StackName = '' }) => {
    const command = new GetTemplateCommand({ StackName: StackId, TemplateStage: 'Processed' });
    const { TemplateBody = '' } = await client.send(command);
    const template = parseTemplate(TemplateBody, StackName);
    templates.set(StackId, isNode(template) ? template : {});
    if (!meant.some(({ ParentId }) => ParentId === StackId)) return;
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: StackId }))
      for (const { PhysicalResourceId = '', LogicalResourceId = '' } of StackResourceSummaries)
        nested.set(PhysicalResourceId, LogicalResourceId);
  });
  const imports = [...templates.values()].some((template) => JSON.stringify(template).includes('"Fn::ImportValue"'));
  const exports = imports ? await exportsIn(clients, region) : {};
  return meant.map((stack) => {
    const { StackId = '', StackName = '', ParentId = '', RootId = '', Parameters = [] } = stack;
    const parent = byId.get(ParentId);
    const logicalId = nested.get(StackId);
    const isNested = parent !== undefined && logicalId !== undefined;
    // What the stack above hands on is read from its template, which says what the value is of.
    const handed = isNested
      ? member(templates.get(ParentId), 'Resources', logicalId, 'Properties', 'Parameters')
      : undefined;
    return {
      id: StackName,
      name: StackName,
      region,
      account: StackId.split(':')[4],
      templateFile: StackName,
      template: templates.get(StackId) ?? {},
      tags: Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      terminationProtection: stack.EnableTerminationProtection === true,
      waitsFor: [],
      paths: {},
      given: Object.fromEntries(
        Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]).filter(
          ([key = '']) => !isNode(handed) || !Object.hasOwn(handed, key),
        ),
      ),
      lookedUp: Object.fromEntries(
        Parameters.flatMap(({ ParameterKey = '', ResolvedValue }) =>
          ResolvedValue === undefined ? [] : [[ParameterKey, ResolvedValue]],
        ),
      ),
      exports,
      nestedIn: isNested
        ? { stack: byId.get(RootId)?.StackName ?? StackName, source: parent.StackName ?? '', logicalId }
        : undefined,
    };
  });
}

/**
 * States in which nothing of a stack is there
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html).
 */
const hasNothing: ReadonlySet<string> = new Set(['REVIEW_IN_PROGRESS', 'DELETE_COMPLETE']);

/** `*` is any text, and every other letter itself. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[^\w*-]/g, String.raw`\$&`).replaceAll('*', '.*')}$`).test(name);

/** What the stacks of a region export, by name. */
async function exportsIn(clients: AwsClients, region: string): Promise<Record<string, string>> {
  const pages = paginateListExports({ client: clients.cloudFormation(region) }, {});
  const found: [string, string][] = [];
  for await (const { Exports = [] } of pages)
    found.push(...Exports.map(({ Name = '', Value = '' }): [string, string] => [Name, Value]));
  return Object.fromEntries(found);
}
