// Whether what holds rows and is there already could be brought back to how it was within the last day (DEP-1). Buckets keep their own
// versions and are not asked, nor is what follows the home region's data elsewhere. What is not there yet needs no backup.
import { paginateListRecoveryPointsByResource } from '@aws-sdk/client-backup';
import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeDBClustersCommand, paginateDescribeDBClusterSnapshots } from '@aws-sdk/client-rds';
import { at, literal, type Resource } from '../../assembly/graph.ts';
import { listAt } from '../../assembly/properties.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

/** Hours. */
const oldest = 24;

export async function checkBackup(context: Context): Promise<readonly PreflightFinding[]> {
  const { environmentGraph } = context;
  const deployed = await context.deployed;
  const clusters = environmentGraph
    .all('AWS::RDS::DBCluster', environmentGraph.home)
    .filter((each) => deployed.physical(each) !== undefined);
  const tables = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']
    .flatMap((type) => environmentGraph.all(type, environmentGraph.home))
    .filter((each) => isKept(each, environmentGraph.home))
    .filter((each) => deployed.physical(each) !== undefined);
  if (clusters.length + tables.length === 0) return [finding('noData', 'ok', {})];
  return Promise.all([
    ...clusters.map((each) => lookAtCluster(context, each)),
    ...tables.map((each) => lookAtTable(context, each)),
  ]);
}

/** A table whose template asks for no backup in this region holds nothing that the document wants back. */
function isKept(table: Resource, region: string): boolean {
  const replica = listAt(table, ['Replicas']).find((each) => literal(at(each, 'Region')) === region);
  const path = ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'];
  return literal(at(replica ?? table.properties, ...path)) === true;
}

/** The newest of: the moment that the automatic backup reaches to, a snapshot, a recovery point of AWS Backup. */
async function lookAtCluster(context: Context, resource: Resource): Promise<PreflightFinding> {
  const { clients, environmentGraph } = context;
  const client = clients.database(environmentGraph.regionOf(resource));
  const DBClusterIdentifier = (await context.deployed).physical(resource) ?? '';
  const { DBClusters = [] } = await client.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
  const [cluster] = DBClusters;
  const moments = [cluster?.LatestRestorableTime];
  for await (const { DBClusterSnapshots = [] } of paginateDescribeDBClusterSnapshots(
    { client },
    { DBClusterIdentifier },
  ))
    for (const { Status, SnapshotCreateTime } of DBClusterSnapshots)
      if (Status === 'available') moments.push(SnapshotCreateTime);
  moments.push(...(await recoveryPoints(context, resource, cluster?.DBClusterArn)));
  const judged = judge(context, DBClusterIdentifier, moments);
  // A cluster that stands still changes nothing: its last backup has what it had when it was stopped.
  return judged.is === 'backupOld' && cluster?.Status === 'stopped'
    ? finding('backupOfStopped', 'warn', { what: judged.facts.what, hours: judged.facts.hours })
    : judged;
}

async function lookAtTable(context: Context, resource: Resource): Promise<PreflightFinding> {
  const { clients, environmentGraph } = context;
  const client = clients.tables(environmentGraph.regionOf(resource));
  const TableName = (await context.deployed).physical(resource) ?? '';
  const [{ ContinuousBackupsDescription: continuous }, { Table }] = await Promise.all([
    client.send(new DescribeContinuousBackupsCommand({ TableName })),
    client.send(new DescribeTableCommand({ TableName })),
  ]);
  const points = await recoveryPoints(context, resource, Table?.TableArn);
  const moments = [continuous?.PointInTimeRecoveryDescription?.LatestRestorableDateTime, ...points];
  return judge(context, TableName, moments);
}

async function recoveryPoints(
  { clients, environmentGraph }: Context,
  resource: Resource,
  ResourceArn: string | undefined,
): Promise<readonly (Date | undefined)[]> {
  if (ResourceArn === undefined) return [];
  const client = clients.backup(environmentGraph.regionOf(resource));
  const moments: (Date | undefined)[] = [];
  for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByResource({ client }, { ResourceArn }))
    for (const { Status, CreationDate } of RecoveryPoints) if (Status === 'COMPLETED') moments.push(CreationDate);
  return moments;
}

function judge({ now }: Context, what: string, moments: readonly (Date | undefined)[]) {
  const newest = Math.max(...moments.flatMap((moment) => (moment === undefined ? [] : [moment.getTime()])));
  if (!Number.isFinite(newest)) return finding('backupMissing', 'fail', { what });
  const hours = Math.round((now.getTime() - newest) / 360_000) / 10;
  return hours <= oldest
    ? finding('backupFresh', 'ok', { what, hours })
    : finding('backupOld', 'fail', { what, hours, limit: oldest });
}
