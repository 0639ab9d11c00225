// What `hashira cost` is about: a document on disk or in a commit, which is built on the way, or an assembly that is there already.
import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import type { Line } from '../../../design/lines.ts';
import type { Language } from '../../../design/problem.ts';
import { readDesign } from '../../../design/read-design.ts';
import { Refusal } from '../../../design/refusal.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { createApp, synthesize } from '../../../infrastructure/lib/app.ts';
import { buildPlatform } from '../../../infrastructure/lib/platform.ts';
import { makeOwnFolder } from '../../../local/machine/own-folder.ts';
import { type DocumentFile, languageOf, readDocumentFile } from '../document-file.ts';
import { git } from '../git.ts';
import { catalogues } from '../messages.ts';
import { printAside } from '../output.ts';
import { printProblems } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { costCatalogues } from './messages.ts';

export interface Subject {
  /** As it is printed. */
  readonly name: string;
  readonly lang: Language;
  readonly graph: Assembly;
  /** Absent for an assembly whose document is not known. */
  readonly design?: Design;
  readonly lines: readonly Line[];
}

export interface SubjectOptions {
  /** Those to build of a document. */
  readonly environments: (design: Design, lang: Language) => readonly Environment[];
  readonly lang?: Language | undefined;
  readonly lenient?: boolean | undefined;
  /** The document of an assembly. */
  readonly design?: string | undefined;
}

/** The subject, or `undefined` when its document was refused, which has been told then. */
export function readSubject(words: string | undefined, options: SubjectOptions): Subject | undefined {
  const { lang: asked, lenient = false } = options;
  const isAssembly = words !== undefined && existsSync(words) && statSync(words).isDirectory();
  const documented = isAssembly ? options.design : words;
  if (isAssembly && documented === undefined) {
    return { name: words, lang: asked ?? 'en', graph: assemblyAt(words, asked ?? 'en'), lines: [] };
  }
  const file = documentOf(documented, asked ?? 'en');
  const lang = asked ?? languageOf(file.content);
  const { design, lines, problems } = readDesign(file.content, { file: file.name, lenient });
  const refused = problems.filter(({ forgivable }) => !(lenient && forgivable));
  if (design === undefined || refused.length > 0) {
    const say = catalogues[lang];
    printProblems(problems, lang, lenient);
    printAside(`${file.name}: ${say.refused(refused.length)}`);
    if (problems.every(({ forgivable }) => forgivable)) printAside(say.lenientHint);
    return undefined;
  }
  const graph = isAssembly ? assemblyAt(words, lang) : graphOf(design, options.environments(design, lang));
  return { name: isAssembly ? words : file.name, lang, graph, design, lines };
}

/** An assembly's directory, or that of a build, which holds one. */
function assemblyAt(directory: string, lang: Language): Assembly {
  const inside = join(directory, 'cdk.out');
  try {
    // An assembly itself holds a file of that name.
    return readAssembly(statSync(inside, { throwIfNoEntry: false })?.isDirectory() ? inside : directory);
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(error.said[lang]) : error;
  }
}

/** A file, or `<commit>:<path>` where there is no such file. */
function documentOf(words: string | undefined, lang: Language): DocumentFile {
  const isInCommit = words !== undefined && !existsSync(words) && /^[^:]{2,}:.+/.test(words);
  if (!isInCommit) return readDocumentFile(words, lang);
  try {
    return { name: words, content: git(process.cwd(), 'cat-file', 'blob', '--end-of-options', words) };
  } catch {
    throw new UsageError(costCatalogues[lang].unknownCommit(words));
  }
}

/** The templates of a design, without a trace on disk. */
function graphOf(design: Design, environments: readonly Environment[]): Assembly {
  const folder = makeOwnFolder(tmpdir(), 'hashira-cost-');
  const outdir = join(folder.path, 'cdk.out');
  try {
    const app = createApp({ outdir, validation: false });
    buildPlatform(app, design, { environments });
    synthesize(app);
    return readAssembly(outdir);
  } finally {
    folder.remove();
  }
}
