// Files and images published with the CDK's own library, as `cdk deploy` does it; templates put into the bootstrap's bucket, where
// CloudFormation reads them.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import {
  AssetManifest,
  AssetPublishing,
  DefaultAwsClient,
  EventType,
  FileManifestEntry,
  type IManifestEntry,
  type IPublishProgressListener,
} from '@aws-cdk/cdk-assets-lib';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isNode, isNodes, type Node } from '../../assembly/scope.ts';
import { around } from '../../design/messages/words.ts';
import { type ClientSettings, isNamed } from '../aws/clients.ts';
import { refusals } from '../refusals.ts';
import { asking, clientIn, isLocal } from './aws-clients.ts';
import { type DeployableStack, filledIn } from './deployable.ts';
import { AwsFault, faultOf, ownFault } from './fault.ts';
import type { Assets } from './ports.ts';

export interface AssetsPlace {
  /** Directory of the cloud assembly that the stacks' lists of assets lie in. */
  readonly directory: string;
  /** The account's number. */
  readonly account: string;
}

/** @param settings of all but publishing: the CDK's library reads the environment and the profiles by itself */
export function awsAssets({ directory, account }: AssetsPlace, settings: ClientSettings = {}): Assets {
  const s3 = clientIn((config) => new S3Client({ ...config, forcePathStyle: isLocal() }), settings);
  const images = clientIn((config) => new ECRClient(config), settings);
  return {
    async publish(stack) {
      for (const { manifest, entry } of entriesOf(directory, stack)) await publish(manifest, entry);
    },
    missing: (stack) =>
      asking(async () => {
        const roleOf = fileRole(directory, account, stack);
        const missing: string[] = [];
        for (const { bucket, key } of filesIn(stack.template, account, stack.place.region)) {
          const there = await s3({ region: stack.place.region, ...roleOf })
            .send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
            .then(() => true, isAbsent);
          if (!there) missing.push(`s3://${bucket}/${key}`);
        }
        for (const { region, repository, tag } of imagesIn(stack.template, account, stack.place.region)) {
          const there = await images({ region })
            .send(new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageTag: tag }] }))
            .then(() => true, isAbsent);
          if (!there) missing.push(`${repository}:${tag}`);
        }
        return missing;
      }),
    template: (stack, text) =>
      asking(async () => {
        const { bucket, role } = templatePlace(directory, account, stack);
        const { region } = stack.place;
        // By what is in it: nobody's template takes the place of another's.
        const key = `${createHash('sha256').update(text).digest('hex')}.json`;
        await s3({ region, role }).send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' }),
        );
        return `https://s3.${region}.${filledIn(`\${AWS::URLSuffix}`, account, region)}/${bucket}/${key}`;
      }),
  };
}

interface Listed {
  readonly manifest: AssetManifest;
  readonly entry: IManifestEntry;
}

/** One for each asset and each region that it is to be in. Templates are not among them: what is deployed is more than what was built. */
function entriesOf(directory: string, stack: DeployableStack): readonly Listed[] {
  if (stack.assets === undefined) return [];
  const manifest = AssetManifest.fromFile(resolve(directory, stack.assets));
  return manifest.entries.filter((entry) => !isTemplate(entry)).map((entry) => ({ manifest, entry }));
}

const isTemplate = (entry: IManifestEntry): entry is FileManifestEntry =>
  entry instanceof FileManifestEntry && (entry.source.path ?? '').endsWith('.template.json');

/** The bucket that the CDK would put the stack's template into, and the role that may. */
function templatePlace(directory: string, account: string, { id, assets, place: { region } }: DeployableStack) {
  const manifest = assets === undefined ? undefined : AssetManifest.fromFile(resolve(directory, assets));
  const own = manifest?.entries.filter(isTemplate).find(({ destination }) => (destination.region ?? region) === region);
  if (own === undefined) throw ownFault(refusals.noTemplateBucket({ stack: id }));
  const filled = (text: string) => filledIn(text, account, region);
  const { bucketName, assumeRoleArn } = own.destination;
  return { bucket: filled(bucketName), role: assumeRoleArn === undefined ? undefined : filled(assumeRoleArn) };
}

/** Builds and publishes one entry, unless it is there already. */
async function publish(manifest: AssetManifest, entry: IManifestEntry): Promise<void> {
  const said: string[] = [];
  const publishing = publishingOf(manifest, {
    onPublishEvent(type, { message }) {
      if (type === EventType.SHELL_STDERR || type === EventType.SHELL_STDOUT) said.push(message);
    },
  });
  await naming(entry, async () => {
    if (await publishing.isEntryPublished(entry)) return;
    // Neither throws: what went wrong is in the list of failures.
    await publishing.buildEntry(entry);
    if (!publishing.hasFailures) await publishing.publishEntry(entry);
    const [failure] = publishing.failures;
    if (failure === undefined) return;
    const { kind, code, said: why } = faultOf(failure.error);
    const last = said.join('').trimEnd().split('\n').slice(-lastLines).join('\n');
    throw new AwsFault(
      kind,
      code,
      around(why, (text) => [text, last].filter((each) => each !== '').join('\n')),
    );
  });
}

/** Lines of a failed build that are shown. */
const lastLines = 15;

/** The library's client remembers the last role that it took on: each entry gets one of its own. */
function publishingOf(manifest: AssetManifest, progressListener?: IPublishProgressListener): AssetPublishing {
  return new AssetPublishing(manifest, {
    aws: new DefaultAwsClient(),
    throwOnError: false,
    // What docker prints is nobody's answer to a question in JSON.
    subprocessOutputDestination: 'publish',
    progressListener,
  });
}

async function naming<T>(entry: IManifestEntry, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { kind, code, said } = faultOf(error);
    throw new AwsFault(
      kind,
      code,
      around(said, (text) => `${entry.displayName(true)}: ${text}`),
    );
  }
}

/** The role that may look into the bootstrap's bucket. */
function fileRole(directory: string, account: string, stack: DeployableStack): { readonly role?: string } {
  const { role } = templatePlace(directory, account, stack);
  return role === undefined ? {} : { role };
}

/** An error that says that there is none; any other is passed on. */
function isAbsent(error: unknown): false {
  if (isNamed(error, 'NotFound', 'NoSuchKey', 'ImageNotFoundException')) return false;
  throw error;
}

/** Code that a template takes from the bootstrap's bucket; by the template, since it may be an older one than the list of assets. */
function* filesIn(
  node: Node,
  account: string,
  region: string,
): Generator<{ readonly bucket: string; readonly key: string }> {
  if (isNodes(node)) for (const each of node) yield* filesIn(each, account, region);
  if (!isNode(node)) return;
  const [bucket, key] = [textOf(node.S3Bucket, account, region), textOf(node.S3Key, account, region)];
  if (bucket !== undefined && key !== undefined) yield { bucket, key };
  for (const each of Object.values(node)) yield* filesIn(each, account, region);
}

interface Image {
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
}

/** Images of the account's own registry. */
function* imagesIn(node: Node, account: string, region: string): Generator<Image> {
  const text = textOf(node, account, region);
  const [, of, where = '', repository = '', tag = ''] =
    /^(\d{12})\.dkr\.ecr\.([\w-]+)\.[^/]+\/([^:]+):([\w.-]+)$/.exec(text ?? '') ?? [];
  if (of === account) yield { region: where, repository, tag };
  else if (isNodes(node)) for (const each of node) yield* imagesIn(each, account, region);
  else if (isNode(node)) for (const each of Object.values(node)) yield* imagesIn(each, account, region);
}

/** A text, or one that CloudFormation fills in with what is known beforehand. */
function textOf(node: Node | undefined, account: string, region: string): string | undefined {
  const text = isNode(node) ? node['Fn::Sub'] : node;
  return typeof text === 'string' ? filledIn(text, account, region) : undefined;
}
