// Reads a CDK cloud assembly, or a plain directory of CloudFormation templates, into one resource graph.
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { readText } from '../design/read-file.ts';
import { Refusal, reasonsOf } from '../design/refusal.ts';
import { buildGraph } from './build-graph.ts';
import type { Assembly } from './graph.ts';
import { amounts, refusals } from './refusals.ts';
import { isNode, type StackSource, type TemplateNode } from './scope.ts';
import { limits as fileLimits, parseTemplate } from './template-file.ts';

/**
 * Far beyond any platform: CloudFormation has 500 resources a template, and 2,000 stacks an account and region
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 */
const limits = {
  /** Manifests, templates and what else may be one. */
  files: 2000,
  bytes: 64_000_000,
  resources: 10_000,
  /** Assemblies within assemblies; stages are nested once. */
  levels: 10,
} as const;

const tooLarge = (directory: string, found: Words, limit: number): Refusal =>
  new Refusal(refusals.tooLarge({ directory, found, limit }));

type Words = Refusal['said'];

/**
 * The graph of a directory: of its `manifest.json` and the assemblies nested in it, or else of every template right in it.
 * @throws Refusal naming the file that is missing or broken.
 */
export function readAssembly(directory: string): Assembly {
  return buildGraph(readSources(directory));
}

/** The templates of a directory before anything in them is resolved. */
export function readSources(directory: string): StackSource[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new Refusal(refusals.noDirectory({ directory }));
  const folder = folderAt(directory);
  const sources = existsSync(join(directory, 'manifest.json')) ? manifestSources(folder, '', 0) : bareSources(folder);
  if (sources.length === 0) throw new Refusal(refusals.noTemplate({ directory }));
  const resources = sources.reduce(
    (sum, { template }) => sum + (isNode(template.Resources) ? Object.keys(template.Resources).length : 0),
    0,
  );
  if (resources > limits.resources) throw tooLarge(directory, amounts.resources(resources), limits.resources);
  return sources;
}

/** An assembly's directory, out of which nothing is read: an assembly may come from somebody else. */
interface Folder {
  readonly path: string;
  /** A file of it as data. @throws Refusal when it lies elsewhere, or all that was read is too much */
  parse(file: string): unknown;
}

function folderAt(path: string): Folder {
  const real = realpathSync(path);
  let [files, bytes] = [0, 0];
  return {
    path,
    parse(file) {
      const place = join(path, file);
      files += 1;
      if (files > limits.files) throw tooLarge(path, amounts.files(files), limits.files);
      const text = textAt(place, () => isWithin(real, realpathSync(place)), { directory: path, file });
      bytes += text.length;
      if (bytes > limits.bytes) throw tooLarge(path, amounts.characters(bytes), limits.bytes);
      return parseTemplate(text, place);
    },
  };
}

function isWithin(directory: string, file: string): boolean {
  const inside = relative(directory, file);
  return !isAbsolute(inside) && inside.split(sep)[0] !== '..';
}

function textAt(place: string, isInside: () => boolean, named: { directory: string; file: string }): string {
  try {
    if (!isInside()) throw new Refusal(refusals.outside(named));
    return readText(place, fileLimits.bytes);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(refusals.unreadable({ file: place, reason: reasonsOf(error) }));
  }
}

function manifestSources(folder: Folder, nested: string, level: number): StackSource[] {
  if (level > limits.levels) throw tooLarge(folder.path, amounts.assemblies, limits.levels);
  const { artifacts } = readObject(folder, join(nested, 'manifest.json'));
  if (!isNode(artifacts)) {
    throw new Refusal(refusals.noArtifacts({ file: join(folder.path, nested, 'manifest.json') }));
  }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isNode(artifact)) return [];
    const properties = isNode(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly') {
      return manifestSources(folder, join(nested, textOr(properties.directoryName, '')), level + 1);
    }
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const templateFile = join(nested, textOr(properties.templateFile, ''));
    const waitsFor = Array.isArray(artifact.dependencies)
      ? artifact.dependencies.filter((other) => typeof other === 'string')
      : [];
    return [
      {
        id,
        name: typeof properties.stackName === 'string' ? properties.stackName : id,
        region: textOr(artifact.environment, '').split('/')[3] || 'unknown-region',
        templateFile,
        template: readObject(folder, templateFile),
        tags: texts(properties.tags),
        terminationProtection: properties.terminationProtection === true,
        waitsFor: waitsFor.filter((other) => Object.hasOwn(artifacts, other) && isStack(artifacts[other])),
        paths: constructPaths(folder, nested, artifact),
      },
    ];
  });
}

const isStack = (artifact: unknown) => isNode(artifact) && artifact.type === 'aws:cloudformation:stack';

/** Construct paths by logical id, from the artifact's metadata: in the manifest, or in a file of its own. */
function constructPaths(folder: Folder, nested: string, artifact: TemplateNode): Record<string, string> {
  const file = artifact.additionalMetadataFile;
  const metadata = [
    isNode(artifact.metadata) ? artifact.metadata : {},
    typeof file === 'string' ? readObject(folder, join(nested, file)) : {},
  ];
  const paths = new Map<string, string>();
  for (const [path, entries] of metadata.flatMap(Object.entries<unknown>)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (isNode(entry) && entry.type === 'aws:cdk:logicalId')
        paths.set(textOr(entry.data, ''), path.replace(/^\//, ''));
    }
  }
  return Object.fromEntries(paths);
}

function bareSources(folder: Folder): StackSource[] {
  return readdirSync(folder.path, { withFileTypes: true })
    .filter((entry) => /\.(json|ya?ml|template)$/.test(entry.name) && !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((templateFile) => {
      const template = folder.parse(templateFile);
      // Other JSON and YAML may lie beside templates; only a template has resources.
      if (!isNode(template) || !isNode(template.Resources)) return [];
      const id = templateFile.replace(/(\.template)?\.[^.]+$/, '');
      return [{ id, name: id, region: 'unknown-region', templateFile, template, tags: {}, waitsFor: [], paths: {} }];
    });
}

function readObject(folder: Folder, file: string): TemplateNode {
  const content = folder.parse(file);
  if (!isNode(content)) throw new Refusal(refusals.noObject({ file: join(folder.path, file) }));
  return content;
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

function texts(node: unknown): Record<string, string> {
  const entries = isNode(node) ? Object.entries(node) : [];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
