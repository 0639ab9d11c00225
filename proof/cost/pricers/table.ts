// DynamoDB on demand: writes, reads, storage, and recovery to any point in time. A replica of a global table pays for each write again.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { listOf } from '../../../assembly/relations.ts';
import { refuse } from '../problem.ts';
import { type Charge, type Pricer, partOf, type Site } from './site.ts';

function tableCharges(table: Resource, site: Site): readonly Charge[] {
  const mode = literal(table.properties.BillingMode) ?? 'PROVISIONED';
  if (mode !== 'PAY_PER_REQUEST') {
    const nearest = ['dynamodb.write', 'dynamodb.read'];
    return refuse('missing-price', {
      item: `dynamodb.${String(mode).toLowerCase()}`,
      region: site.regionOf(table),
      nearest,
    });
  }
  const { usage } = site;
  const recovery = textOf(table.properties).includes('"PointInTimeRecoveryEnabled":true');
  return [
    { item: 'dynamodb.write', quantity: partOf(site, table, 'tableWrites') },
    { item: 'dynamodb.read', quantity: partOf(site, table, 'tableReads') },
    { item: 'dynamodb.storage.gb-month', quantity: usage.read('tableGb') },
    ...(recovery ? [{ item: 'dynamodb.recovery.gb-month', quantity: usage.read('tableGb') }] : []),
  ];
}

/** Replicas in other regions than the table's own. */
function replicaCharges(table: Resource, site: Site): readonly Charge[] {
  const regions = listOf(table.properties.Replicas).flatMap((replica) => literal(at(replica, 'Region')) ?? []);
  const own = site.regionOf(table);
  return regions
    .map(String)
    .filter((region) => region !== own)
    .flatMap((region) => [
      { item: 'dynamodb.replicated-write', quantity: site.usage.read('tableWrites'), region },
      { item: 'dynamodb.storage.gb-month', quantity: site.usage.read('tableGb'), region },
    ]);
}

export const table: Pricer = { type: 'AWS::DynamoDB::Table', price: tableCharges };
export const globalTable: Pricer = {
  type: 'AWS::DynamoDB::GlobalTable',
  price: (resource, site) => [...tableCharges(resource, site), ...replicaCharges(resource, site)],
};
