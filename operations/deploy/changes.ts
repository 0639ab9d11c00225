// What a change to a resource means for people: it costs data, it interrupts them, it lets more through, or none of it. CloudFormation
// says what it will do; the two templates say what that does to whom.
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import { widensAccess } from './access.ts';
import type { ResourceChange } from './cloudformation.ts';
import { holdsData } from './holds-data.ts';

/** In the order of how much they weigh. A change without any is safe. */
export const risks = ['replaces-data', 'interrupts', 'widens-access'] as const;
export type Risk = (typeof risks)[number];

export interface Change extends ResourceChange {
  readonly risks: readonly Risk[];
}

export function classify(
  change: ResourceChange,
  before: TemplateNode | undefined,
  after: TemplateNode | undefined,
): Change {
  const { logicalId, type } = change;
  const [old, now] = [resourceIn(before, logicalId), resourceIn(after, logicalId)];
  const goes = change.action === 'Remove' || change.replacement !== 'False';
  const found: Risk[] = [];
  // A new one has nothing to lose; one that is kept is out of CloudFormation's hands, but out of the platform's as well.
  if (change.action !== 'Add' && goes && holdsData(type, old)) found.push('replaces-data');
  if (change.action !== 'Add' && (goes ? !quiet.has(type) : restarts(change))) found.push('interrupts');
  if (widensAccess(type, old, change.action === 'Remove' ? undefined : (now ?? old))) found.push('widens-access');
  return { ...change, risks: found };
}

/** The changes that creating a stack from nothing makes: CloudFormation need not be asked for them. */
export function creations(template: TemplateNode): Change[] {
  const resources = member(template, 'Resources');
  return Object.entries(isNode(resources) ? resources : {}).map(([logicalId, resource]) =>
    classify(
      {
        action: 'Add',
        logicalId,
        type: isNode(resource) ? String(resource.Type) : '',
        replacement: 'False',
        details: [],
      },
      undefined,
      template,
    ),
  );
}

/**
 * Whether `done` stays within `allowed`: everything that it does was allowed, and nothing of it is graver. What was allowed with values
 * that were not known yet may turn out to be less.
 */
export function isWithin(done: readonly Change[], allowed: readonly Change[]): boolean {
  const known = new Map(allowed.map((change) => [change.logicalId, change]));
  return done.every((change) => {
    const planned = known.get(change.logicalId);
    return (
      planned !== undefined &&
      planned.type === change.type &&
      planned.action === change.action &&
      weight[change.replacement] <= weight[planned.replacement] &&
      change.risks.every((risk) => planned.risks.includes(risk)) &&
      change.details.every(({ attribute, name }) =>
        planned.details.some((detail) => detail.attribute === attribute && detail.name === name),
      )
    );
  });
}

/** The gravest first, then by name. */
export function inOrder(changes: readonly Change[]): Change[] {
  const rank = ({ risks: found }: Change) => {
    const first = risks.findIndex((risk) => found.includes(risk));
    return first < 0 ? risks.length : first;
  };
  return [...changes].sort((a, b) => rank(a) - rank(b) || (a.logicalId < b.logicalId ? -1 : 1));
}

const weight = { False: 0, Conditional: 1, True: 2 } as const;

function resourceIn(template: TemplateNode | undefined, logicalId: string): TemplateNode | undefined {
  const resource = member(template, 'Resources', logicalId);
  return isNode(resource) ? resource : undefined;
}

/** Types that nobody notices the replacement of: the new one is there before the old one goes, or nobody is served by it. */
const quiet: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::RestoreTestingPlan',
  'AWS::Backup::RestoreTestingSelection',
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::ECS::TaskDefinition',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::Delivery',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::XRay::Group',
  'AWS::XRay::SamplingRule',
  'Custom::DatabaseExtensions',
]);

/**
 * Properties whose change in place restarts what people are using: the "some interruptions" of each type's page in
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/, and what cuts connections (a rule that goes).
 */
const restarting: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'SecurityGroupEgress'],
  'AWS::ElastiCache::ReplicationGroup': ['CacheNodeType', 'CacheParameterGroupName', 'Engine', 'EngineVersion'],
  'AWS::ElasticLoadBalancingV2::Listener': ['Certificates', 'Port', 'Protocol'],
  'AWS::RDS::DBCluster': [
    'DBClusterParameterGroupName',
    'EngineVersion',
    'MasterUserPassword',
    'Port',
    'VpcSecurityGroupIds',
  ],
  'AWS::RDS::DBClusterParameterGroup': ['Parameters'],
  'AWS::RDS::DBInstance': [
    'AvailabilityZone',
    'CACertificateIdentifier',
    'DBInstanceClass',
    'DBParameterGroupName',
    'EngineVersion',
    'Port',
  ],
};

function restarts({ type, details }: ResourceChange): boolean {
  const names = restarting[type] ?? [];
  return details.some(({ name }) => name !== undefined && names.includes(name));
}
