// The templates of one environment, built from the document for the occasion and gone after it: what is looked for on AWS is what the
// document says now, and the last build's own report is left as it is.

import { join } from 'node:path';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import type { Language } from '../../../design/problem.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { withOwnFolder } from '../../../local/machine/own-folder.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { printAside } from '../output.ts';
import { type AskedEnvironment, findEnvironment } from './asked-environment.ts';
import { buildInto, readSource } from './build.ts';

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
 * @throws UsageError when there is no such environment, or not one that will do
 */
export async function withBuild<T>(
  asked: AskedEnvironment,
  document: string | undefined,
  options: BuiltOptions,
  work: (built: Built) => Promise<T>,
): Promise<T | undefined> {
  const source = readSource(document, options);
  if (source === undefined) return undefined;
  const { design, lang } = source;
  const environment = findEnvironment(asked, design, lang);
  if (!options.json) printAside(checkCatalogues[lang].building(environment));
  return withOwnFolder('hashira-build-', async (directory) => {
    await buildInto(directory, source, { environments: [environment], validation: false });
    const assembly = join(directory, 'cdk.out');
    return work({ environment, design, lang, graph: readAssembly(assembly), assembly });
  });
}
