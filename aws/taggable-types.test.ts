import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTagTable } from './read-schemas.ts';
import table from './taggable-types.json' with { type: 'json' };
import { isKnownType, tagPropertyOf } from './taggable-types.ts';

const library = join(import.meta.dirname, '../node_modules/aws-cdk-lib');

test("the table is what AWS's schemas say, as the CDK of today has them (npm run refresh:tags)", () => {
  expect(table).toEqual(readTagTable(library));
});

describe('a type', () => {
  test.each([
    ['AWS::S3::Bucket', 'Tags'],
    ['AWS::Route53::HealthCheck', 'HealthCheckTags'],
    ['AWS::Backup::BackupVault', 'BackupVaultTags'],
    ['AWS::Budgets::Budget', 'ResourceTags'],
    ['AWS::S3::BucketPolicy', undefined],
    ['AWS::EC2::Route', undefined],
  ])('%s has its tags in %s', (type, property) => {
    expect(isKnownType(type)).toBe(true);
    expect(tagPropertyOf(type)).toBe(property);
  });

  test('that AWS does not have is not known', () => {
    expect([isKnownType('AWS::S3::Bucked'), isKnownType('Custom::Thing')]).toEqual([false, false]);
  });
});
