// Secrets and keys: each by the month, in every region that it is replicated to, and the calls to them.
import { at, literal } from '../../../assembly/graph.ts';
import { listOf } from '../../../assembly/relations.ts';
import { type Pricer, partOf } from './site.ts';

export const secret: Pricer = {
  type: 'AWS::SecretsManager::Secret',
  price(resource, site) {
    const replicas = listOf(resource.properties.ReplicaRegions).flatMap((one) => literal(at(one, 'Region')) ?? []);
    return [
      { item: 'secrets.secret', quantity: 1 },
      ...replicas.map((region) => ({ item: 'secrets.secret', quantity: 1, region: String(region) })),
      { item: 'secrets.call', quantity: partOf(site, resource, 'secretCalls') },
    ];
  },
};

export const key: Pricer = {
  type: 'AWS::KMS::Key',
  price: (resource, site) => [
    { item: 'kms.key', quantity: 1 },
    { item: 'kms.request', quantity: partOf(site, resource, 'keyCalls') },
  ],
};

export const replicaKey: Pricer = { type: 'AWS::KMS::ReplicaKey', price: () => [{ item: 'kms.key', quantity: 1 }] };
