// Reads a CDK cloud assembly, or a plain directory of CloudFormation templates, into one resource graph.

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Words } from '../design/messages/words.ts';
import { readText } from '../design/read-file.ts';
import { Refusal, reasonsOf } from '../design/refusal.ts';
import { buildGraph } from './build-graph.ts';
import type { Assembly } from './graph.ts';
import { withoutLoops } from './macros.ts';
import { amounts, refusals } from './refusals.ts';
import { isNode, member, type Node, type StackSource, type TemplateNode } from './scope.ts';
import { limits as fileLimits, parseTemplate, Unparsed } from './template-file.ts';

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

/** What a caller knows of the templates that they do not say themselves. */
export interface ReadingOptions {
  /** Values of parameters, by name: for every template that has a parameter of that name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where the stacks go that do not say so themselves. */
  readonly region?: string;
  /** Told of each file that lies beside the templates and is none, with the reason where it could not be read. */
  readonly onPassedOver?: (file: string, reason?: Words) => void;
}

/**
 * The graph of a directory: of its `manifest.json` and the assemblies nested in it, or else of every template right in it; or of one template.
 * @throws Refusal naming the file that is missing or broken.
 */
export function readAssembly(path: string, options: ReadingOptions = {}): Assembly {
  return buildGraph(readSources(path, options));
}

/** The templates of a directory, and those nested in them, before anything in them is resolved. */
export function readSources(path: string, options: ReadingOptions = {}): StackSource[] {
  if (!existsSync(path)) throw new Refusal(refusals.noDirectory({ directory: path }));
  const isFile = !statSync(path).isDirectory();
  const directory = isFile ? dirname(path) : path;
  const folder = folderAt(directory);
  const roots = isFile
    ? fileSource(folder, basename(path))
    : existsSync(join(directory, 'manifest.json'))
      ? manifestSources(folder, '', 0)
      : bareSources(folder, options);
  const read = roots
    .map((source) => prepared(source, options))
    .flatMap((source) => withNested(folder, source, options, 0));
  const opened = new Set(read.flatMap(({ nestedIn, templateFile }) => (nestedIn === undefined ? [] : [templateFile])));
  const sources = read.filter(({ nestedIn, templateFile }) => nestedIn !== undefined || !opened.has(templateFile));
  if (sources.length === 0) throw nothingIn(path, isFile ? [basename(path)] : readdirSync(directory));
  const resources = sources.reduce(
    (sum, { template }) => sum + (isNode(template.Resources) ? Object.keys(template.Resources).length : 0),
    0,
  );
  if (resources > limits.resources) throw tooLarge(directory, amounts.resources(resources), limits.resources);
  return sources;
}

const prepared = (source: StackSource, { parameters: given, region }: ReadingOptions): StackSource => ({
  ...source,
  region: source.region === 'unknown-region' ? (region ?? source.region) : source.region,
  template: withoutLoops(source.template, given),
  ...(given === undefined ? {} : { given }),
});

/** A source with the templates nested in its resources, as far as they lie in the directory. */
function withNested(folder: Folder, source: StackSource, options: ReadingOptions, level: number): StackSource[] {
  const { Resources } = source.template;
  const nested = Object.entries(isNode(Resources) && level < limits.levels ? Resources : {}).flatMap(
    ([logicalId, resource]) => {
      const templateFile = nestedFile(folder, source, resource);
      if (templateFile === undefined) return [];
      const { id, region, tags, nestedIn } = source;
      const inner = {
        ...{ id: `${id}/${logicalId}`, name: `${id}/${logicalId}`, region, tags, templateFile },
        ...{ template: readObject(folder, templateFile), waitsFor: [], paths: {} },
        nestedIn: { stack: nestedIn?.stack ?? id, source: id, logicalId },
      };
      return withNested(folder, prepared(inner, options), options, level + 1);
    },
  );
  return [source, ...nested];
}

/** The file of a nested template: as CDK notes it down, or as it stands in the template before it is packaged. */
function nestedFile(folder: Folder, { templateFile }: StackSource, resource: Node): string | undefined {
  if (member(resource, 'Type') !== 'AWS::CloudFormation::Stack') return undefined;
  const named =
    member(resource, 'Metadata', 'aws:asset:path') ?? member(resource, 'Properties', 'TemplateURL') ?? undefined;
  if (typeof named !== 'string' || isAbsolute(named) || /^[a-z0-9]+:/i.test(named)) return undefined;
  const file = join(dirname(templateFile), named);
  return existsSync(join(folder.path, file)) && statSync(join(folder.path, file)).isFile() ? file : undefined;
}

/** Why there is nothing to read in a directory. */
function nothingIn(directory: string, names: readonly string[]): Refusal {
  const isTerraform = names.some((name) => /\.tf(\.json)?$/.test(name));
  return new Refusal(isTerraform ? refusals.terraform({ directory }) : refusals.noTemplate({ directory }));
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

function bareSources(folder: Folder, { onPassedOver }: ReadingOptions): StackSource[] {
  const files = readdirSync(folder.path, { withFileTypes: true })
    .filter((entry) => /\.(json|ya?ml|template)$/.test(entry.name) && !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const unreadable: unknown[] = [];
  const sources = files.flatMap((file) => {
    const template = otherOrTemplate(folder, file, (error) => {
      unreadable.push(error);
      onPassedOver?.(file, error === undefined ? undefined : reasonsOf(error));
    });
    return template === undefined ? [] : bareSource(file, template);
  });
  // Where there is nothing else, what could not be read was meant.
  const [error] = unreadable.filter((one) => one !== undefined);
  if (sources.length === 0 && error !== undefined) throw error;
  return sources;
}

/** A file's template; `undefined` for other JSON and YAML that lies beside templates: only a template has resources. */
function otherOrTemplate(
  folder: Folder,
  file: string,
  onPassedOver: (error?: unknown) => void,
): TemplateNode | undefined {
  let parsed: unknown;
  try {
    parsed = folder.parse(file);
  } catch (error) {
    if (!(error instanceof Unparsed) || looksLikeTemplate(readText(join(folder.path, file), fileLimits.bytes)))
      throw error;
    onPassedOver(error);
    return undefined;
  }
  if (isNode(parsed) && isNode(parsed.Resources)) return parsed;
  onPassedOver();
  return undefined;
}

const looksLikeTemplate = (text: string) => /^\W*(Resources|AWSTemplateFormatVersion)\b/m.test(text);

function fileSource(folder: Folder, file: string): StackSource[] {
  const template = /\.tf(\.json)?$/.test(file) ? {} : readObject(folder, file);
  return isNode(template.Resources) ? bareSource(file, template) : [];
}

function bareSource(templateFile: string, template: TemplateNode): StackSource[] {
  const id = templateFile.replace(/(\.template)?\.[^.]+$/, '');
  return [{ id, name: id, region: 'unknown-region', templateFile, template, tags: {}, waitsFor: [], paths: {} }];
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
