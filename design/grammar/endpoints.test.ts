import { describe, expect, test } from 'vitest';
import { readEndpoints } from './endpoints.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const block = `Gateway Endpoints:
  - S3 Endpoint: no way round

Interface Endpoints（省略可）:
  - KMS Endpoint: keys
  - ECR API Endpoint: images`;
const read = (text: string) => {
  const part = sectionOf(text);
  return { endpoints: readEndpoints(part.section, part.ledger), ...part };
};

test('NET-5, NET-6: endpoints are read, each line for its own path', () => {
  const part = read(block);
  expect(part.endpoints).toEqual({
    gatewayEndpoints: ['s3'],
    interfaceEndpoints: { optional: true, services: ['kms', 'ecr.api'] },
  });
  expect(account(part)).toEqual([
    'heading',
    'input network.gatewayEndpoints.0',
    'input network.interfaceEndpoints.optional',
    'input network.interfaceEndpoints.services.0',
    'input network.interfaceEndpoints.services.1',
  ]);
});

describe('endpoints may be', () => {
  const gatewayOnly = block.slice(0, block.indexOf('\n\n'));
  test.each<[string, string, readonly [number, boolean, number]]>([
    ['required, when nothing says that they may be left out', block.replace('（省略可）', ''), [1, false, 2]],
    ['required in so many words', block.replace('省略可', '必須'), [1, false, 2]],
    ['absent as a block', gatewayOnly, [1, true, 0]],
    ['none in so many words', `${gatewayOnly}\nInterface Endpoints: なし`, [1, true, 0]],
    ['absent at the gateway', block.slice(block.indexOf('Interface')), [0, true, 2]],
    ['called by their makers', block.replace('KMS Endpoint', 'AWS KMS').replace('S3', 'Amazon S3'), [1, true, 2]],
  ])('%s', (_, text, [gateways, optional, services]) => {
    const { endpoints, ledger } = read(text);
    expect(complaints(ledger)).toEqual([]);
    expect(endpoints?.gatewayEndpoints).toHaveLength(gateways);
    expect(endpoints?.interfaceEndpoints.optional).toBe(optional);
    expect(endpoints?.interfaceEndpoints.services).toHaveLength(services);
  });
});

describe('a document is refused at the line', () => {
  test.each<[string, string, string, string[]]>([
    ['of an unknown service', 'KMS Endpoint', 'KMZ Endpoint', ['8 unknown-name']],
    ['of a service that has no gateway endpoint', 'S3 Endpoint', 'SQS Endpoint', ['5 unknown-name']],
    ['of a service stated twice', 'ECR API', 'KMS', ['9 row-twice']],
    ['of a remark that says neither', '（省略可）', '（検討中）', ['7 unknown-line']],
    ['of a block without services', '  - S3 Endpoint: no way round\n', '', ['4 unknown-line']],
    ['of another kind of endpoint', 'Gateway Endpoints', 'Resource Endpoints', ['4 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { endpoints, ledger } = read(block.replace(from, to));
    expect(complaints(ledger)).toEqual(expected);
    expect(endpoints).toBeUndefined();
  });
});

test.skipIf(form === undefined)('NET-5, NET-6: the form is read whole', () => {
  const part = sectionTitled('VPC Endpoints', form ?? '');
  expect(readEndpoints(part.section, part.ledger)).toEqual({
    gatewayEndpoints: ['s3', 'dynamodb'],
    interfaceEndpoints: { optional: true, services: ['secretsmanager', 'ecr.api', 'ecr.dkr', 'logs'] },
  });
  expect(complaints(part.ledger)).toEqual([]);
});
