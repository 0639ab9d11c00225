// CloudFormation itself behind the deployer's port. Which role asks is the place's affair; all that goes wrong comes out as an AwsFault.
import {
  type Change,
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { type ClientSettings, isNamed } from '../aws/clients.ts';
import { refusals } from '../refusals.ts';
import { asking, clientIn } from './aws-clients.ts';
import type { ChangeSetRequest, CloudFormation, StackEvent, StackReference } from './cloudformation.ts';
import { changeSetOf, eventOf, stateOf } from './cloudformation-answers.ts';
import { AwsFault, ownFault } from './fault.ts';
import { beginsOperation, latestOperation } from './operation-events.ts';

/** Pages of one answer that are read at most: CloudFormation allows 500 resources to a stack, and a hundred events make a page. */
const mostPages = 100;

export function awsCloudFormation(settings: ClientSettings = {}): CloudFormation {
  const client = clientIn((config) => new CloudFormationClient(config), settings);
  return {
    describe: (place) =>
      whereThere(async () => {
        const { Stacks = [] } = await client(place).send(new DescribeStacksCommand({ StackName: place.name }));
        const [stack] = Stacks;
        return stack === undefined ? undefined : stateOf(stack);
      }),
    template: (place) =>
      asking(async () => {
        const command = new GetTemplateCommand({ StackName: place.name, TemplateStage: 'Original' });
        const { TemplateBody = '' } = await client(place).send(command);
        return TemplateBody;
      }),
    resources: (place) =>
      asking(async () => {
        const found: Record<string, string> = {};
        const pages = paginateListStackResources({ client: client(place) }, { StackName: place.name });
        for await (const { StackResourceSummaries = [] } of bounded(pages)) {
          for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
            if (LogicalResourceId && PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
              found[LogicalResourceId] = PhysicalResourceId;
          }
        }
        return found;
      }),
    createChangeSet: (request) =>
      asking(async () => {
        const { place, name } = request;
        const create = (token: string) => client(place).send(new CreateChangeSetCommand(wordsOf(request, token)));
        try {
          await create(request.token);
        } catch (error) {
          if (!isNamed(error, 'AlreadyExistsException')) throw error;
          // Left by an interrupted run, never executed, and perhaps made of something else.
          await client(place).send(new DeleteChangeSetCommand({ StackName: place.name, ChangeSetName: name }));
          await create(`${request.token}-again`);
        }
      }),
    describeChangeSet: (place, name) =>
      asking(async () => {
        const changes: Change[] = [];
        let page: DescribeChangeSetOutput | undefined;
        for (let pages = 0; page === undefined || page.NextToken !== undefined; pages++) {
          if (pages === mostPages) throw endless();
          const words = { StackName: place.name, ChangeSetName: name, NextToken: page?.NextToken };
          page = await client(place).send(new DescribeChangeSetCommand(words));
          changes.push(...(page.Changes ?? []));
        }
        return changeSetOf(page, changes);
      }),
    execute: (place, name, token) =>
      asking(async () => {
        const words = { StackName: place.name, ChangeSetName: name, ClientRequestToken: tokenFor(place, token) };
        await client(place).send(new ExecuteChangeSetCommand(words));
      }),
    discard: async (place, name) => {
      await whereThere(async () => {
        await client(place).send(new DeleteChangeSetCommand({ StackName: place.name, ChangeSetName: name }));
      });
    },
    events: async (place, token) =>
      (await whereThere(async () => {
        const found: StackEvent[] = [];
        const pages = paginateDescribeStackEvents({ client: client(place) }, { StackName: place.name });
        for await (const { StackEvents = [] } of bounded(pages)) {
          found.push(...StackEvents.map(eventOf));
          if (found.some(beginsOperation)) break;
        }
        return latestOperation(found, token === undefined ? undefined : tokenFor(place, token));
      })) ?? [],
    delete: (place, token) =>
      asking(async () => {
        await client(place).send(
          new DeleteStackCommand({ StackName: place.name, ClientRequestToken: tokenFor(place, token) }),
        );
      }),
    protect: (place, on) =>
      asking(async () => {
        const words = { StackName: place.name, EnableTerminationProtection: on };
        await client(place).send(new UpdateTerminationProtectionCommand(words));
      }),
  };
}

function wordsOf(request: ChangeSetRequest, token: string): CreateChangeSetCommandInput {
  const { place, name, kind, templateUrl, tags, keep, executionRole, description } = request;
  return {
    StackName: place.name,
    ChangeSetName: name,
    ClientToken: token,
    ChangeSetType: kind,
    TemplateURL: templateUrl,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Parameters: keep.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    RoleARN: executionRole,
    Description: description,
  };
}

/** Stacks of one run share its token; whether CloudFormation tells their requests apart by the stack, no page of it says. */
const tokenFor = ({ name }: StackReference, token: string): string =>
  `${token}-${name.replace(/[^A-Za-z0-9]+/g, '-')}`.slice(0, 128);

/** `undefined` where there is no such stack or change set: of a stack CloudFormation says so in words only. */
async function whereThere<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asking(question);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    const { code, message } = error;
    if (code.startsWith('ChangeSetNotFound') || (code === 'ValidationError' && /does not exist/.test(message)))
      return undefined;
    throw error;
  }
}

async function* bounded<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  let read = 0;
  for await (const page of pages) {
    if (read++ === mostPages) throw endless();
    yield page;
  }
}

const endless = () => ownFault(refusals.endlessAnswer({ pages: mostPages }));
