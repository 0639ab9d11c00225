// Records of deployments in the environment's log bucket, whose own key encrypts them. Nobody names the bucket: the deployed template says
// which of the storage stack's it is, and CloudFormation what it is called.
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { isNode, member } from '../../assembly/scope.ts';
import { refusals } from '../refusals.ts';
import { asking } from './aws-clients.ts';
import type { CloudFormation, StackReference } from './cloudformation.ts';
import { ownFault } from './fault.ts';
import { type DeploymentRecord, type Records, readRecord, type Templates } from './records.ts';
import { standingOf } from './statuses.ts';

export interface RecordsPlace {
  readonly cloudFormation: Pick<CloudFormation, 'describe' | 'resources' | 'template'>;
  readonly s3: S3Client;
  /** The environment's storage stack. */
  readonly storage: StackReference;
  /** Told of what lies there and is no record that this version reads. */
  readonly unreadable: (key: string) => void;
}

const prefix = 'deployments/';
/** Records that are read at most, the newest first; and pages of names. */
const mostRecords = 50;
const mostPages = 20;

export function awsRecords({ cloudFormation, s3, storage, unreadable }: RecordsPlace): Records {
  /** `undefined` before the first deployment has come so far. */
  async function bucket(): Promise<string | undefined> {
    const standing = standingOf((await cloudFormation.describe(storage))?.status);
    if (standing === 'absent' || standing === 'review') return undefined;
    const logicalId = logBucketIn(JSON.parse(await cloudFormation.template(storage)));
    return logicalId === undefined ? undefined : (await cloudFormation.resources(storage))[logicalId];
  }
  const textOf = async (Bucket: string, Key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  };
  return {
    list: () =>
      asking(async () => {
        const Bucket = await bucket();
        if (Bucket === undefined) return [];
        const records: DeploymentRecord[] = [];
        for (const key of await newestKeys(s3, Bucket)) {
          const record = readRecord(await textOf(Bucket, key));
          if (record === undefined) unreadable(key);
          else records.push(record);
        }
        return records;
      }),
    templates: (id) =>
      asking(async () => {
        const Bucket = await bucket();
        if (Bucket === undefined) throw noBucket(storage);
        return templatesOf(await textOf(Bucket, templatesKey(id)), id);
      }),
    write: (record, templates) =>
      asking(async () => {
        const Bucket = await bucket();
        if (Bucket === undefined) throw noBucket(storage);
        // The templates first: a record that is there can be gone back to.
        for (const [Key, value] of [
          [templatesKey(record.id), templates],
          [recordKey(record.id), record],
        ] as const) {
          const Body = JSON.stringify(value);
          await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
        }
      }),
  };
}

/**
 * The logical id of the bucket that the storage stack calls its logs: CDK writes a resource's place among the constructs into the
 * template, where it stays readable whatever the logical id is made of.
 * https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html
 */
function logBucketIn(template: unknown): string | undefined {
  const resources = isNode(template) ? template.Resources : undefined;
  return Object.entries(isNode(resources) ? resources : {}).find(([, resource]) => {
    const path = member(resource, 'Metadata', 'aws:cdk:path');
    return member(resource, 'Type') === 'AWS::S3::Bucket' && typeof path === 'string' && isLogs.test(path);
  })?.[0];
}
/** Directly within its stack. */
const isLogs = /^[^/]+\/Logs\/Resource$/;

const recordKey = (id: string) => `${prefix}${id}/record.json`;
const templatesKey = (id: string) => `${prefix}${id}/templates.json`;

/** Names begin with the time, so that the last are the newest. */
async function newestKeys(client: S3Client, Bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let pages = 0;
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
    keys.push(...Contents.flatMap(({ Key = '' }) => (Key.endsWith('/record.json') ? Key : [])));
    if (++pages === mostPages) break;
  }
  return keys.sort().reverse().slice(0, mostRecords);
}

function templatesOf(text: string, id: string): Templates {
  const value: unknown = JSON.parse(text);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const templates = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (templates.length === 0 || templates.length !== entries.length)
    throw ownFault(refusals.noTemplatesKept({ key: templatesKey(id) }));
  return Object.fromEntries(templates);
}

const noBucket = ({ name, region }: StackReference) => ownFault(refusals.noLogBucket({ stack: name, region }));
