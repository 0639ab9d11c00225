// The step that makes a database's extensions, as CloudFormation calls it, against a real PostgreSQL. It brings neither RDS's extensions
// nor pgAudit: what stands here for them are extensions of PostgreSQL's own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Postgres, startPostgres } from '../../testing/postgres.ts';
import { handler } from './create-extensions.ts';

let postgres: Postgres;
/** Stands for S3, which takes the answers. */
let answers: Server;
const given: { readonly type: string | undefined; readonly body: Record<string, unknown> }[] = [];
let status = 200;
/** What Secrets Manager holds. */
let secret: string;
let folder: string;

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  folder = mkdtempSync(join(tmpdir(), 'hashira-extensions-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...{ keyType: 'ec', curve: 'P-256', algorithm: 'sha256' },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  writeFileSync(join(folder, 'ca.pem'), cert);
  postgres = await startPostgres({ tls: { cert, key } });
  vi.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(async () => ({ SecretString: secret }));
  answers = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    given.push({ type: request.headers['content-type'], body: JSON.parse(text) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  answers?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  given.length = 0;
  status = 200;
  const { port, user: username, password } = postgres;
  secret = JSON.stringify({ username, password });
  const variables = { HOST: '127.0.0.1', PORT: String(port), NAME: 'postgres', CA_FILE: join(folder, 'ca.pem') };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(`DATABASE_${name}`, value);
  vi.stubEnv('DATABASE_SECRET', 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:database');
});
afterEach(() => vi.unstubAllEnvs());

const asked = (Extensions: readonly string[], RequestType = 'Create') => ({
  RequestType,
  ResponseURL: `http://127.0.0.1:${(answers.address() as AddressInfo).port}/answer`,
  StackId: 'arn:aws:cloudformation:ap-northeast-1:111122223333:stack/Database/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Extensions',
  ResourceType: 'Custom::DatabaseExtensions',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:ap-northeast-1:111122223333:function:step', Extensions },
});

const installed = async () =>
  (await postgres.sql<{ extname: string }>('SELECT extname FROM pg_extension ORDER BY extname')).map(
    ({ extname }) => extname,
  );

describe('the step that makes extensions', () => {
  test('makes each of them, and says so without a type of content, for which the address is not signed', async () => {
    await handler(asked(['pg_stat_statements', 'citext']));
    expect(await installed()).toEqual(['citext', 'pg_stat_statements', 'plpgsql']);
    expect(given).toEqual([
      {
        type: undefined,
        body: {
          StackId: 'arn:aws:cloudformation:ap-northeast-1:111122223333:stack/Database/1',
          RequestId: 'request-1',
          LogicalResourceId: 'Extensions',
          PhysicalResourceId: 'Extensions',
          Status: 'SUCCESS',
          Reason: 'the extensions are there',
        },
      },
    ]);
  });

  test('leaves those that are there as they are', async () => {
    await handler(asked(['pg_stat_statements', 'citext']));
    await handler(asked(['pg_stat_statements', 'citext'], 'Update'));
    expect(given.map(({ body }) => body.Status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  test('says at once what a database refuses, and takes a name for a name', async () => {
    await handler(asked(['pgaudit; DROP TABLE orders']));
    expect(given.map(({ body }) => [body.Status, body.Reason])).toEqual([
      ['FAILED', expect.stringContaining('"pgaudit; DROP TABLE orders" is not available')],
    ]);
  });

  test('asks a database again that does not answer yet', async () => {
    await postgres.crash();
    const done = handler(asked(['citext']));
    await postgres.start();
    await done;
    expect(given.map(({ body }) => body.Status)).toEqual(['SUCCESS']);
  });

  test('trusts the authorities of Amazon RDS where no other is given, and so no server of this machine', async () => {
    vi.stubEnv('DATABASE_CA_FILE', undefined);
    vi.useFakeTimers({ toFake: ['performance'] });
    const done = handler(asked(['citext']));
    vi.advanceTimersByTime(120_000);
    await done;
    vi.useRealTimers();
    expect(given.map(({ body }) => [body.Status, body.Reason])).toEqual([
      ['FAILED', expect.stringContaining('self-signed certificate')],
    ]);
  });

  test('says that a secret has another shape, and nothing of what is in it', async () => {
    secret = JSON.stringify({ user: 'postgres', password: 'of a test' });
    vi.useFakeTimers({ toFake: ['performance'] });
    const done = handler(asked(['citext']));
    vi.advanceTimersByTime(120_000);
    await done;
    vi.useRealTimers();
    expect(given.map(({ body }) => body.Reason)).toEqual([
      'the secret arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:database has no "username" and "password" as JSON',
    ]);
  });

  test('has nothing to do when it is taken out of a stack', async () => {
    vi.stubEnv('DATABASE_HOST', '');
    await handler(asked(['citext'], 'Delete'));
    expect(given.map(({ body }) => body.Status)).toEqual(['SUCCESS']);
    expect(await installed()).toContain('citext');
  });

  test('fails when its answer is not taken, so that Lambda calls it again', async () => {
    status = 403;
    await expect(handler(asked(['citext']))).rejects.toThrow('403');
  });
});
