// What only a deployment knows may be right as well as wrong: the line that hangs on it is unresolved.
import { expect, test } from 'vitest';
import type { Resource } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { dataBuckets } from '../../../assembly/questions/buckets.ts';
import { ofType } from '../../../assembly/relations.ts';
import { exampleDesign as design } from '../../../design/fixtures/example-design.ts';
import type { PlacedPart } from '../../../design/words/subnet-use.ts';
import { judgeStatements } from '../judge-statements.ts';
import { formLines } from '../testing/form-lines.ts';
import { resourcePath } from '../testing/mutants/lines/paths.ts';
import { type Json, only, Platform } from '../testing/mutants/mutant.ts';
import { sampleSources } from '../testing/sample-templates.ts';

const lines = formLines(design);
const sources = sampleSources(design, 'production');

/** The verdict on a line where a property is a parameter without a default, or what is given. */
function verdict(
  select: (platform: Platform) => Resource,
  property: PropertyPath,
  path: string,
  given: Json = { Ref: 'GivenAtDeployment' },
) {
  const platform = new Platform(design, 'production', sources);
  platform.set(select(platform), property, given);
  const judged = judgeStatements({ graph: platform.spoilt(), design, lines, environments: ['production'] });
  return judged.find((one) => one.path === path)?.verdict;
}

const first = (type: string) => (platform: Platform) => only(ofType(platform.home, type));
const data = (platform: Platform) => only(dataBuckets(platform.home));
const service = first('AWS::ECS::Service');
const usesOf = (part: PlacedPart) =>
  `network.subnets.${design.network.subnets.findIndex(({ uses }) =>
    uses.some(({ parts }) => parts.includes(part)),
  )}.uses`;

test.each<[string, (platform: Platform) => Resource, PropertyPath, string]>([
  ['the range of the VPC', first('AWS::EC2::VPC'), ['CidrBlock'], 'network.cidr'],
  ['where tasks stand', service, ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'], usesOf('service')],
  ['how tasks are started', service, ['LaunchType'], resourcePath(design, 'ComputeStack', 'service')],
  [
    'the role of a function',
    first('AWS::Lambda::Function'),
    ['Role'],
    resourcePath(design, 'ComputeStack', 'function'),
  ],
  ['the database engine', first('AWS::RDS::DBCluster'), ['Engine'], resourcePath(design, 'DatabaseStack', 'aurora')],
  [
    'the parameter group of the database',
    first('AWS::RDS::DBCluster'),
    ['DBClusterParameterGroupName'],
    resourcePath(design, 'DatabaseStack', 'parameter-group'),
  ],
  ['the window of backups', first('AWS::RDS::DBCluster'), ['PreferredBackupWindow'], 'backup.aurora.window.local'],
  [
    'when snapshots are taken',
    first('AWS::Backup::BackupPlan'),
    ['BackupPlan', 'BackupPlanRule', 0, 'ScheduleExpression'],
    'backup.aurora.weeklySnapshot',
  ],
  ['whether a lifecycle rule is on', data, ['LifecycleConfiguration', 'Rules', 0, 'Status'], 'backup.s3.transitions'],
  ['the colder classes', data, ['LifecycleConfiguration', 'Rules', 0, 'Transitions'], 'backup.s3.transitions'],
  [
    'where access logs go',
    first('AWS::Logs::DeliveryDestination'),
    ['DestinationResourceArn'],
    'logs.production.albAccess',
  ],
  ['whose role a function has', first('AWS::Lambda::Function'), ['Role'], 'sizes.production.functions.memoryMiB'],
  [
    'where objects are copied to',
    data,
    ['ReplicationConfiguration', 'Rules', 0, 'Destination', 'Bucket'],
    'backup.s3.replicateTo.production',
  ],
  ['the cache engine', first('AWS::ElastiCache::ReplicationGroup'), ['Engine'], 'inputs.cacheEngine'],
  [
    'the least number of tasks',
    first('AWS::ApplicationAutoScaling::ScalableTarget'),
    ['MinCapacity'],
    'requestsPerSecond',
  ],
  ['the name of a certificate', first('AWS::CertificateManager::Certificate'), ['DomainName'], 'inputs.domain'],
])('%s', (_, select, property, path) => {
  expect(verdict(select, property, path)).toBe('unresolved');
});

test.each<[string, (platform: Platform) => Resource, PropertyPath, string]>([
  ['the database', first('AWS::RDS::DBCluster'), ['DBSubnetGroupName'], usesOf('aurora')],
  ['the cache', first('AWS::ElastiCache::ReplicationGroup'), ['CacheSubnetGroupName'], usesOf('cache')],
])('%s may stand in any subnet by a group that is none of the templates', (_, select, property, path) => {
  expect(verdict(select, property, path, 'shared')).toBe('unresolved');
});
