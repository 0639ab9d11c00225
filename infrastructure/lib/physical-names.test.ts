// CloudFormation makes what replaces a resource before it takes the old one away. Whatever has a physical name of ours must therefore change
// it with every property that cannot be changed in place; which these are is said by AWS's resource schemas, as the CDK's command
// carries them for `cdk diff`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formEnvironments } from '../../design/schema.ts';
import { createOnlyHash } from './replaceable-name.ts';
import { platformOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

interface Schema {
  readonly cloudFormationType: string;
  readonly name: string;
  readonly primaryIdentifier?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
}
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const database = join(import.meta.dirname, '../../node_modules/aws-cdk/db.json.gz');
const schemas: ReadonlyMap<string, Schema> = new Map(
  JSON.parse(gunzipSync(readFileSync(database)).toString()).schema.resource.entities.map((schema: Schema) => [
    schema.cloudFormationType,
    schema,
  ]),
);

/** Where a fixed name does no harm, by type and property, with the reason. */
const harmless: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy.ScalingTargetId':
    'A policy is one of its scalable target: of another target, another policy may have the same name.',
};
/** What must not be replaced at all: a fixed name makes CloudFormation refuse before anything is lost. */
const irreplaceable: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster':
    'What replaces a cluster is empty. Who wants another key or subnet group restores a snapshot into a cluster of another name.',
};

/** The property that holds a resource's physical name, where it is a text of ours. */
function nameOf({ name, primaryIdentifier = [], properties }: Schema, written: Readonly<Record<string, unknown>>) {
  return Object.keys(written).find(
    (property) =>
      typeof written[property] === 'string' &&
      properties[property]?.causesReplacement === 'yes' &&
      (primaryIdentifier.join() === property ||
        property === 'Name' ||
        (property.endsWith('Name') && name.endsWith(property.slice(0, -'Name'.length)))),
  );
}

/** What is wrong with a resource's name; the rules that were needed are noted. */
function complaints(place: string, { Type, Properties = {} }: Resource, needed: Set<string>): readonly string[] {
  // What is called by a step of the deployment has the name that its function answers.
  if (Type.startsWith('Custom::')) return [];
  const schema = schemas.get(Type);
  if (schema === undefined) return [`${place}: no schema of ${Type}`];
  const property = nameOf(schema, Properties);
  if (property === undefined) return [];
  const name = String(Properties[property]);
  const fixed = Object.keys(Properties).filter(
    (other) =>
      ['yes', 'maybe'].includes(schema.properties[other]?.causesReplacement ?? 'no') &&
      other !== property &&
      !schema.primaryIdentifier?.includes(other),
  );
  if (fixed.length === 0) return [];
  if (irreplaceable[Type] !== undefined) {
    needed.add(Type);
    return [];
  }
  const wanted = createOnlyHash(Object.fromEntries(fixed.map((other) => [other, Properties[other]])));
  if (name.endsWith(`-${wanted}`)) return [];
  return fixed.flatMap((other) => {
    if (Properties[other] === name) return [];
    if (harmless[`${Type}.${other}`] === undefined) return [`${place}: ${name} stays when ${other} changes`];
    needed.add(`${Type}.${other}`);
    return [];
  });
}

const built = formEnvironments.flatMap((environment) =>
  platformOf(recoveringDesign, [environment])
    .synth()
    .stacks.flatMap(({ stackName, template }) =>
      Object.entries<Resource>(template.Resources).map(([id, resource]) => ({ place: `${stackName}/${id}`, resource })),
    ),
);

describe('a physical name', () => {
  test('changes with whatever replaces its resource', () => {
    const needed = new Set<string>();
    expect(built.flatMap(({ place, resource }) => complaints(place, resource, needed))).toEqual([]);
    // No rule is left that nothing needs any more.
    expect([...needed].sort()).toEqual([...Object.keys(harmless), ...Object.keys(irreplaceable)].sort());
  });

  test('is found on every type that has one', () => {
    const named = built.flatMap(({ resource: { Type, Properties = {} } }) => {
      const schema = schemas.get(Type);
      return schema === undefined || nameOf(schema, Properties) === undefined ? [] : [Type];
    });
    expect([...new Set(named)].sort()).toEqual([
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      'AWS::Backup::BackupVault',
      'AWS::Backup::RestoreTestingPlan',
      'AWS::Backup::RestoreTestingSelection',
      'AWS::Logs::DeliveryDestination',
      'AWS::Logs::DeliverySource',
      'AWS::Logs::LogGroup',
      'AWS::RDS::DBCluster',
      'AWS::SQS::Queue',
    ]);
  });

  test.each([
    [
      'of a delivery to another bucket',
      'AWS::Logs::DeliveryDestination',
      { Name: 'logs', DestinationResourceArn: 'arn' },
    ],
    ['of a vault under another key', 'AWS::Backup::BackupVault', { BackupVaultName: 'vault', EncryptionKeyArn: 'arn' }],
    ['of a target group in another VPC', 'AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'tasks', VpcId: 'vpc-1' }],
    ['of a role in another path', 'AWS::IAM::Role', { RoleName: 'task', Path: '/app/' }],
    [
      'with the hash of another value',
      'AWS::Logs::DeliveryDestination',
      {
        Name: `logs-${createOnlyHash({ DestinationResourceArn: 'other' })}`,
        DestinationResourceArn: 'arn',
      },
    ],
  ])('%s that stays is found', (_, Type, Properties) => {
    expect(complaints('Any', { Type, Properties }, new Set())).toHaveLength(1);
  });

  test('that carries the hash of what replaces it is no complaint', () => {
    const replacing = { DestinationResourceArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, OutputFormat: 'w3c' };
    const Properties = { ...replacing, Name: `logs-${createOnlyHash(replacing)}` };
    expect(complaints('Any', { Type: 'AWS::Logs::DeliveryDestination', Properties }, new Set())).toEqual([]);
  });
});
