// Records of deployments in the environment's log bucket, whose own key encrypts them. Nobody names the bucket: CloudFormation does.
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { asking } from './aws-clients.ts';
import type { CloudFormation, Place } from './cloudformation.ts';
import { AwsFault } from './fault.ts';
import { type DeploymentRecord, type Records, readRecord, type Templates } from './records.ts';

export interface RecordsPlace {
  readonly cloudFormation: Pick<CloudFormation, 'describe' | 'resources'>;
  readonly s3: S3Client;
  /** The environment's storage stack. */
  readonly storage: Place;
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
    if ((await cloudFormation.describe(storage)) === undefined) return undefined;
    const found = Object.entries(await cloudFormation.resources(storage));
    return found.find(([logicalId]) => /^Logs[0-9A-F]{8}$/.test(logicalId))?.[1];
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
    throw new AwsFault('refused', 'BrokenRecord', `${templatesKey(id)} holds no templates`);
  return Object.fromEntries(templates);
}

const noBucket = ({ name, region }: Place) =>
  new AwsFault('refused', 'NoRecords', `${name} in ${region} has no log bucket to keep records in`);
