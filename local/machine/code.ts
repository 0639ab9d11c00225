// The code as it was synthesized, kept aside: the next build must not change it under those who run it.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { localProblem } from '../problems.ts';
import type { Machine } from './machine.ts';

export interface Code {
  /** The image's files. */
  readonly image: string;
  folderOf(asset: string): string;
}

interface CodeInput {
  readonly blueprint: Blueprint;
  readonly machine: Machine;
  readonly assembly: string;
}

/** @throws LocalProblem `codeMissing` */
export function copyCode({ blueprint, machine, assembly }: CodeInput): Code {
  const folderOf = (asset: string) => join(machine.folder, 'code', asset);
  const assets = [blueprint.service.container.asset, ...blueprint.functions.map(({ asset }) => asset)];
  for (const asset of new Set(assets)) {
    const source = join(assembly, asset);
    if (!existsSync(source)) throw localProblem('codeMissing', { what: asset, file: source });
    cpSync(source, folderOf(asset), { recursive: true });
  }
  return { image: folderOf(blueprint.service.container.asset), folderOf };
}
