// Types of `bundle.js`, which is JavaScript since it runs before anything is compiled, under an older Node too.
import type { BuildOptions, build } from 'esbuild';

export const nodeBundle: BuildOptions;
export const absent: string[];
export function bundleApi(esbuild: { build: typeof build }, folder: string): Promise<void>;
