// `hashira build`: document → templates → verdicts, written beside the old result and put in its place only when complete.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../design/problem.ts';
import { type ReadResult, readDesign } from '../../design/read-design.ts';
import { environments as allEnvironments, type Design, type Environment } from '../../design/schema.ts';
import { type BuildResult, buildDocument } from '../build-document.ts';
import type { BuildReport } from '../build-report.ts';
import { ownJudges } from '../criteria/own-judges.ts';
import { type DocumentFile, languageOf, readDocumentFile } from '../document-file.ts';
import { catalogues, type Messages } from '../messages.ts';
import { lineCounts, printProblems, toJson, writeJson } from '../print.ts';
import { printSummary } from '../summary.ts';
import { UsageError } from '../usage-error.ts';

export interface BuildOptions {
  readonly out: string;
  readonly environment?: readonly string[];
  readonly lang?: Language;
  readonly json?: boolean;
  readonly lenient?: boolean;
  readonly validation: boolean;
}

/** Exit code 0: built and nothing failed; 1: built, something failed; 2: the document was refused and nothing was written. */
export async function build(document: string | undefined, options: BuildOptions): Promise<number> {
  const file = readDocumentFile(document, catalogues[options.lang ?? 'en']);
  const lang = options.lang ?? languageOf(file.content);
  const say = catalogues[lang];
  const environments = selectEnvironments(options.environment, say);
  const reading = readDesign(file.content, { lenient: options.lenient ?? false });
  const refused = reading.problems.filter((problem) => !(options.lenient && problem.forgivable));
  if (reading.design === undefined || refused.length > 0) return refuse(file, reading, lang, options);

  const workshop = makeWorkshop(options.out, say);
  try {
    const result = await buildDocument({
      design: reading.design,
      lines: reading.lines,
      environments,
      validation: options.validation,
      outdir: join(workshop, 'cdk.out'),
      results: options.out,
      judges: await ownJudges(reading.design, process.cwd(), lang),
    });
    const report: BuildReport = { ...head(file, reading, reading.design, lang), ...result };
    writeFileSync(join(workshop, 'build.json'), toJson(report));
    for (const name of ['cdk.out', 'build.json']) replace(join(workshop, name), join(options.out, name));
    if (options.json) writeJson(report);
    else printSummary(report, { out: options.out, lang });
    return failed(result) ? 1 : 0;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

const failed = ({ statements, criteria, findings }: BuildResult): boolean =>
  findings.length > 0 || [...statements, ...criteria].some(({ verdict }) => verdict === 'fail');

export function selectEnvironments(names: readonly string[] | undefined, say: Messages): readonly Environment[] {
  const wanted = names?.flatMap((name) => name.split(',')) ?? allEnvironments;
  for (const name of wanted) {
    if (!allEnvironments.some((environment) => environment === name))
      throw new UsageError(say.unknownEnvironment(name));
  }
  return allEnvironments.filter((environment) => wanted.includes(environment));
}

function refuse(file: DocumentFile, reading: ReadResult, lang: Language, options: BuildOptions): 2 {
  const say = catalogues[lang];
  if (options.json) {
    writeJson({
      ...head(file, reading, reading.design, lang, false),
      environments: [],
      findings: [],
      statements: [],
      criteria: [],
    });
    return 2;
  }
  printProblems(reading.problems, lang);
  console.error(`${file.name}: ${say.refused(reading.problems.length)}`);
  if (reading.problems.every(({ forgivable }) => forgivable)) console.error(say.lenientHint);
  return 2;
}

/** The part of the report that is known before anything is built. */
function head(file: DocumentFile, reading: ReadResult, design: Design | undefined, lang: Language, forgiven = true) {
  return {
    design: { id: design?.id ?? '', feature: design?.feature ?? '', version: design?.version ?? '', source: file.name },
    lines: lineCounts(reading.lines),
    problems: reading.problems.map(({ line, text, message }) => ({ line, text, message: message[lang], forgiven })),
  };
}

/** A directory inside the output directory, so that the last step is a rename on one file system. */
function makeWorkshop(out: string, say: Messages): string {
  try {
    mkdirSync(out, { recursive: true });
    return mkdtempSync(join(out, '.building-'));
  } catch (error) {
    throw new UsageError(say.unwritable(out, error instanceof Error ? error.message : String(error)));
  }
}

/** Puts a finished file or directory in the place of an old one, which goes only when the new one is there to follow. */
function replace(made: string, place: string): void {
  const old = `${made}.old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
}
