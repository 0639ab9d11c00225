// Whether AWS Backup may do what the templates have it do: it leaves alone what the account has not opted in to, region by region. What a
// plan names by its ARN it backs up all the same, but for Aurora, whose ARNs look like those of other clusters
// (https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html, "Shared resource types").
import { DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import { type Resource, referencesIn } from '../../assembly/graph.ts';
import { listAt, textAt } from '../../assembly/properties.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkOptIn({ clients, environmentGraph }: Context): Promise<readonly PreflightFinding[]> {
  const wanted = environmentGraph.regions.map((region) => ({ region, types: typesIn(environmentGraph, region) }));
  const all = new Set(wanted.flatMap(({ types }) => types));
  if (all.size === 0) return [finding('noBackupPlan', 'ok', {})];
  // Copies lie in the vaults of a region that takes no backups of its own.
  const vaults = new Set(
    environmentGraph.all('AWS::Backup::BackupVault').map((each) => environmentGraph.regionOf(each)),
  );
  const looked = wanted.filter(({ region, types }) => types.length > 0 || vaults.has(region));
  const found = await Promise.all(
    looked.map(async ({ region, types }): Promise<readonly PreflightFinding[]> => {
      const { ResourceTypeOptInPreference: preference = {} } = await clients
        .backup(region)
        .send(new DescribeRegionSettingsCommand({}));
      const asked = types.length > 0 ? types : [...all];
      const out = asked.filter((type) => preference[type] !== true);
      if (out.length === 0) return [finding('optedIn', 'ok', { region, types: asked.join(', ') })];
      return out.map((type) =>
        types.length > 0
          ? finding('optedOut', 'fail', { region, type })
          : finding('optedOutOfCopies', 'warn', { region, type }),
      );
    }),
  );
  return found.flat();
}

/** What the region must have opted in to, as AWS Backup calls it. */
function typesIn(environmentGraph: EnvironmentGraph, region: string): readonly string[] {
  const types = environmentGraph.all('AWS::Backup::BackupSelection', region).flatMap((selection) => {
    const named = listAt(selection, ['BackupSelection', 'Resources']).map((value) =>
      referencesIn(value).flatMap((reference) => environmentGraph.find(reference) ?? []),
    );
    // Where tags or wildcards choose, it may be any store of the region.
    const isByName = named.length > 0 && named.every((resources) => resources.length > 0);
    return isByName
      ? named.flat().filter((each) => typeOf(each) === 'Aurora')
      : environmentGraph.resources.filter((each) => environmentGraph.regionOf(each) === region);
  });
  return [...new Set(types.flatMap((each) => typeOf(each) ?? []))].sort();
}

function typeOf(resource: Resource): string | undefined {
  if (resource.type === 'AWS::RDS::DBCluster')
    return textAt(resource, ['Engine'])?.startsWith('aurora') ? 'Aurora' : 'RDS';
  return names[resource.type];
}

const names: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::S3::Bucket': 'S3',
};
