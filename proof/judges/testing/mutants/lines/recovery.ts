// Mutants of the region that takes over (DR-1…8). They need both regions, so they are applied to what is really built alone; see
// cli/mutants-of-the-build.test.ts.
import { at, literal, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { dataBuckets, replicationsOf } from '../../../../../assembly/questions/buckets.ts';
import { listOf, ofType } from '../../../../../assembly/relations.ts';
import type { Design } from '../../../../../design/schema.ts';
import type { RecoveryDetail, RecoveryStep, StandbyPart } from '../../../../../design/words/recovery-line.ts';
import { type Mutant, only, type Platform } from '../mutant.ts';
import { replicaPaths } from './paths.ts';

/** Resources of a type in the region that takes over. */
function away({ graph, design }: Platform, type: string): readonly Resource[] {
  const stacks = new Set(graph.stacks.filter(({ region }) => region === design.recovery?.region).map(({ id }) => id));
  return ofType(graph, type).filter(({ stack }) => stacks.has(stack));
}

const one = (platform: Platform, type: string) => only(away(platform, type));

/** Lines that say what the other region has of a part. */
const standbyLines = ({ recovery }: Design, part: StandbyPart['part']) =>
  (recovery?.standby ?? []).flatMap((line, index) => (line.part === part ? [`recovery.standby.${index}`] : []));

const steps = ({ recovery }: Design, ...actions: readonly RecoveryStep['action'][]) =>
  (recovery?.steps ?? []).flatMap(({ action }, index) => (actions.includes(action) ? [`recovery.steps.${index}`] : []));

const details = ({ recovery }: Design, ...actions: readonly RecoveryDetail['action'][]) =>
  (recovery?.steps ?? []).flatMap(({ details: lines }, step) =>
    lines.flatMap(({ action }, index) => (actions.includes(action) ? [`recovery.steps.${step}.details.${index}`] : [])),
  );

/** The function that may do something, and the policy that lets it. */
function grantOf(platform: Platform, action: string) {
  const policy = only(
    away(platform, 'AWS::IAM::Policy').filter(({ properties }) => textOf(properties.PolicyDocument).includes(action)),
  );
  const statements = listOf(at(policy.properties, 'PolicyDocument', 'Statement'));
  const index = statements.findIndex((statement) => textOf(at(statement, 'Action')).includes(action));
  return { policy, path: ['PolicyDocument', 'Statement', index, 'Action'] };
}

const record = ({ graph }: Platform, part: string) =>
  only(ofType(graph, 'AWS::Route53::RecordSet').filter(({ properties }) => properties.Failover === part));

const lagAlarm = (platform: Platform) =>
  only(
    away(platform, 'AWS::CloudWatch::Alarm').filter(({ properties }) =>
      /^AuroraGlobalDB/.test(textOf(literal(properties.MetricName))),
    ),
  );

/** The one rule that copies the data bucket's objects. */
function replication(platform: Platform) {
  const bucket = only(dataBuckets(platform.home));
  const [rule, ...others] = replicationsOf(bucket);
  if (rule === undefined || others.length > 0) throw new Error('objects are not copied by one rule');
  return { bucket, path: rule.path };
}

export const recoveryMutants: readonly Mutant[] = [
  {
    id: 'DR-1',
    name: 'the other region has a database of its own',
    spoil: (platform) => platform.set(one(platform, 'AWS::RDS::DBCluster'), ['GlobalClusterIdentifier'], undefined),
    reddens: (design) => ['recovery.strategy', ...standbyLines(design, 'aurora')],
  },
  {
    id: 'DR-7',
    name: 'the database of the other region has no instance to promote',
    spoil: (platform) => {
      for (const instance of away(platform, 'AWS::RDS::DBInstance')) platform.remove(instance);
    },
    reddens: (design) => ['recovery.region', 'recovery.strategy', ...standbyLines(design, 'aurora')],
  },
  {
    id: 'DR-1',
    name: 'tasks run in the other region, against a database that takes no writes',
    spoil: (platform) => platform.set(one(platform, 'AWS::ECS::Service'), ['DesiredCount'], 2),
    reddens: () => ['recovery.strategy'],
  },
  {
    id: 'DR-7',
    name: 'nobody hears of a database that falls behind before the RPO is gone',
    spoil: (platform) => platform.set(lagAlarm(platform), ['Threshold'], 86_400_000),
    reddens: () => ['recovery.rpoSeconds'],
  },
  {
    id: 'DR-7',
    name: 'objects are copied in no promised time',
    spoil: (platform) => {
      const { bucket, path } = replication(platform);
      platform.set(bucket, [...path, 'Destination', 'ReplicationTime', 'Status'], 'Disabled');
    },
    reddens: () => ['recovery.rpoSeconds'],
  },
  {
    id: 'DR-7',
    name: 'the rule that copies objects is switched off',
    spoil: (platform) => {
      const { bucket, path } = replication(platform);
      platform.set(bucket, [...path, 'Status'], 'Disabled');
    },
    reddens: (design) => ['backup.s3.replicateTo.production', ...replicaPaths(design)],
  },
  {
    id: 'DR-1',
    name: 'the other region runs an older image',
    spoil: (platform) =>
      platform.set(
        one(platform, 'AWS::ECS::TaskDefinition'),
        ['ContainerDefinitions', 0, 'Image'],
        `123456789012.dkr.ecr.${platform.design.recovery?.region}.amazonaws.com/assets:older`,
      ),
    reddens: (design) => ['recovery.region', ...standbyLines(design, 'image')],
  },
  {
    id: 'DR-7',
    name: 'a queue of the other region gives up sooner',
    spoil: (platform) =>
      platform.set(
        only(away(platform, 'AWS::SQS::Queue').filter(({ properties }) => properties.RedrivePolicy !== undefined)),
        ['RedrivePolicy', 'maxReceiveCount'],
        1,
      ),
    reddens: () => ['recovery.region'],
  },
  {
    id: 'DR-7',
    name: 'the database of the other region would take connections without TLS',
    spoil: (platform) =>
      platform.set(one(platform, 'AWS::RDS::DBClusterParameterGroup'), ['Parameters', 'rds.force_ssl'], '0'),
    reddens: () => ['recovery.region'],
  },
  {
    id: 'DR-7',
    name: 'an alarm is missing in the other region',
    spoil: (platform) => {
      const watched = away(platform, 'AWS::CloudWatch::Alarm').filter(
        ({ properties }) => properties.MetricName === 'TargetResponseTime',
      );
      only(watched);
      for (const alarm of watched) platform.remove(alarm);
    },
    reddens: () => ['recovery.region'],
  },
  {
    id: 'DR-2',
    name: 'nobody asks the load balancer from outside',
    spoil: (platform) => {
      for (const check of ofType(platform.graph, 'AWS::Route53::HealthCheck')) {
        if (at(check.properties, 'HealthCheckConfig', 'FullyQualifiedDomainName') !== undefined)
          platform.set(check, ['HealthCheckConfig', 'FullyQualifiedDomainName'], 'example.net');
      }
    },
    reddens: (design) => steps(design, 'detect'),
  },
  {
    id: 'DR-3',
    name: 'the machine may not promote the database',
    spoil: (platform) => {
      const { policy, path } = grantOf(platform, 'rds:FailoverGlobalCluster');
      platform.set(policy, path, 'rds:DescribeGlobalClusters');
    },
    reddens: (design) => [
      'recovery.rtoSeconds',
      'inputs.failover',
      ...details(design, 'promote-database', 'start-tasks'),
      ...steps(design, 'start', 'verify', 'fail-back'),
    ],
  },
  {
    id: 'DR-3',
    name: 'the machine may not start tasks',
    spoil: (platform) => {
      for (const policy of away(platform, 'AWS::IAM::Policy')) {
        listOf(at(policy.properties, 'PolicyDocument', 'Statement')).forEach((statement, index) => {
          if (textOf(at(statement, 'Action')).includes('ecs:UpdateService'))
            platform.set(policy, ['PolicyDocument', 'Statement', index, 'Action'], 'ecs:DescribeServices');
        });
      }
    },
    reddens: (design) => details(design, 'start-tasks'),
  },
  {
    id: 'DR-4',
    name: 'the second record leads home',
    spoil: (platform) => {
      const home = platform.get(record(platform, 'PRIMARY'), ['AliasTarget']);
      platform.set(record(platform, 'SECONDARY'), ['AliasTarget'], home);
    },
    reddens: (design) => steps(design, 'switch-traffic'),
  },
  {
    id: 'DR-8',
    name: 'the first record is believed whatever its check says',
    spoil: (platform) => platform.set(record(platform, 'PRIMARY'), ['HealthCheckId'], undefined),
    reddens: (design) => steps(design, 'switch-traffic'),
  },
  {
    id: 'DR-7',
    name: 'the network of the other region lies over that of home',
    spoil: (platform) => platform.set(one(platform, 'AWS::EC2::VPC'), ['CidrBlock'], platform.design.network.cidr),
    reddens: () => ['inputs.standbyCidr'],
  },
  {
    id: 'DR-3',
    name: 'the machine starts by itself where a person should start it',
    spoil: (platform) => {
      const machine = only(
        away(platform, 'AWS::StepFunctions::StateMachine').filter(({ properties }) =>
          textOf(properties.DefinitionString).includes('PromoteDatabase'),
        ),
      );
      platform.add(machine, 'AWS::Events::Rule', {
        State: 'ENABLED',
        EventPattern: { source: ['aws.cloudwatch'] },
        Targets: [{ Id: 'Machine', Arn: platform.here(machine) }],
      });
    },
    reddens: () => ['inputs.failover'],
  },
];
