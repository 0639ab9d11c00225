// From a design document to the same document written back: builds what it says and hands the templates to the writer.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentKeys } from '../../../design/environments.ts';
import { readDesign } from '../../../design/read-design.ts';
import { withOwnFolder } from '../../../local/machine/own-folder.ts';
import { inEnglish } from '../../../proof/document/english.ts';
import type { DocumentInput } from '../../../proof/document/input.ts';
import { withoutManaged } from '../../../proof/document/managed.ts';
import { type Documented, writeDocument } from '../../../proof/document/write-document.ts';
import type { CriterionJudge } from '../../../proof/judges/criterion.ts';
import { decisionIn } from '../../../proof/report/data/decisions.ts';
import { buildDocument } from '../build/build-document.ts';
import { root } from '../root.ts';

export interface DocumentedOptions {
  readonly lenient?: boolean;
  /** Whether an English rendering is wanted. */
  readonly isRendering?: boolean;
  readonly judges?: readonly CriterionJudge[];
}

/**
 * The document written back. Results of load and drills are one machine's, and a document is everybody's: they are left out.
 * @throws Error when the document is refused
 */
export async function documented(file: string, options: DocumentedOptions = {}): Promise<Documented> {
  const { lenient = false, isRendering = false, judges = [] } = options;
  const content = withoutManaged(file);
  const { design, lines, problems } = readDesign(content, { lenient });
  if (design === undefined) throw new Error(problems.map(({ line, message }) => `${line}: ${message.en}`).join('\n'));
  return withOwnFolder('hashira-document-', async (folder) => {
    const outdir = join(folder, 'cdk.out');
    const environments = environmentKeys(design);
    const { result, graph } = await buildDocument({ design, lines, environments, validation: false, outdir, judges });
    const { statements, criteria } = result;
    const written = writeDocument({
      ...{ content, design, lines, statements, criteria },
      graph,
      ...surroundings(),
      lang: isRendering ? 'en' : 'ja',
    });
    return isRendering ? { ...written, content: inEnglish(written.content) } : written;
  });
}

/** What of a document lies beside it: decision records, and the files that it names. */
export function surroundings(): Pick<DocumentInput, 'records' | 'reasons' | 'fileExists'> {
  return { records: recordsIn(process.cwd()), reasons: recordsIn(root), fileExists: (name) => existsSync(name) };
}

const recordsIn = (directory: string): DocumentInput['records'] =>
  globSync('specs/adr/*-adr-*.md', { cwd: directory })
    .sort()
    .flatMap((file) => decisionIn({ file, content: readFileSync(join(directory, file), 'utf8') }));
