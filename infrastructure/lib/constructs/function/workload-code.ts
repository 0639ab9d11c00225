// The compiled workload as the platform takes it: a bundle for each function, and the directory that the API's image is built from.
// `bin/compile.js` makes both before synthesis, so that synthesis itself starts no process and needs no Docker.

import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Refusal } from '../../../../design/refusal.ts';
import type { Inputs } from '../../../../design/schema.ts';
import { refusals } from '../../refusals.ts';

/** The same from the sources and from the compiled app. */
const root = dirname(findPackageJSON('.', import.meta.url) ?? process.cwd());
const compiled = join(root, 'dist');

/** The code of a function by the name of its source in `services/functions`. */
export function functionCode(name: string): Code {
  return Code.fromAsset(present(join(compiled, 'functions', name)));
}

/**
 * The API's image. Its hash is that of the bundle and the recipe, so a build gives the same bytes anywhere; Docker builds and pushes it
 * at deploy, for the architecture of the tasks.
 *
 * @cost ECR $0.10 per GB a month: about $0.01 for an image of 80 MB.
 */
export function apiImage(scope: Construct, id: string, architecture: Inputs['architecture']): DockerImageAsset {
  return image(scope, id, join(compiled, 'api'), architecture);
}

/**
 * The image of the collector of traces: AWS's, of the version that its recipe names, brought into the same registry as the API's.
 *
 * @cost ECR $0.10 per GB a month: about $0.01 for an image of 100 MB.
 */
export function collectorImage(scope: Construct, id: string, architecture: Inputs['architecture']): DockerImageAsset {
  return image(scope, id, join(root, 'services', 'collector'), architecture);
}

const image = (scope: Construct, id: string, directory: string, architecture: Inputs['architecture']) =>
  new DockerImageAsset(scope, id, {
    directory: present(directory),
    platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
  });

function present(directory: string): string {
  if (existsSync(directory)) return directory;
  throw new Refusal(refusals.workloadMissing({ directory }));
}
