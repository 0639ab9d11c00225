// `hashira build`: document → templates → verdicts, written beside the old result and put in its place only when complete.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentKeys } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import { type ReadResult, readDesign } from '../../../design/read-design.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { isOfFiles } from '../../../proof/judges/judge-statements.ts';
import { isWatched } from '../../../proof/judges/runtime-results.ts';
import { ownJudges } from '../criteria/own-judges.ts';
import { type DocumentFile, languageOf, readDocumentFile } from '../document-file.ts';
import { isMachineFault } from '../machine-fault.ts';
import { catalogues, type Messages } from '../messages.ts';
import { print, printAside, toJson, writeJson, writeMadeJson } from '../output.ts';
import { lineCounts, printProblems } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type BuildInput, type BuildResult, buildDocument, type Validated } from './build-document.ts';
import type { BuildReport } from './build-report.ts';
import { openOut } from './out-folder.ts';
import { drawReport, writeReport } from './report.ts';
import { readResults } from './results-folder.ts';
import { openSeenTemplates } from './seen-templates.ts';
import { firstLine, lastLine, printSummary, regionsOf, seenBefore } from './summary.ts';

export interface BuildOptions {
  readonly out: string;
  readonly environment?: readonly string[];
  readonly lang?: Language;
  readonly json?: boolean;
  readonly lenient?: boolean;
  readonly validation: boolean;
  readonly allowCode?: boolean;
}

/** Exit code 0: built and nothing failed; 1: built, something failed; 2: the document was refused and nothing was written. */
export async function build(document: string | undefined, options: BuildOptions): Promise<number> {
  const source = readSource(document, options);
  if (source === undefined) return 2;
  const environments = selectEnvironments(options.environment, environmentKeys(source.design), catalogues[source.lang]);
  let validated: Validated | undefined;
  let json = '';
  const report = await buildInto(options.out, source, {
    environments,
    validation: options.validation,
    allowCode: options.allowCode ?? false,
    seen: openSeenTemplates(),
    told: (found) => {
      validated = found;
    },
    written: (text) => {
      json = text;
    },
  });
  if (options.json) {
    writeMadeJson(json);
    printAside(...seenBefore(validated, source.lang));
  } else {
    print(firstLine(source, [...new Set([source.design.region, ...regionsOf(report)])]));
    printSummary(report, { out: options.out, lang: source.lang, validated });
    print(lastLine(report, source.lang));
  }
  return failed(report) ? 1 : 0;
}

/** A document that may be built. */
export interface Source {
  readonly file: DocumentFile;
  readonly lang: Language;
  readonly reading: ReadResult;
  readonly design: Design;
}

/** Reads a document; `undefined` when it is refused, which has then been said. */
export function readSource(
  document: string | undefined,
  options: Pick<BuildOptions, 'lang' | 'lenient' | 'json'>,
): Source | undefined {
  const file = readDocumentFile(document, options.lang ?? 'en');
  const lang = options.lang ?? languageOf(file.content);
  const reading = readDesign(file.content, { file: file.name, lenient: options.lenient ?? false });
  const { design, problems } = reading;
  const refused = problems.some((problem) => !(options.lenient && problem.forgivable));
  if (design !== undefined && !refused) return { file, lang, reading, design };
  refuse(file, reading, lang, options);
  return undefined;
}

interface IntoOptions extends Pick<BuildInput, 'environments' | 'validation' | 'seen'> {
  /** Whether judges that came with the working directory may run; not unless said. */
  readonly allowCode?: boolean;
  /** Told what the schema validator looked at. */
  readonly told?: (validated: Validated) => void;
  /** Called with the text of `build.json`. */
  readonly written?: (text: string) => void;
}

/** Builds and judges, and puts the result in the place of the last one once it is complete. */
export async function buildInto(
  out: string,
  { file, lang, reading, design }: Source,
  { environments, validation, seen, allowCode = false, told, written }: IntoOptions,
): Promise<BuildReport> {
  const { judges, notRun: judgesNotRun } = ownJudges(design, process.cwd(), allowCode);
  const say = catalogues[lang];
  const folder = openOut(out, say);
  const { workshop } = folder;
  try {
    const results = readResults(out, (left) => printAside(`hashira: ${say.leftOut(left)}`));
    const source = { file, lang, reading, design };
    const { result, graph, drawn, validated } = await buildDocument(
      {
        design,
        lines: reading.lines,
        environments,
        validation,
        seen,
        outdir: join(workshop, 'cdk.out'),
        results: out,
        judges,
      },
      (graph, judged) => drawReport(source, graph, judged),
    );
    const report: BuildReport = { ...head(file, reading, design, lang), judgesNotRun, ...result };
    const text = toJson(report);
    writeFileSync(join(workshop, 'build.json'), text);
    if (drawn !== undefined) writeReport(source, { result, graph, drawn }, { directory: workshop, results });
    folder.deliver();
    if (validated !== undefined) told?.(validated);
    written?.(text);
    return report;
  } catch (error) {
    throw isMachineFault(error) ? new UsageError(say.unwritable(out, error)) : error;
  } finally {
    folder.close();
  }
}

/** Whether anything in a report is as it must not be, or a judge failed. */
export const failed = ({ statements, criteria, findings }: BuildResult): boolean =>
  findings.length > 0 ||
  [...statements, ...criteria].some(({ verdict }) => verdict === 'fail') ||
  criteria.some(({ judgeFailed }) => judgeFailed);

interface Verdicts {
  readonly statements: readonly Pick<BuildResult['statements'][number], 'path' | 'verdict' | 'evidence'>[];
  readonly criteria: readonly Pick<BuildResult['criteria'][number], 'verdict' | 'evidence'>[];
  readonly findings: readonly unknown[];
}

/**
 * Whether the templates themselves are as they must not be. What a run of load or drills saw is about a platform that has run, and a file or a
 * link that is missing about the document's surroundings: they keep nobody from starting the next.
 */
export const templatesFailed = ({ statements, criteria, findings }: Verdicts): boolean =>
  findings.length > 0 ||
  [...statements.filter((one) => !isOfFiles(one)), ...criteria].some(
    ({ verdict, evidence }) =>
      verdict === 'fail' && evidence.some((found) => found.verdict === 'fail' && !isWatched(found)),
  );

/**
 * Those that are asked for, in the design's order; all where nobody asks.
 * @param known the design's
 * @throws UsageError when one that is asked for is not among them
 */
export function selectEnvironments(
  names: readonly string[] | undefined,
  known: readonly Environment[],
  say: Messages,
): readonly Environment[] {
  const wanted = names?.flatMap((name) => name.split(',')) ?? known;
  const [unknown] = wanted.filter((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(say.unknownEnvironment(unknown, known));
  return known.filter((environment) => wanted.includes(environment));
}

function refuse(
  file: DocumentFile,
  reading: ReadResult,
  lang: Language,
  options: Pick<BuildOptions, 'json' | 'lenient'>,
): void {
  const say = catalogues[lang];
  if (options.json) {
    writeJson({
      ...head(file, reading, reading.design, lang, false),
      environments: [],
      findings: [],
      statements: [],
      criteria: [],
    });
    return;
  }
  printProblems(reading.problems, lang, options.lenient);
  const refused = reading.problems.filter((problem) => !(options.lenient && problem.forgivable));
  printAside(`${file.name}: ${say.refused(refused.length)}`);
  if (reading.problems.every(({ forgivable }) => forgivable)) printAside(say.lenientHint);
}

/** The part of the report that is known before anything is built. */
function head(file: DocumentFile, reading: ReadResult, design: Design | undefined, lang: Language, forgiven = true) {
  return {
    design: { id: design?.id ?? '', feature: design?.feature ?? '', version: design?.version ?? '', source: file.name },
    lines: lineCounts(reading.lines),
    assumptions: reading.assumptions,
    problems: reading.problems.map(({ line, text, message }) => ({ line, text, message: message[lang], forgiven })),
  };
}
