// The built assembly as the deployer takes it: of each stack the template, where it goes and in whose name, what must be published for
// it, and which stacks it waits for.

import { join } from 'node:path';
import { isOfEnvironment } from '../../assembly/environments.ts';
import { readAssembly, readSources } from '../../assembly/read-assembly.ts';
import { isNode, type TemplateNode } from '../../assembly/scope.ts';
import { limits, parseTemplate } from '../../assembly/template-file.ts';
import { templateHash } from '../../assembly/template-hash.ts';
import { readText } from '../../design/read-file.ts';
import { Refusal } from '../../design/refusal.ts';
import type { Environment } from '../../design/schema.ts';
import { refusals } from '../refusals.ts';
import type { StackReference } from './cloudformation.ts';

export interface DeployableStack {
  readonly id: string;
  readonly place: StackReference;
  readonly template: TemplateNode;
  /** SHA-256 of the template as it was built. */
  readonly hash: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Ids of stacks of the same environment, as the manifest and the weak references have it. */
  readonly waitsFor: readonly string[];
  readonly executionRole?: string;
  /** Name of the file that lists its assets, relative to the assembly's directory. */
  readonly assets?: string;
}

export interface Deployable {
  readonly directory: string;
  readonly environment: Environment;
  /** The account's number. */
  readonly account: string;
  /** In the order of the manifest. */
  readonly stacks: readonly DeployableStack[];
}

/** @throws Error naming what is missing or broken in the assembly, or that it holds nothing of this environment */
export function readDeployable(directory: string, environment: Environment, account: string): Deployable {
  const graph = readAssembly(directory);
  const artifacts = artifactsOf(directory);
  const stacks = readSources(directory)
    .filter((source) => source.nestedIn === undefined && isOfEnvironment(environment)(source))
    .map((source): DeployableStack => {
      const artifact = artifacts[source.id];
      const properties = isNode(artifact) && isNode(artifact.properties) ? artifact.properties : {};
      const arn = (key: string) => {
        const value = properties[key];
        return typeof value === 'string' ? filledIn(value, account, source.region) : undefined;
      };
      const [role, executionRole] = [arn('assumeRoleArn'), arn('cloudFormationExecutionRoleArn')];
      const assets = assetsOf(artifacts, source.id);
      return {
        id: source.id,
        place: { name: source.name, region: source.region, role },
        template: source.template,
        hash: templateHash(directory, [source]),
        tags: source.tags,
        terminationProtection: source.terminationProtection ?? false,
        waitsFor: graph.stacks.find(({ id }) => id === source.id)?.dependsOn ?? [],
        executionRole,
        assets,
      };
    });
  if (stacks.length === 0) throw new Refusal(refusals.noStack({ directory, environment }));
  const ids = new Set(stacks.map(({ id }) => id));
  const within = stacks.map((stack) => ({ ...stack, waitsFor: stack.waitsFor.filter((id) => ids.has(id)) }));
  return { directory, environment, account, stacks: within };
}

/**
 * Stacks in waves: each waits for those before it only, so that a wave's stacks may be deployed at the same time.
 * @throws Refusal naming the stacks that wait for each other in a circle
 */
export function wavesOf<S extends Pick<DeployableStack, 'id' | 'waitsFor'>>(stacks: readonly S[]): S[][] {
  const waves: S[][] = [];
  const done = new Set<string>();
  for (let left = [...stacks]; left.length > 0; ) {
    const ready = left.filter(({ waitsFor }) => waitsFor.every((id) => done.has(id)));
    if (ready.length === 0) throw new Refusal(refusals.waitInCircle({ stacks: left.map(({ id }) => id) }));
    waves.push(ready);
    for (const { id } of ready) done.add(id);
    left = left.filter(({ id }) => !done.has(id));
  }
  return waves;
}

/** One stack after another, as the document lists them; one that it does not list, or lists too early, comes as soon as it can. */
export function oneByOne<S extends Pick<DeployableStack, 'id' | 'waitsFor'>>(
  stacks: readonly S[],
  documentOrder: readonly string[],
): S[][] {
  const place = ({ id }: S) => {
    const index = documentOrder.findIndex((name) => id.endsWith(name));
    return index < 0 ? documentOrder.length : index;
  };
  const left = [...stacks].sort((a, b) => place(a) - place(b));
  const done = new Set<string>();
  const order: S[][] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ waitsFor }) => waitsFor.every((id) => done.has(id)));
    const [next] = left.splice(Math.max(index, 0), 1);
    if (next === undefined || index < 0) throw new Refusal(refusals.waitInCircle({ stacks: left.map(({ id }) => id) }));
    done.add(next.id);
    order.push([next]);
  }
  return order;
}

/** What CDK leaves to whoever deploys: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export function filledIn(text: string, account: string, region: string): string {
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partitionOf(region),
    'AWS::URLSuffix': region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  return text.replace(/\$\{(AWS::\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function artifactsOf(directory: string): TemplateNode {
  const manifest: unknown = parseTemplate(readText(join(directory, 'manifest.json'), limits.bytes), 'manifest.json');
  const artifacts = isNode(manifest) ? manifest.artifacts : undefined;
  if (!isNode(artifacts)) throw new Refusal(refusals.noArtifacts({ file: join(directory, 'manifest.json') }));
  return artifacts;
}

function assetsOf(artifacts: TemplateNode, stack: string): string | undefined {
  const artifact = artifacts[`${stack}.assets`];
  const file = isNode(artifact) && isNode(artifact.properties) ? artifact.properties.file : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** A place in a region, in the name of whoever deploys there. */
export function placeIn(stacks: readonly DeployableStack[], region: string): Omit<StackReference, 'name'> {
  const role = stacks.find(({ place }) => place.region === region)?.place.role;
  return { region, role };
}
