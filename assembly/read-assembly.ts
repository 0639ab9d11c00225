// Reads a CDK cloud assembly, or a plain directory of CloudFormation templates, into one resource graph.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph } from './build-graph.ts';
import type { Assembly } from './graph.ts';
import { isNode, type StackSource, type TemplateNode } from './scope.ts';
import { parseTemplate } from './template-file.ts';

/**
 * The graph of a directory: of its `manifest.json` and the assemblies nested in it, or else of every template right in it.
 * @throws Error naming the file that is missing or broken.
 */
export function readAssembly(directory: string): Assembly {
  return buildGraph(readSources(directory));
}

/** The templates of a directory before anything in them is resolved. */
export function readSources(directory: string): StackSource[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new Error(`${directory}: no such directory`);
  const sources = existsSync(join(directory, 'manifest.json'))
    ? manifestSources(directory, '')
    : bareSources(directory);
  if (sources.length === 0) throw new Error(`${directory}: no CloudFormation template in it`);
  return sources;
}

function manifestSources(root: string, nested: string): StackSource[] {
  const { artifacts } = readObject(root, join(nested, 'manifest.json'));
  if (!isNode(artifacts)) throw new Error(`${join(root, nested, 'manifest.json')}: no artifacts in it`);
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isNode(artifact)) return [];
    const properties = isNode(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly') {
      return manifestSources(root, join(nested, String(properties.directoryName)));
    }
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const templateFile = join(nested, String(properties.templateFile));
    const waitsFor = Array.isArray(artifact.dependencies) ? artifact.dependencies.map(String) : [];
    return [
      {
        id,
        name: typeof properties.stackName === 'string' ? properties.stackName : id,
        region: String(artifact.environment ?? '').split('/')[3] || 'unknown-region',
        templateFile,
        template: readObject(root, templateFile),
        tags: texts(properties.tags),
        terminationProtection: properties.terminationProtection === true,
        waitsFor: waitsFor.filter((other) => isStack(artifacts[other])),
        paths: constructPaths(root, nested, artifact),
      },
    ];
  });
}

const isStack = (artifact: unknown) => isNode(artifact) && artifact.type === 'aws:cloudformation:stack';

/** Construct paths by logical id, from the artifact's metadata: in the manifest, or in a file of its own. */
function constructPaths(root: string, nested: string, artifact: TemplateNode): Record<string, string> {
  const file = artifact.additionalMetadataFile;
  const metadata = [
    isNode(artifact.metadata) ? artifact.metadata : {},
    typeof file === 'string' ? readObject(root, join(nested, file)) : {},
  ];
  const paths: Record<string, string> = {};
  for (const [path, entries] of metadata.flatMap(Object.entries<unknown>)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (isNode(entry) && entry.type === 'aws:cdk:logicalId') paths[String(entry.data)] = path.replace(/^\//, '');
    }
  }
  return paths;
}

function bareSources(directory: string): StackSource[] {
  return readdirSync(directory)
    .filter((file) => /\.(json|ya?ml|template)$/.test(file))
    .sort()
    .flatMap((templateFile) => {
      const template = parseTemplate(readText(directory, templateFile), join(directory, templateFile));
      // Other JSON and YAML may lie beside templates; only a template has resources.
      if (!isNode(template) || !isNode(template.Resources)) return [];
      const id = templateFile.replace(/(\.template)?\.[^.]+$/, '');
      return [{ id, name: id, region: 'unknown-region', templateFile, template, tags: {}, waitsFor: [], paths: {} }];
    });
}

function readObject(root: string, file: string): TemplateNode {
  const content = parseTemplate(readText(root, file), join(root, file));
  if (!isNode(content)) throw new Error(`${join(root, file)}: expected an object`);
  return content;
}

function readText(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch (error) {
    throw new Error(`${join(root, file)}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function texts(node: unknown): Record<string, string> {
  return isNode(node) ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, String(value)])) : {};
}
