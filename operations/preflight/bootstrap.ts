// Whether the CDK's own stack is in every region of the environment, and new enough: its version lies in a parameter that each template
// names, and the manifest says which version its stack asks for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { isNamed } from '../aws/clients.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      properties: z
        .object({
          requiresBootstrapStackVersion: z.number().optional(),
          bootstrapStackVersionSsmParameter: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

export async function checkBootstrap(context: Context): Promise<readonly PreflightFinding[]> {
  const manifest = manifestShape.parse(JSON.parse(readFileSync(join(context.assembly, 'manifest.json'), 'utf8')));
  const wanted = new Map<string, { readonly region: string; readonly parameter: string; readonly needed: number }>();
  for (const { id, region } of context.environmentGraph.stacks) {
    // The stack has asset and template in the bootstrap's bucket; the one that asks for most counts.
    const { requiresBootstrapStackVersion: needed, bootstrapStackVersionSsmParameter: parameter } =
      manifest.artifacts[id]?.properties ?? {};
    if (needed === undefined || parameter === undefined) continue;
    const key = `${region} ${parameter}`;
    wanted.set(key, { region, parameter, needed: Math.max(needed, wanted.get(key)?.needed ?? 0) });
  }
  return Promise.all([...wanted.values()].map((each) => lookAt(context, each)));
}

async function lookAt(
  { clients, account }: Context,
  { region, parameter, needed }: { readonly region: string; readonly parameter: string; readonly needed: number },
): Promise<PreflightFinding> {
  try {
    const { Parameter } = await clients.parameters(region).send(new GetParameterCommand({ Name: parameter }));
    const version = Number(Parameter?.Value);
    return version >= needed
      ? finding('bootstrapped', 'ok', { region, version, needed })
      : finding('oldBootstrap', 'fail', { region, account, version, needed });
  } catch (error) {
    if (isNamed(error, 'ParameterNotFound')) return finding('notBootstrapped', 'fail', { region, account });
    throw error;
  }
}
