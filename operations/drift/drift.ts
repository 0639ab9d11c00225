// `hashira drift`: whether the account is still what was deployed, and what was deployed still what the document says. The first is
// CloudFormation's own drift detection and what it does not see: of health checks, and of protection against deletion. The second is a
// comparison of the template that a stack was deployed with and the one built now.

import {
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
  paginateListStackResources,
  type StackResourceDrift,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { type EnvironmentGraph, environmentGraphOf } from '../../assembly/environment-graph.ts';
import type { Assembly, Stack } from '../../assembly/graph.ts';
import { until } from '../../common/until.ts';
import type { Words } from '../../design/messages/words.ts';
import { namedReasonsOf, Refusal } from '../../design/refusal.ts';
import type { Environment } from '../../design/schema.ts';
import { isSignedOut } from '../aws/access-problem.ts';
import type { AwsClients } from '../aws/clients.ts';
import { type Deployed, describeStack, inTurn, readDeployed } from '../aws/deployed.ts';
import { protectingSchedules, protectionOf } from '../aws/protection.ts';
import { builtTemplate, deployedTemplate, templateDifferences } from '../aws/templates.ts';
import { refusals } from '../refusals.ts';
import { alarmCopies } from './alarm-copies.ts';
import type { Difference } from './difference.ts';

export interface StackDrift {
  readonly stack: string;
  readonly region: string;
  /** Design against template. `absent`: the stack is not there. */
  readonly template: 'same' | 'differs' | 'absent' | 'unknown';
  /** Template against account. `not-looked`: there was nothing to look at. */
  readonly account: 'in-sync' | 'drifted' | 'unknown' | 'not-looked';
  readonly fromDesign: readonly Difference[];
  readonly fromTemplate: readonly Difference[];
  /** Resources of types that CloudFormation cannot check, and so says nothing about. */
  readonly unchecked: number;
  /** Why something is unknown. */
  readonly reasons: readonly (Words | string)[];
}

export interface DriftInput {
  readonly clients: AwsClients;
  readonly graph: Assembly;
  /** Directory of the cloud assembly that the graph was read from. */
  readonly assembly: string;
  readonly environment: Environment;
  /** The document's region. */
  readonly region: string;
  /** Seconds that the detection of one stack may take. */
  readonly timeoutSeconds?: number;
  readonly now?: Date;
}

const usualTimeoutSeconds = 600;

/** One result for each stack, in the order of the manifest. @throws when nobody is signed in; what AWS refuses is in the result. */
export async function runDrift(input: DriftInput): Promise<readonly StackDrift[]> {
  const environmentGraph = environmentGraphOf(input.graph, input.environment, input.region);
  const results = new Map<string, StackDrift>();
  let known: Promise<Deployed> | undefined;
  const deployed = () => {
    known ??= readDeployed(input.clients, environmentGraph);
    return known;
  };
  await inTurn(environmentGraph.stacks, async (stack) => {
    results.set(stack.id, await lookAt({ ...input, environmentGraph, deployed }, stack));
  });
  return environmentGraph.stacks.flatMap(({ id }) => results.get(id) ?? []);
}

interface DriftContext extends DriftInput {
  readonly environmentGraph: EnvironmentGraph;
  /** Asked once for all stacks. */
  readonly deployed: () => Promise<Deployed>;
}

async function lookAt(input: DriftContext, stack: Stack): Promise<StackDrift> {
  const base = { stack: stack.name, region: stack.region, fromDesign: [], fromTemplate: [], unchecked: 0, reasons: [] };
  const found = await describeStack(input.clients, stack.name, stack.region).catch(reasonHere);
  if (found !== undefined && 'unread' in found)
    return { ...base, template: 'unknown', account: 'unknown', reasons: [found.unread] };
  if (found === undefined || found.StackStatus === 'REVIEW_IN_PROGRESS')
    return { ...base, template: 'absent', account: 'not-looked' };
  const [design, account] = await Promise.all([
    againstDesign(input, stack).catch(reasonHere),
    againstTemplate(input, stack).catch(reasonHere),
  ]);
  return {
    ...base,
    ...('unread' in design
      ? { template: 'unknown' as const }
      : { template: design.length === 0 ? ('same' as const) : ('differs' as const), fromDesign: design }),
    ...('unread' in account ? { account: 'unknown' as const } : account),
    reasons: [design, account].flatMap((each) => ('unread' in each ? [each.unread] : [])),
  };
}

/** Why nothing is known of this stack. @throws the error itself where nothing would be known of any other, since nobody is signed in */
function reasonHere(error: unknown): { readonly unread: Words | string } {
  if (isSignedOut(error)) throw error;
  return { unread: namedReasonsOf(error) };
}

async function againstDesign({ clients, assembly }: DriftInput, stack: Stack): Promise<readonly Difference[]> {
  const built = builtTemplate(assembly, stack);
  return templateDifferences(built, await deployedTemplate(clients, stack)).map(
    ({ path: [section = '', ...path], built: expected, deployed }) => {
      const isResource = section === 'Resources' && path.length > 0;
      return {
        subject: String(isResource ? path[0] : section),
        path: pointer(isResource ? path.slice(1) : path),
        expected,
        found: deployed,
      };
    },
  );
}

const pointer = (path: readonly (string | number)[]): string => path.map((key) => `/${key}`).join('');

async function againstTemplate(
  input: DriftContext,
  { id, name, region }: Stack,
): Promise<Pick<StackDrift, 'account' | 'fromTemplate' | 'unchecked'>> {
  const { clients, timeoutSeconds = usualTimeoutSeconds } = input;
  const client = clients.cloudFormation(region);
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: name }));
  const asked = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId });
  const { last: status, isSo: isDone } = await until(
    () => client.send(asked),
    ({ DetectionStatus }) => DetectionStatus !== 'DETECTION_IN_PROGRESS',
    { within: timeoutSeconds * 1000, every: Math.min(3_000, timeoutSeconds * 100) },
  );
  if (!isDone) throw new Refusal(refusals.driftTooSlow({ stack: name, seconds: timeoutSeconds }));
  const drifts: StackResourceDrift[] = [];
  for await (const { StackResourceDrifts = [] } of paginateDescribeStackResourceDrifts({ client }, { StackName: name }))
    drifts.push(...StackResourceDrifts);
  const is = (wanted: string) => drifts.filter(({ StackResourceDriftStatus }) => StackResourceDriftStatus === wanted);
  const fromTemplate = [...is('DELETED').map(deletion), ...is('MODIFIED').flatMap(modifications)];
  // A detection can fail for one resource and still have found others: what it found counts.
  if (status.DetectionStatus === 'DETECTION_FAILED' && fromTemplate.length === 0)
    throw new Refusal(refusals.driftFailed({ stack: name, why: status.DetectionStatusReason ?? '' }));
  const resources = await resourcesOf(client, name);
  const all = [
    ...fromTemplate,
    ...(await alarmCopies(clients, region, resources)),
    ...(await protectionLost(input, id)),
  ];
  return {
    account: all.length === 0 ? 'in-sync' : 'drifted',
    fromTemplate: all,
    unchecked: resources.filter(isUnchecked).length,
  };
}

/** What the schedules of a stack have not protected, though they have had the time. */
async function protectionLost(input: DriftContext, stack: string): Promise<readonly Difference[]> {
  const { clients, environmentGraph, now = new Date() } = input;
  const own = protectingSchedules(environmentGraph).filter(({ schedule }) => schedule.stack === stack);
  if (own.length === 0) return [];
  const deployed = await input.deployed();
  const seen = await Promise.all(
    own.map(async (each) => ({ ...each, ...(await protectionOf({ clients, environmentGraph, deployed, now }, each)) })),
  );
  return seen
    .filter(({ state }) => state === 'off')
    .map(({ thing, command }) => ({
      ...{ subject: thing.logicalId, type: thing.type },
      ...{ path: '/DeletionProtection', expected: true, found: false },
      command,
    }));
}

async function resourcesOf(
  client: ReturnType<AwsClients['cloudFormation']>,
  StackName: string,
): Promise<readonly StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    found.push(...StackResourceSummaries.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE'));
  return found;
}

/** What cannot be checked is not among the drifts at all; the list of resources says of each whether it was. */
const isUnchecked = ({ DriftInformation }: StackResourceSummary): boolean =>
  !checked.includes(DriftInformation?.StackResourceDriftStatus ?? '');
const checked: readonly string[] = ['IN_SYNC', 'MODIFIED', 'DELETED'];

const deletion = ({ LogicalResourceId = '', ResourceType, PhysicalResourceId }: StackResourceDrift): Difference => ({
  subject: LogicalResourceId,
  type: ResourceType,
  path: '',
  expected: PhysicalResourceId ?? LogicalResourceId,
});

function modifications({
  LogicalResourceId = '',
  ResourceType,
  PropertyDifferences = [],
}: StackResourceDrift): readonly Difference[] {
  return PropertyDifferences.map(({ PropertyPath = '', ExpectedValue, ActualValue, DifferenceType }) => {
    // What a secret was put in for is not shown.
    const isSecret = /\{\{resolve:(secretsmanager|ssm-secure):/.test(ExpectedValue ?? '');
    return {
      subject: LogicalResourceId,
      type: ResourceType,
      path: PropertyPath,
      ...(DifferenceType === 'ADD' ? {} : { expected: ExpectedValue }),
      ...(DifferenceType === 'REMOVE' ? {} : { found: isSecret ? '***' : ActualValue }),
    };
  });
}
