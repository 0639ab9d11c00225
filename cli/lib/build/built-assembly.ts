// The templates of one environment, built from the document for the occasion and gone after it: what is looked for on AWS is what the
// document says now, and the last build's own report is left as it is.

import { join } from 'node:path';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { environmentKeys } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { withOwnFolder } from '../../../local/machine/own-folder.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { catalogues } from '../messages.ts';
import { printAside } from '../output.ts';
import { buildInto, readSource, selectEnvironments } from './build.ts';

export interface Built {
  readonly environment: Environment;
  readonly design: Design;
  readonly lang: Language;
  readonly graph: Assembly;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
}

export interface BuiltOptions {
  readonly lang?: Language;
  readonly lenient?: boolean;
  readonly json?: boolean;
}

/**
 * Does `work` with the templates; `undefined` when the document was refused, which has then been said.
 * @throws UsageError when there is no such environment
 */
export async function withBuild<T>(
  environmentName: string,
  document: string | undefined,
  options: BuiltOptions,
  work: (built: Built) => Promise<T>,
): Promise<T | undefined> {
  const source = readSource(document, options);
  if (source === undefined) return undefined;
  const { design, lang } = source;
  const [environment] = selectEnvironments([environmentName], environmentKeys(design), catalogues[lang]);
  if (environment === undefined) return undefined;
  if (!options.json) printAside(checkCatalogues[lang].building(environment));
  return withOwnFolder('hashira-build-', async (directory) => {
    await buildInto(directory, source, { environments: [environment], validation: false });
    const assembly = join(directory, 'cdk.out');
    return work({ environment, design, lang, graph: readAssembly(assembly), assembly });
  });
}
