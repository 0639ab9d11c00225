// `hashira accept` from the outside, on assemblies that are not ours: plain CloudFormation as people write it, and a small CDK app.

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDesign } from '../../../design/read-design.ts';
import { readSentence } from '../../../design/words/sentence.ts';
import { type AwsStub, startAwsStub } from '../../../operations/aws/testing/aws-stub.ts';
import { hashira, hashiraBeside } from '../../testing/hashira.ts';
import { english } from './form-sentences.ts';

const workshop = mkdtempSync(join(tmpdir(), 'hashira-accept-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

/** A directory of templates. */
function templates(name: string, files: Readonly<Record<string, string>>): string {
  const place = join(workshop, name);
  mkdirSync(place, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(place, file), content);
  return place;
}

interface Verdict {
  readonly id: string;
  readonly environment: string;
  readonly verdict: string;
  readonly reason?: string;
  readonly evidence: readonly { readonly template: string; readonly property: string; readonly verdict: string }[];
}

function judged(directory: string, ...words: readonly string[]) {
  const { stdout, code, stderr } = hashira(['accept', directory, '--json', ...words]);
  const { criteria }: { criteria: readonly Verdict[] } = JSON.parse(stdout);
  return { code, stderr, criteria, of: (id: string) => criteria.find((one) => one.id === id) };
}

const shop = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Retention: { Type: Number }
  Days: { Type: Number, Default: 7 }
Conditions:
  Guarded: !Equals [!Ref 'AWS::Region', eu-west-1]
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }
      Tags: [{ Key: Environment, Value: live }, { Key: Project, Value: shop }, { Key: Owner, Value: us }, { Key: ManagedBy, Value: hand }]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }]
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }]
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: !If [Guarded, true, !Ref 'AWS::NoValue']
      BackupRetentionPeriod: !Ref Days
      MasterUserPassword: !Sub '{{resolve:secretsmanager:\${Secret}:SecretString:password}}'
  Copy:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: true
      BackupRetentionPeriod: !Ref Retention
      ManageMasterUserPassword: true
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { GenerateSecretString: { PasswordLength: 32 } }
`;

describe('plain CloudFormation', () => {
  const directory = templates('shop', { 'shop.yaml': shop });

  test('is judged as production by the figures of the form', () => {
    const { code, criteria, of, stderr } = judged(directory);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect([...new Set(criteria.map(({ environment }) => environment))]).toEqual(['production']);
    expect(criteria).toHaveLength(28);
    expect(of('AC-SEC-1')).toMatchObject({
      verdict: 'pass',
      evidence: [
        { template: 'shop.yaml', property: expect.stringContaining('/Resources/Files/Properties/BucketEncryption') },
      ],
    });
    expect([of('AC-SEC-4')?.verdict, of('AC-SEC-6')?.verdict]).toEqual(['pass', 'pass']);
  });

  test('has criteria in English sentences with the figures of those that are judged', () => {
    const { design } = readDesign(readFileSync('specs/stories/WEB-001-web-platform/design.md', 'utf8'));
    // The form has another budget than the project's own document.
    const figures = (text: string) => readSentence(text.replace('$1,800', '$1,500')).figures;
    const own = design?.criteria.map(({ id, text }) => [id, figures(text)]);
    expect(Object.entries(english).map(([id, text]) => [id, figures(text)])).toEqual(own);
  });

  test('has no verdict on what it does not settle', () => {
    const { of } = judged(directory);
    expect([of('AC-SEC-2')?.verdict, of('AC-REL-5')?.verdict]).toEqual(['unresolved', 'unresolved']);
  });

  test('is not held to what it has none of', () => {
    const { of } = judged(directory);
    for (const id of ['AC-REL-1', 'AC-REL-2', 'AC-REL-3', 'AC-REL-6', 'AC-PERF-2', 'AC-OPS-1', 'AC-OPS-2'])
      expect([id, of(id)?.verdict]).toEqual([id, 'not-applicable']);
  });

  test('may have tags of its own values, but must have them', () => {
    const { of } = judged(directory);
    const seen = of('AC-OPS-4')?.evidence.map(({ property, verdict }) => [property.split('/')[2], verdict]);
    expect(seen).toContainEqual(['Files', 'pass']);
    expect(seen).toContainEqual(['Group', 'fail']);
  });

  test('is judged as another environment when that is asked for', () => {
    const { criteria } = judged(directory, '--environment', 'development');
    expect([...new Set(criteria.map(({ environment }) => environment))]).toEqual(['development']);
  });
});

test('a CDK app of somebody else is read by its manifest, with construct paths', () => {
  const outdir = join(workshop, 'cdk.out');
  const app = new App({ outdir, context: { '@aws-cdk/core:validateAgainstDefaultRules': false } });
  const stack = new Stack(app, 'Shop');
  new Bucket(stack, 'Safe', { encryption: BucketEncryption.KMS, enforceSSL: true });
  new Bucket(stack, 'Plain');
  app.synth();
  const { of, code } = judged(outdir);
  expect(code).toBe(1);
  expect(of('AC-SEC-1')).toMatchObject({ verdict: 'fail' });
  const evidence = of('AC-SEC-1')?.evidence ?? [];
  expect(evidence).toMatchObject([
    { resource: 'Shop/Safe/Resource', verdict: 'pass' },
    { resource: 'Shop/Plain/Resource', verdict: 'fail' },
  ]);
});

describe('what comes of it', () => {
  const good = templates('good', {
    'good.json': JSON.stringify({ Resources: { Wait: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } }),
  });
  const document = join(workshop, 'design.md');
  const own = readFileSync('specs/stories/WEB-001-web-platform/design.md', 'utf8');
  /** The document with the criteria of one id alone, and others added. */
  const withCriteria = (id: string, ...more: readonly string[]) =>
    own
      .split('\n')
      .filter((line) => !/^- \[[ x]\] \*\*AC-/.test(line) || line.includes(`**${id}**`))
      .flatMap((line) => (line.includes(`**${id}**`) ? [line, ...more] : [line]))
      .join('\n');

  test('exit code 0 when nothing fails', () => {
    writeFileSync(document, withCriteria('AC-COST-1'));
    const { code, criteria } = judged(good, '--design', document);
    expect(code).toBe(0);
    expect(criteria.map(({ id, verdict }) => [id, verdict])).toEqual([['AC-COST-1', 'not-applicable']]);
  });

  test('exit code 1 where the templates have none of what the document has', () => {
    writeFileSync(document, withCriteria('AC-SEC-1'));
    const { code, criteria } = judged(good, '--design', document);
    expect([code, ...criteria.map(({ verdict }) => verdict)]).toEqual([1, 'fail']);
  });

  test('exit code 2 for what is no assembly, and for a document that is refused', () => {
    const nothing = hashira(['accept', join(workshop, 'nowhere')]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('expected a cloud assembly');
    writeFileSync(document, own.replace('10.0.1.0/24', '10.0.0.0/24'));
    expect(hashira(['accept', good, '--design', document]).code).toBe(2);
  });

  test('JUnit and SARIF say the same, at the line of the document and in the template', () => {
    const bad = templates('bad', { 'bad.yaml': 'Resources:\n  "A<B":\n    Type: AWS::S3::Bucket\n' });
    writeFileSync(document, withCriteria('AC-SEC-1'));
    const [junit, sarif] = [join(workshop, 'junit.xml'), join(workshop, 'found.sarif')];
    expect(hashira(['accept', bad, '--design', document, '--junit', junit, '--sarif', sarif]).code).toBe(1);
    const line =
      withCriteria('AC-SEC-1')
        .split('\n')
        .findIndex((text) => text.includes('**AC-SEC-1**')) + 1;
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('<testsuite name="production" tests="1" failures="1" errors="0" skipped="0">');
    expect(xml).toContain(`line="${line}"`);
    expect(xml).toContain('bad.yaml#/Resources/A&lt;B/Properties');
    const log = JSON.parse(readFileSync(sarif, 'utf8'));
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: 'AC-SEC-1',
        locations: [{ physicalLocation: { region: { startLine: line } } }],
        relatedLocations: [
          { logicalLocations: [{ fullyQualifiedName: '/Resources/A<B/Properties/BucketEncryption' }] },
        ],
      },
    ]);
  });

  test('a report takes the place of an older report, and of nothing else', () => {
    const [report, other] = [join(workshop, 'again.xml'), join(workshop, 'notes.xml')];
    for (const option of ['--junit', '--sarif']) {
      rmSync(report, { force: true });
      for (const content of [undefined, '', undefined]) {
        if (content !== undefined) writeFileSync(report, content);
        expect(hashira(['accept', good, option, report]).code).toBeLessThan(2);
        expect(statSync(report).size).toBeGreaterThan(100);
      }
      writeFileSync(other, 'mine');
      for (const place of [other, workshop]) {
        const { code, stderr } = hashira(['accept', good, option, place]);
        expect([code, stderr]).toEqual([2, expect.stringContaining("is no report of this command's")]);
      }
      expect(readFileSync(other, 'utf8')).toBe('mine');
    }
  });

  describe("a criterion of the document's own", () => {
    const text = withCriteria('AC-SEC-1', '- [ ] **AC-SEC-8** (遍在型): バケットには名前を付けないこと');
    // Encrypted, so that only the criterion of their own can fail.
    const BucketEncryption = {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    };
    const named = templates('named', {
      'named.json': JSON.stringify({
        Resources: {
          A: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption, BucketName: 'a' } },
          B: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption } },
        },
      }),
    });

    /** The verdict in a project with this judge in it. */
    function verdictWith(project: string, judge: string | undefined, ...more: readonly string[]) {
      const place = templates(project, { 'design.md': text });
      if (judge !== undefined) {
        mkdirSync(join(place, 'judges'), { recursive: true });
        writeFileSync(join(place, 'judges', 'ac-sec-8.ts'), judge);
      }
      const run = hashira(['accept', named, '--design', 'design.md', '--json', ...more], place);
      const { criteria }: { criteria: readonly Verdict[] } = JSON.parse(run.stdout);
      return { code: run.code, stderr: run.stderr, ...criteria.find(({ id }) => id === 'AC-SEC-8') };
    }

    test('without a judge is not judged, never passed', () => {
      expect(verdictWith('none', undefined)).toMatchObject({ verdict: 'not-judged' });
    });

    test('with a judge of theirs is judged like the others', () => {
      const judge = `export default function ({ everywhere }, { ofType, on }) {
        return ofType(everywhere, 'AWS::S3::Bucket').map((bucket) => on(bucket).property('BucketName').isAbsent());
      }`;
      const verdict = verdictWith('theirs', judge, '--allow-code');
      expect(verdict).toMatchObject({
        verdict: 'fail',
        evidence: [
          { logicalId: 'A', observed: 'a', verdict: 'fail' },
          { logicalId: 'B', verdict: 'pass' },
        ],
      });
    });

    const file = 'judges/ac-sec-8.ts';

    test('is named and not run unless somebody says so', () => {
      const marks =
        "import { writeFileSync } from 'node:fs'; writeFileSync('ran', ''); process.exit(0); export default () => [];";
      const reason = `${file} was found and not run: --allow-code runs it`;
      expect(verdictWith('unasked', marks)).toMatchObject({ verdict: 'not-judged', reason: { en: reason } });
      expect(existsSync(join(workshop, 'unasked', 'ran'))).toBe(false);
    });

    test('a pass that does not notice what is spoilt is withdrawn, and named wherever verdicts are', () => {
      const judge = `export default ({ everywhere }, { ofType, on }) =>
        ofType(everywhere, 'AWS::S3::Bucket').slice(0, 1)
          .map((bucket) => on(bucket).property('BucketName').holds(true, { expected: 'any' }));`;
      const reason = {
        en: 'it passes all the same with what it shows spoilt: named.json#/Resources/A/Properties/BucketName',
      };
      expect(verdictWith('cheats', judge, '--allow-code')).toMatchObject({ code: 0, verdict: 'pass' });
      const challenged = verdictWith('cheats', judge, '--allow-code', '--challenge');
      expect(challenged).toMatchObject({ code: 0, verdict: 'not-judged', reason });
      const words = ['--challenge', '--junit', 'junit.xml', '--allow-code', '--lang', 'en'];
      const place = join(workshop, 'cheats');
      const { stdout } = hashira(['accept', named, '--design', 'design.md', ...words], place);
      expect(stdout).toMatch(/AC-SEC-1 +pass\n/);
      expect(stdout).toMatch(/AC-SEC-8 +not judged \(withdrawn\)\n/);
      expect(stdout).toMatch(/\n1 hold, 0 do not, 1 not told, [^\n]*; withdrawn: AC-SEC-8 \(production\)\n$/);
      expect(readFileSync(join(place, 'junit.xml'), 'utf8')).toContain(`<skipped message="${reason.en}"/>`);
    });

    test('a judge that failed is an error in JUnit and in SARIF, and is told last', () => {
      verdictWith('ends', 'export default () => process.exit(0);');
      const place = join(workshop, 'ends');
      const words = ['--junit', 'junit.xml', '--sarif', 'found.sarif', '--allow-code', '--lang', 'en'];
      const { code, stdout } = hashira(['accept', named, '--design', 'design.md', ...words], place);
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /a judge of your own failed, which is an error of this run and no verdict:\n {2}AC-SEC-8 · production: judges\/ac-sec-8\.ts: ended its process with exit code 0\n\n\d+ hold, [^\n]*\n$/,
      );
      expect(readFileSync(join(place, 'junit.xml'), 'utf8')).toMatch(
        /errors="1".*<error message="judges\/ac-sec-8\.ts: ended/s,
      );
      const { runs } = JSON.parse(readFileSync(join(place, 'found.sarif'), 'utf8'));
      expect(runs[0].invocations).toMatchObject([
        { executionSuccessful: false, toolExecutionNotifications: [{ associatedRule: { id: 'AC-SEC-8' } }] },
      ]);
    });
  });
});

describe('deployed stacks', () => {
  const template = JSON.stringify({ Resources: { Files: { Type: 'AWS::S3::Bucket' } } });
  let stub: AwsStub;
  beforeAll(async () => {
    stub = await startAwsStub({
      'cloudformation.DescribeStacks': {
        Stacks: {
          member: [
            {
              StackName: 'prd-files',
              StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/prd-files/1',
              StackStatus: 'CREATE_COMPLETE',
              CreationTime: '2026-11-30T00:00:00Z',
            },
          ],
        },
      },
      'cloudformation.GetTemplate': { TemplateBody: template },
    });
  });
  afterAll(() => stub.stop());

  const typed = (...words: readonly string[]) =>
    hashiraBeside(['accept', ...words], {
      AWS_ENDPOINT_URL: stub.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: '',
    });

  test('are judged by what CloudFormation has of them, which is said first', async () => {
    const { code, stdout } = await typed('--stacks', 'prd-*', '--region', 'eu-west-1');
    expect(stdout).toMatch(/^deployed stacks, with parameters and exports .* \(eu-west-1\): prd-files\n/);
    expect(stdout).toMatch(/AC-SEC-1/);
    expect(code).toBe(1);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['without a region', ['--stacks', 'prd-*'], /nobody says in which region; add --region, or set AWS_REGION/],
    ['beside files', ['in', '--stacks', 'prd-*'], /: in and --stacks cannot be judged together/],
    ['with parameters', ['--stacks', 'prd-*', '--parameters', 'A=1'], /--parameters is for templates of files/],
    [
      'that are none',
      ['--stacks', 'dev-*', '--region', 'eu-west-1'],
      /no deployed stack is called dev-\* in eu-west-1/,
    ],
    ['of files, in two regions', ['.', '--region', 'eu-west-1', 'us-east-1'], /go to one; name one region/],
    ['that nobody names', [], /expected a directory of templates, or --stacks/],
  ])('%s are refused', async (_, words, expected) => {
    expect(await typed(...words)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(expected) });
  });
});

describe('a hostile assembly is refused with 2, which no verdict has', () => {
  const bomb = Array.from({ length: 30 }, (_, index) => `  A${index}: &a${index + 1} [*a${index}, *a${index}]`);
  test.each<[string, (place: string) => void, RegExp]>([
    [
      'aliases of aliases',
      (place) => writeFileSync(place, ['Resources:', '  A: &a0 {Type: x}', ...bomb].join('\n')),
      /1000000 values/,
    ],
    ['a pipe', (place) => execFileSync('mkfifo', [place]), /is a pipe/],
    ['a link to an endless device', (place) => symlinkSync('/dev/zero', place), /outside of it/],
    [
      'deep lists',
      (place) => writeFileSync(place, `{"Resources":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      /more than 100 deep/,
    ],
  ])('%s', (name, make, expected) => {
    const place = templates(name, {});
    make(join(place, 'template.yaml'));
    for (const command of ['accept', 'cost']) {
      const { code, stdout, stderr } = hashira([command, place]);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(expected);
    }
  });
});
