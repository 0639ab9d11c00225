// Whether RDS would take what a deployment does to the clusters that are there. CloudFormation calls ModifyDBCluster at every update of a
// cluster, of its tags too, and names the engine's version where the template's has changed (UpdateHandler and Translator of
// aws-cloudformation/aws-cloudformation-resource-providers-rds). RDS takes no change to a cluster that does not run
// (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html).

import { isDeepStrictEqual } from 'node:util';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { at, literal, type Resource } from '../../assembly/graph.ts';
import { textAt } from '../../assembly/properties.ts';
import { isNode, member } from '../../assembly/scope.ts';
import { Refusal } from '../../design/refusal.ts';
import { builtTemplate, deployedTemplate, templateDifferences } from '../aws/templates.ts';
import { refusals } from '../refusals.ts';
import type { Context } from './context.ts';
import { type Cluster, engineFinding } from './engine-order.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkDatabase(context: Context): Promise<readonly PreflightFinding[]> {
  const clusters = await Promise.all(
    context.environmentGraph.all('AWS::RDS::DBCluster').map((each) => lookAt(context, each)),
  );
  if (clusters.length === 0) return [finding('noDatabase', 'ok', {})];
  const [global] = context.environmentGraph.all('AWS::RDS::GlobalCluster');
  const name = global && (await context.deployed).physical(global);
  return clusters.flatMap((cluster): readonly PreflightFinding[] => [
    ...stateFinding(context, cluster),
    engineFinding(cluster, clusters, name),
  ]);
}

async function lookAt(context: Context, resource: Resource): Promise<Cluster> {
  const { clients, environmentGraph } = context;
  const region = environmentGraph.regionOf(resource);
  const deployed = await context.deployed;
  const cluster = {
    region,
    stack: resource.stack,
    engine: textAt(resource, ['Engine']) ?? '',
    wanted: textAt(resource, ['EngineVersion']),
    follows: resource.properties.GlobalClusterIdentifier !== undefined,
  };
  const name = deployed.physical(resource);
  const stack = environmentGraph.stacks.find(({ id }) => id === resource.stack);
  if (name === undefined || stack === undefined) return cluster;
  const [{ DBClusters: [found] = [] }, template] = await Promise.all([
    clients.database(region).send(new DescribeDBClustersCommand({ DBClusterIdentifier: name })),
    deployedTemplate(clients, stack),
  ]);
  if (found?.EngineVersion === undefined) throw new Refusal(refusals.noEngineVersion({ cluster: name }));
  const tags = (deployed.stack(stack.id)?.Tags ?? []).map(({ Key = '', Value }) => [Key, Value] as const);
  const isTagged = isDeepStrictEqual(Object.fromEntries(tags), stack.tags);
  const others = new Set(templateDifferences(builtTemplate(context.assembly, stack), template).map(resourceIn));
  return {
    ...cluster,
    there: {
      name,
      status: found.Status ?? '',
      version: found.EngineVersion,
      changes: !isTagged || touching(context, resource).some((id) => others.has(id)),
      versionChanges: versionIn(template, resource) !== cluster.wanted,
    },
  };
}

const resourceIn = ({ path: [section, id] }: { readonly path: readonly (string | number)[] }): string =>
  section === 'Resources' ? String(id) : '';

/** Logical ids of the cluster and its instances. What else they are made of is replaced by another name, which is a change of theirs. */
function touching({ environmentGraph }: Context, cluster: Resource): readonly string[] {
  const instances = environmentGraph
    .all('AWS::RDS::DBInstance')
    .filter((each) => environmentGraph.find(each.properties.DBClusterIdentifier)?.key === cluster.key);
  return [cluster, ...instances].map(({ logicalId }) => logicalId);
}

function versionIn(template: unknown, { logicalId }: Resource): string | undefined {
  const version = isNode(template)
    ? member(template, 'Resources', logicalId, 'Properties', 'EngineVersion')
    : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** What does not run, and is to be changed. */
function stateFinding({ environmentGraph }: Context, { there, region }: Cluster): readonly PreflightFinding[] {
  if (there === undefined || !resting.has(there.status)) return [];
  const where = { cluster: there.name, region, status: there.status };
  if (!there.changes) return [finding('databaseRests', 'ok', where)];
  const isScheduled = environmentGraph
    .all('AWS::Scheduler::Schedule', region)
    .some((each) => String(literal(at(each.properties, 'Target', 'Arn'))).endsWith(':rds:startDBCluster'));
  return [
    finding('databaseStopped', 'fail', { ...where, environment: isScheduled ? environmentGraph.environment : null }),
  ];
}

const resting: ReadonlySet<string> = new Set(['stopped', 'stopping', 'starting']);
