// Puts all stacks of an assembly onto the emulator with the CDK CLI, as a person would.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { readSources } from '../../assembly/read-assembly.ts';
import { isNode, isNodes, type Node, type StackSource } from '../../assembly/scope.ts';
import { clientsFor } from './clients.ts';
import type { Emulator } from './start-emulator.ts';
import { readNode, writeNode } from './strip.ts';

export interface Cdk {
  /** The CLI's program. */
  readonly program: string;
  readonly account: string;
  readonly scratch: string;
}

/** Seconds that one call of the CLI may take. */
const timeoutSeconds = 90;

/**
 * Bootstraps each region as `cdk bootstrap` does, and deploys.
 * @returns the references between regions that were filled in by hand, `<stack> <- <stack> in <region>`: the emulator resolves
 * `Fn::GetStackOutput` within one region only.
 * @throws Error with what the CLI printed.
 */
export async function deployAll(directory: string, emulator: Emulator, cdk: Cdk): Promise<readonly string[]> {
  const sources = readSources(directory);
  const regions = [...new Set(sources.map(({ region }) => region))];
  await run(['bootstrap', ...regions.map((region) => `aws://${cdk.account}/${region}`)], emulator, cdk);
  const filled: string[] = [];
  for (const wave of waves(sources)) {
    for (const stack of wave) filled.push(...(await fillElsewhere(directory, stack, emulator)));
    const words = ['--app', directory, '--require-approval', 'never', '--progress', 'events', '--concurrency', '4'];
    await run(['deploy', '--exclusively', ...words, ...wave.map(({ id }) => id)], emulator, cdk);
  }
  return filled;
}

async function run(words: readonly string[], { environment }: Emulator, { program, scratch }: Cdk): Promise<void> {
  const env = {
    ...environment,
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    NO_COLOR: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
  };
  const options = { env, cwd: scratch, timeout: timeoutSeconds * 1000, maxBuffer: 64 * 1024 * 1024 };
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [program, '--no-notices', ...words], options, (error, stdout, stderr) => {
      if (error === null) return resolve();
      const said = `${stdout}\n${stderr}`.split('\n').filter((line) => /_FAILED|❌|‣|rror:/.test(line));
      reject(new Error(`cdk ${words.join(' ')}: ${error.code ?? error.signal}\n${said.join('\n') || stderr}`));
    });
  });
}

/** Stacks that can be deployed at one go: each wave reads only what earlier waves have in other regions. */
function waves(sources: readonly StackSource[]): StackSource[][] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const depths = new Map<string, number>();
  // The manifest lists what is waited for first, and a circle would not have been synthesized.
  const depthOf = (source: StackSource): number => {
    const known = depths.get(source.id);
    if (known !== undefined) return known;
    const elsewhere = new Set(outputsElsewhere(source.template, source.region).map(({ stack }) => stack));
    const before = source.waitsFor.flatMap((id) => {
      const other = byId.get(id);
      return other === undefined ? [] : [depthOf(other) + (elsewhere.has(other.name) ? 1 : 0)];
    });
    const depth = Math.max(0, ...before);
    depths.set(source.id, depth);
    return depth;
  };
  return [...Map.groupBy(sources, depthOf)].sort(([one], [other]) => one - other).map(([, wave]) => wave);
}

interface OutputElsewhere {
  readonly stack: string;
  readonly region: string;
  readonly output: string;
}

function elsewhereIn(node: Node, own: string): OutputElsewhere | undefined {
  const spec = isNode(node) ? node['Fn::GetStackOutput'] : undefined;
  if (!isNode(spec) || typeof spec.Region !== 'string' || spec.Region === own) return undefined;
  return { stack: String(spec.StackName), region: spec.Region, output: String(spec.OutputName) };
}

function outputsElsewhere(node: Node, own: string): OutputElsewhere[] {
  const found = elsewhereIn(node, own);
  if (found !== undefined) return [found];
  const inner = isNodes(node) ? node : isNode(node) ? Object.values(node) : [];
  return inner.flatMap((item) => outputsElsewhere(item, own));
}

/** Writes the outputs that a stack reads in other regions into its template, as CloudFormation would when it deploys. */
async function fillElsewhere(directory: string, source: StackSource, emulator: Emulator): Promise<string[]> {
  const { templateFile, region: own, id } = source;
  const wanted = outputsElsewhere(source.template, own);
  if (wanted.length === 0) return [];
  const values = new Map<string, string>();
  for (const { stack, region } of wanted) {
    const { cloudFormation } = clientsFor(emulator, region);
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
    for (const { OutputKey, OutputValue } of Stacks[0]?.Outputs ?? []) {
      if (OutputValue !== undefined) values.set(`${stack} ${region} ${OutputKey}`, OutputValue);
    }
  }
  const fill = (node: Node): Node => {
    const found = elsewhereIn(node, own);
    if (found !== undefined) {
      const value = values.get(`${found.stack} ${found.region} ${found.output}`);
      if (value === undefined) throw new Error(`${id} reads ${found.output} of ${found.stack}, which is not there`);
      return value;
    }
    if (isNodes(node)) return node.map(fill);
    return isNode(node) ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value)])) : node;
  };
  const file = join(directory, templateFile);
  const filled = fill(readNode(file));
  if (isNode(filled)) writeNode(file, filled);
  return wanted.map(({ stack, region }) => `${id} <- ${stack} in ${region}`);
}
