// What is drawn of a platform: which types have a card of their own, with which icon and words, and which are told together at the
// foot of their region.

import {
  type Assembly,
  at,
  literal,
  type Resource,
  referencesIn,
  textOf,
  type Value,
} from '../../../assembly/graph.ts';
import { numberOf } from '../../../assembly/properties.ts';
import { instancesOf, nodesOf } from '../../../assembly/questions/compute.ts';
import { deploymentStepOf } from '../../../assembly/questions/deployment-steps.ts';
import { isInNetwork } from '../../../assembly/questions/placements.ts';
import { deadLetterOf } from '../../../assembly/questions/queues.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { calledBy } from '../../../assembly/questions/state-machines.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import type { Words } from '../../../design/messages/words.ts';
import { words } from './words.ts';

/** A file of the icon set, without its ending. */
type Icon = `${'architecture-service' | 'resource'}/${string}`;

interface Card {
  readonly service: Words | string;
  readonly icon: Icon;
  /** Stands before every region: what customers reach first. */
  readonly isEdge?: boolean;
  /** Whether the service is said first, or the thing's own name. */
  readonly named?: boolean;
  readonly detail?: (resource: Resource, graph: Assembly) => Words | string;
}

export const cards: Readonly<Record<string, Card>> = {
  'AWS::CloudFront::Distribution': {
    service: 'CloudFront',
    icon: 'architecture-service/AmazonCloudFront',
    isEdge: true,
    detail: ({ properties }) =>
      listOf(at(properties, 'DistributionConfig', 'Aliases'))
        .map(textOf)
        .join(', '),
  },
  'AWS::WAFv2::WebACL': {
    service: 'WAF',
    icon: 'architecture-service/AWSWAF',
    isEdge: true,
    detail: ({ properties }) => words.rules(listOf(properties.Rules).length),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    service: words.loadBalancer,
    icon: 'architecture-service/ElasticLoadBalancing',
    detail: ({ properties }) => text(properties.Scheme) ?? 'internet-facing',
  },
  'AWS::EC2::NatGateway': { service: words.natGateway, icon: 'resource/AmazonVPCNATGateway' },
  'AWS::ECS::Service': {
    service: 'ECS Fargate',
    icon: 'architecture-service/AWSFargate',
    detail: (service, graph) => {
      const task = targetOf(graph, service.properties.TaskDefinition);
      const scaled = targetOfService(graph, service)?.properties ?? {
        MinCapacity: service.properties.DesiredCount ?? 1,
      };
      const least = figure(scaled.MinCapacity);
      const most = figure(scaled.MaxCapacity ?? scaled.MinCapacity);
      const [cpu, memory] = [task?.properties.Cpu, task?.properties.Memory].map((units) => figure(units, 1024));
      return `${least === most ? least : `${least}–${most}`} × ${cpu} vCPU ${memory} GB`;
    },
  },
  'AWS::Lambda::Function': {
    service: 'Lambda',
    icon: 'architecture-service/AWSLambda',
    named: true,
    detail: ({ properties }) => `Lambda ${figure(properties.MemorySize ?? 128)} MB`,
  },
  'AWS::RDS::DBCluster': {
    service: 'Aurora',
    icon: 'architecture-service/AmazonAurora',
    detail: (cluster, graph) => {
      const instances = instancesOf(graph, cluster);
      const [first] = instances;
      return first === undefined
        ? words.noInstance
        : `${instances.length} × ${text(first.properties.DBInstanceClass) ?? '?'}`;
    },
  },
  'AWS::RDS::DBInstance': {
    service: 'Aurora',
    icon: 'resource/AmazonAuroraAmazonAuroraInstancealternate',
    named: true,
    detail: ({ properties }) => text(properties.DBInstanceClass) ?? '',
  },
  'AWS::ElastiCache::ReplicationGroup': {
    service: 'ElastiCache',
    icon: 'architecture-service/AmazonElastiCache',
    detail: (group) => `${nodesOf(group) ?? '?'} × ${text(group.properties.CacheNodeType) ?? '?'}`,
  },
  'AWS::DynamoDB::Table': { service: 'DynamoDB', icon: 'architecture-service/AmazonDynamoDB', named: true },
  'AWS::DynamoDB::GlobalTable': { service: 'DynamoDB', icon: 'architecture-service/AmazonDynamoDB', named: true },
  'AWS::SQS::Queue': {
    service: 'SQS',
    icon: 'architecture-service/AmazonSimpleQueueService',
    named: true,
    detail: ({ properties }) => (properties.RedrivePolicy === undefined ? 'SQS' : words.withDeadLetters),
  },
  'AWS::SNS::Topic': { service: 'SNS', icon: 'architecture-service/AmazonSimpleNotificationService', named: true },
  'AWS::S3::Bucket': { service: 'S3', icon: 'architecture-service/AmazonSimpleStorageService', named: true },
  'AWS::Events::Rule': {
    service: 'EventBridge',
    icon: 'architecture-service/AmazonEventBridge',
    named: true,
    detail: ({ properties }) => text(properties.ScheduleExpression) ?? 'EventBridge',
  },
  'AWS::Scheduler::Schedule': {
    service: 'Scheduler',
    icon: 'resource/AmazonEventBridgeScheduler',
    named: true,
    detail: ({ properties }) => text(properties.ScheduleExpression) ?? '',
  },
  'AWS::StepFunctions::StateMachine': {
    service: 'Step Functions',
    icon: 'architecture-service/AWSStepFunctions',
    named: true,
  },
};

const text = (value: Value | undefined): string | undefined => {
  const found = literal(value);
  return found === undefined ? undefined : String(found);
};

/** A number of units, or `?` where the templates do not settle it. */
function figure(value: Value | undefined, unit = 1): string {
  const number = numberOf(value);
  return number === undefined ? '?' : String(number / unit);
}

interface Together {
  readonly name: Words;
  readonly icon: Icon;
}

/** Told together, with their number, where they have no card. */
export const together: Readonly<Record<string, Together>> = {
  'AWS::CloudWatch::Alarm': { name: words.alarms, icon: 'architecture-service/AmazonCloudWatch' },
  'AWS::CloudWatch::Dashboard': { name: words.dashboards, icon: 'architecture-service/AmazonCloudWatch' },
  'AWS::Logs::LogGroup': { name: words.logGroups, icon: 'resource/AmazonCloudWatchLogs' },
  'AWS::CloudTrail::Trail': { name: words.trails, icon: 'architecture-service/AWSCloudTrail' },
  'AWS::Backup::BackupVault': { name: words.backupVaults, icon: 'architecture-service/AWSBackup' },
  'AWS::KMS::Key': { name: words.keys, icon: 'architecture-service/AWSKeyManagementService' },
  'AWS::SecretsManager::Secret': { name: words.secrets, icon: 'architecture-service/AWSSecretsManager' },
  'AWS::Route53::HealthCheck': { name: words.healthChecks, icon: 'architecture-service/AmazonRoute53' },
  'AWS::Route53::RecordSet': { name: words.records, icon: 'architecture-service/AmazonRoute53' },
  'AWS::Budgets::Budget': { name: words.budgets, icon: 'architecture-service/AWSBudgets' },
  'AWS::EC2::VPCEndpoint': { name: words.endpoints, icon: 'resource/AmazonVPCEndpoints' },
  'AWS::XRay::Group': { name: words.traceGroups, icon: 'architecture-service/AWSXRay' },
  'AWS::SSM::Parameter': { name: words.parameters, icon: 'architecture-service/AWSSystemsManager' },
};

/** Last parts of a construct path that name no thing. */
const nameless = [
  'Resource',
  'Default',
  'Queue',
  'Bucket',
  'Cluster',
  'Service',
  'Table',
  'Key',
  'Function',
  'Machine',
];

/** What a person calls a resource: the last part of its path that says something. */
function nameOf({ path }: Resource): string {
  const parts = path.split('/').slice(1);
  return parts.findLast((part) => !nameless.includes(part)) ?? parts.at(-1) ?? path;
}

/** The two lines of a card. */
export function wordsOf(
  resource: Resource,
  graph: Assembly,
): {
  readonly title: Words | string;
  readonly detail: Words | string;
} {
  const card = cards[resource.type];
  const detail = card?.detail?.(resource, graph) ?? '';
  if (card?.named === true) return { title: nameOf(resource), detail: detail === '' ? card.service : detail };
  return { title: card?.service ?? resource.type, detail };
}

/** Functions without a network that a state machine calls: its steps. */
const stepsOf = (machine: Resource, graph: Assembly): readonly Resource[] =>
  calledBy(graph, machine).filter((one) => !isInNetwork(graph, one));

/** What a function that only a deployment calls prepares: what the custom resource speaks of. */
const preparedBy = (step: Resource, graph: Assembly): Resource | undefined =>
  Object.values(deploymentStepOf(graph, step)?.properties ?? {})
    .flatMap(referencesIn)
    .flatMap((reference) => targetOf(graph, reference) ?? [])
    .find((other) => other !== step && cards[other.type] !== undefined);

/** The resource whose card tells of another too: of its dead letters, its instances, its steps, what prepares it. */
export function ownerOf(resource: Resource, graph: Assembly): Resource | undefined {
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return ofType(graph, 'AWS::SQS::Queue').find((queue) => deadLetterOf(graph, queue) === resource);
    case 'AWS::RDS::DBInstance':
      return literal(resource.properties.AvailabilityZone) === undefined
        ? targetOf(graph, resource.properties.DBClusterIdentifier)
        : undefined;
    case 'AWS::Lambda::Function':
      return (
        ofType(graph, 'AWS::StepFunctions::StateMachine').find((machine) =>
          stepsOf(machine, graph).includes(resource),
        ) ?? preparedBy(resource, graph)
      );
    default:
      return undefined;
  }
}

/** The regions that a resource is in beside its stack's own. */
export const copiesOf = ({ type, properties }: Resource): readonly string[] =>
  type === 'AWS::DynamoDB::GlobalTable'
    ? listOf(properties.Replicas).map((replica) => textOf(at(replica, 'Region')))
    : [];
