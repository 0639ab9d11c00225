// Claims about the records of deployments in the log bucket.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { awsRecords } from './aws-records.ts';
import type { CloudFormation, StackState } from './cloudformation.ts';
import type { DeploymentRecord } from './records.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

describe('records', () => {
  const storage = { name: 'StagingStorageStack', region: 'eu-west-1' };
  const state: StackState = {
    id: 'arn',
    status: 'CREATE_COMPLETE',
    outputs: {},
    parameters: {},
    tags: {},
    updated: 0,
    terminationProtection: false,
  };
  const record = (id: string): DeploymentRecord => ({
    id,
    environment: 'staging',
    account: '123456789012',
    started: '2026-11-25T06:15:00.000Z',
    seconds: 1,
    outcome: 'deployed',
    digest: 'abc',
    stacks: [],
    migrations: [],
    verdicts: {},
  });

  const bucketAt = (path: string) => ({ Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': path } });

  /** A bucket that lists two names to a page. */
  async function recordsWith(there = true) {
    const objects = new Map<string, string>();
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const key = decodeURIComponent(url.pathname).replace(/^\/logs\/?/, '');
      if (request.method === 'PUT') {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        objects.set(key, Buffer.concat(chunks).toString());
        response.end();
      } else if (key === '') {
        const from = Number(url.searchParams.get('continuation-token') ?? 0);
        const keys = [...objects.keys()].sort();
        const more = from + 2 < keys.length;
        const contents = keys.slice(from, from + 2).map((name) => `<Contents><Key>${name}</Key></Contents>`);
        const next = more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
        response.end(
          `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
        );
      } else response.end(objects.get(key));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    close = async () => {
      server.closeAllConnections();
      server.close();
    };
    const address = server.address();
    const s3 = new S3Client({
      endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      region: 'eu-west-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const cloudFormation: Pick<CloudFormation, 'describe' | 'resources' | 'template'> = {
      describe: async () => (there ? state : undefined),
      // Logical ids say nothing: the bucket of the trail has the word in its own as well.
      resources: async () => ({ Data1: 'data', LogsOfTrail: 'trail', Renamed: 'logs', LogsPolicy: 'policy' }),
      template: async () =>
        JSON.stringify({
          Resources: {
            Data1: bucketAt('StagingStorageStack/Data/Resource'),
            LogsOfTrail: bucketAt('StagingStorageStack/Trail/Logs/Resource'),
            LogsPolicy: {
              Type: 'AWS::S3::BucketPolicy',
              Metadata: { 'aws:cdk:path': 'StagingStorageStack/Logs/Policy' },
            },
            Renamed: bucketAt('StagingStorageStack/Logs/Resource'),
          },
        }),
    };
    const odd: string[] = [];
    const records = awsRecords({ cloudFormation, s3, storage, unreadable: (key) => odd.push(key) });
    return { records, objects, odd };
  }

  test('are kept in the log bucket with their templates, and come back newest first', async () => {
    const { records, objects, odd } = await recordsWith();
    for (const id of ['20260101T000000Z-a', '20260301T000000Z-c', '20260201T000000Z-b'])
      await records.write(record(id), { StagingNetworkStack: '{}' });
    objects.set('deployments/20260401T000000Z-d/record.json', '{"not":"one"}');
    expect((await records.list()).map(({ id }) => id)).toEqual([
      '20260301T000000Z-c',
      '20260201T000000Z-b',
      '20260101T000000Z-a',
    ]);
    expect(odd).toEqual(['deployments/20260401T000000Z-d/record.json']);
    expect(await records.templates('20260101T000000Z-a')).toEqual({ StagingNetworkStack: '{}' });
    // The pipeline's role may write nowhere else.
    expect([...objects.keys()].filter((key) => !key.startsWith('deployments/'))).toEqual([]);
  });

  test('are none before the log bucket is there, and cannot be kept either', async () => {
    const { records } = await recordsWith(false);
    expect(await records.list()).toEqual([]);
    await expect(records.write(record('20260101T000000Z-a'), {})).rejects.toMatchObject({ code: 'noLogBucket' });
  });
});
