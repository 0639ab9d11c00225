// Which resources hold what nobody can build again from a template.
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';

/** People's data, work that is under way, and the keys and passwords without which neither can be read. */
const stores: ReadonlySet<string> = new Set([
  'AWS::Backup::BackupVault',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Kinesis::Stream',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** What is written about people's data: lost logs and lost keys are missed as well, but a stack is not kept from going back for them. */
const traces: ReadonlySet<string> = new Set(['AWS::KMS::Key', 'AWS::Logs::LogGroup']);

/** Whether a type is a call of a function and no thing: its policy says that it is not called again, and nothing stays or is lost. */
export const isCall = (type: string): boolean => type === 'Custom::DatabaseExtensions';

const keeping: ReadonlySet<unknown> = new Set(['Retain', 'RetainExceptOnCreate', 'Snapshot']);

/** Whether replacing or removing a resource loses data: by its type, or because the template wants it kept. */
export function holdsData(type: string, resource: TemplateNode | undefined): boolean {
  if (isCall(type)) return false;
  return (
    stores.has(type) ||
    traces.has(type) ||
    keeping.has(resource?.DeletionPolicy) ||
    keeping.has(resource?.UpdateReplacePolicy)
  );
}

/** Whether a stack has a store in it. Such a stack is never taken back by itself (RBK-2). */
export function isStateful(template: TemplateNode): boolean {
  const resources = member(template, 'Resources');
  return (
    isNode(resources) &&
    Object.values(resources).some((one) => isNode(one) && typeof one.Type === 'string' && stores.has(one.Type))
  );
}
