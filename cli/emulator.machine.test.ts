// Claims about the stacks of one environment on an AWS emulator: the CDK CLI creates them all, and what came of it is what the templates
// say. Lists in testing/emulator/left-out.ts name what the emulator cannot do; they may be neither too short nor too long.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../assembly/read-assembly.ts';
import { readDesign } from '../design/read-design.ts';
import type { Design } from '../design/schema.ts';
import { createApp, synthesize } from '../infrastructure/lib/app.ts';
import { buildPlatform } from '../infrastructure/lib/platform.ts';
import { clientsFor } from '../testing/emulator/clients.ts';
import { deployAll } from '../testing/emulator/deploy-all.ts';
import { leftOut, neverTold, notKept, refAttributes, unread } from '../testing/emulator/left-out.ts';
import { refusalOf } from '../testing/emulator/probe.ts';
import { type ReadBack, readBack } from '../testing/emulator/read-back.ts';
import { type Emulator, startEmulator } from '../testing/emulator/start-emulator.ts';
import { type Stripped, stripAssembly } from '../testing/emulator/strip.ts';
import { root } from './lib/root.ts';

const environment = 'development';
const account = '111122223333';
const scratch = mkdtempSync(join(tmpdir(), 'hashira-emulator-'));
/** Where the command looks for it. */
const built = join(scratch, 'out', 'cdk.out');

let region: string;
let emulator: Emulator;
let stripped: Stripped;
let back: ReadBack;
let filled: readonly string[];

beforeAll(async () => {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const { region: home, inputs } = designOf(document);
  region = home;
  emulator = await startEmulator({ root, scratch, account, region });
  // The document's zone is of an account that nobody has here; the emulator gives one of its own.
  const zone = await hostedZone(emulator, region, inputs.domain);
  const app = createApp({ outdir: built, validation: false });
  const design = designOf(document.replace(/^( *hosted_zone_id: ).*$/m, `$1${zone}`));
  buildPlatform(app, design, { environments: [environment] });
  synthesize(app);
  const deployed = join(scratch, 'deployed');
  stripped = stripAssembly(built, deployed, leftOut, refAttributes);
  const program = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  filled = await deployAll(deployed, emulator, { program, account, scratch });
  back = await readBack(readAssembly(deployed), emulator);
});

function designOf(document: string): Design {
  const { design, problems } = readDesign(document);
  if (design === undefined) throw new Error(`the project's own document is refused: ${JSON.stringify(problems)}`);
  return design;
}

/** Makes the zone of a domain, as whoever owns it has done before, and tells its id. */
async function hostedZone({ url, environment: given }: Emulator, where: string, domain: string): Promise<string> {
  const credentials = {
    accessKeyId: given.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: given.AWS_SECRET_ACCESS_KEY ?? '',
  };
  const names = new Route53Client({ region: where, endpoint: url, credentials });
  const command = new CreateHostedZoneCommand({ Name: domain, CallerReference: 'hashira' });
  const { HostedZone } = await names.send(command);
  names.destroy();
  return (HostedZone?.Id ?? '').replace('/hostedzone/', '');
}

afterAll(async () => {
  await emulator?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

describe('on an emulator, the CDK CLI', () => {
  test('bootstraps both regions and creates every stack of an environment (DEP-2)', () => {
    expect(back.missing).toEqual([]);
    console.log(
      [
        `Left out on the emulator: ${stripped.resources.length} resources and ${stripped.images} container images`,
        ...stripped.resources,
        'Filled in by hand:',
        ...filled,
        `Created: ${back.ids.size} resources; of ${back.resources}, ${sum(back.kept)} values are as the templates say`,
        `and ${sum(back.lost)} are not:`,
        ...[...back.lost].map(([path, count]) => `${path} (${count})`).sort(),
      ].join('\n'),
    );
  });

  test('leaves out only what is on the list, and all of that', () => {
    expect(stripped.unused).toEqual([]);
    expect([...stripped.readBy].sort()).toEqual(leftOut.flatMap(({ readBy = [] }) => readBy).sort());
  });

  const refused = leftOut.filter(({ needs }) => needs === undefined);
  test.each(refused)('cannot have $type made there, as the list says', async (entry) => {
    const { cloudFormation } = clientsFor(emulator, 'eu-central-1');
    expect(await refusalOf(cloudFormation, entry)).toMatch(/Unrecognized resource types|is not supported/);
  });

  test.each(Object.keys(refAttributes))('gets no ARN for the Ref of a %s there, as the list says', (type) => {
    const resources = readAssembly(join(scratch, 'deployed')).resources.filter((each) => each.type === type);
    expect(resources.length).toBeGreaterThan(0);
    for (const { key } of resources) expect(back.ids.get(key)).not.toMatch(/^arn:/);
  });
});

describe('what was created', () => {
  test('is what the templates say, but for the properties on the lists', () => {
    const listed = [...pathsOf(neverTold), ...pathsOf(notKept)];
    const unlisted = [...back.lost.keys()].filter((path) => !listed.some((prefix) => isWithin(path, prefix)));
    expect(unlisted).toEqual([]);
  });

  test('has lost all that the lists say', () => {
    const lost = [...back.lost.keys()];
    const kept = [...pathsOf(neverTold), ...pathsOf(notKept)].filter(
      (prefix) => !lost.some((path) => isWithin(path, prefix)),
    );
    expect(kept).toEqual([]);
  });

  test('is asked for again wherever a client is installed', () => {
    expect([...back.unread].sort()).toEqual(unread);
  });

  // By type, what a person would look at first; how many there are is the templates' business.
  test.each([
    ['AWS::CloudWatch::Alarm', ['Threshold', 'AlarmActions', 'TreatMissingData', 'EvaluationPeriods', 'Period']],
    ['AWS::EC2::Subnet', ['CidrBlock', 'AvailabilityZone', 'VpcId']],
    ['AWS::EC2::SecurityGroup', ['SecurityGroupIngress.CidrIp', 'SecurityGroupIngress.FromPort', 'GroupDescription']],
    ['AWS::ElasticLoadBalancingV2::Listener', ['SslPolicy', 'Port', 'Certificates.CertificateArn']],
    ['AWS::Lambda::EventSourceMapping', ['EventSourceArn', 'BatchSize', 'FunctionResponseTypes']],
    ['AWS::Logs::LogGroup', ['RetentionInDays']],
    ['AWS::RDS::DBCluster', ['StorageEncrypted', 'BackupRetentionPeriod', 'PreferredBackupWindow']],
    ['AWS::S3::Bucket', ['PublicAccessBlockConfiguration.BlockPublicPolicy', 'VersioningConfiguration.Status']],
    [
      'AWS::S3::BucketPolicy',
      ['PolicyDocument.Statement.Effect', 'PolicyDocument.Statement.Condition.Bool.aws:SecureTransport'],
    ],
    ['AWS::SNS::Subscription', ['Endpoint', 'Protocol', 'TopicArn', 'RedrivePolicy.deadLetterTargetArn']],
    ['AWS::SQS::Queue', ['RedrivePolicy.maxReceiveCount', 'RedrivePolicy.deadLetterTargetArn', 'KmsMasterKeyId']],
  ])('%s has its %s', (type, paths) => {
    expect(paths.filter((path) => !back.kept.has(`${type} ${path}`))).toEqual([]);
  });
});

describe('on what was created, the command', () => {
  /** As a person types it, in an account that is the emulator. */
  const hashira = (...words: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const options = { env: { PATH: process.env.PATH ?? '', ...emulator.environment }, cwd: scratch };
      const program = join(root, 'cli', 'main.ts');
      execFile(process.execPath, [program, ...words, '--lang', 'en'], options, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }),
      );
    });

  test('finds the dead letters of a queue, shows them, and throws them away only when told so', async () => {
    const { queues } = clientsFor(emulator, region);
    const [, QueueUrl = ''] = [...back.ids].find(([key]) => key.includes('FulfilmentDeadLetters')) ?? [];
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'an order' }));
    const waiting = async () => {
      const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      return Attributes?.ApproximateNumberOfMessages;
    };

    const shown = await hashira('queue', 'failed', 'fulfilment', environment);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('an order');
    expect(await waiting()).toBe('1');

    const refused = await hashira('queue', 'purge', 'fulfilment', environment);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await waiting()).toBe('1');

    expect(await hashira('queue', 'purge', 'fulfilment', environment, '--yes')).toMatchObject({ code: 0 });
    expect(await waiting()).toBe('0');
  });

  test('judges what is deployed as it judges its files, and asks CloudFormation alone', async () => {
    const regions = [...new Set(readAssembly(join(scratch, 'deployed')).stacks.map((stack) => stack.region))];
    const stacks = ['--stacks', 'Development*', '--region', ...regions];
    const [ofStacks, ofFiles] = await Promise.all([
      hashira('accept', ...stacks, '--json'),
      hashira('accept', join(scratch, 'deployed'), '--json'),
    ]);
    const verdicts = ({ stdout }: { readonly stdout: string }) =>
      JSON.parse(stdout).criteria.map(({ id, verdict }: { id: string; verdict: string }) => `${id} ${verdict}`);
    expect(verdicts(ofStacks)).toEqual(verdicts(ofFiles));
    expect((await hashira('accept', ...stacks)).stdout).toMatch(/^deployed stacks, .*DevelopmentNetworkStack/);
  });

  test('says what there is when a name is none, and what to do when nothing is deployed', async () => {
    const wrong = await hashira('queue', 'failed', 'orders', environment);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/fulfilment/) });
    const elsewhere = await hashira('scale', environment, '--region', 'eu-west-1');
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/eu-west-1.*ap-northeast-1/) });
    const nowhere = await hashira('scale', environment, '--out', join(scratch, 'nowhere'));
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/hashira build/) });
  });
});

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);

const pathsOf = (list: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(list).flatMap(([type, names]) => names.map((name) => `${type} ${name}`));

const isWithin = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}.`);
