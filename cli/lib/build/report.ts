// The page and the diagrams of a build: gathers what the page shows, and writes it beside the assembly.

import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofEnvironment } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { templateHash } from '../../../assembly/template-hash.ts';
import { productionOf } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import type { ReadResult } from '../../../design/read-design.ts';
import type { Design } from '../../../design/schema.ts';
import { scenariosOf } from '../../../proof/cost/scenarios/scenarios.ts';
import type { DecisionFile } from '../../../proof/report/data/decisions.ts';
import { architectures } from '../../../proof/report/diagram/architecture.ts';
import { inOneLanguage } from '../../../proof/report/diagram/draw.ts';
import { makeReport } from '../../../proof/report/make-report.ts';
import { renderPage } from '../../../proof/report/render-page.ts';
import { failuresOf } from '../cost/failures.ts';
import type { DocumentFile } from '../document-file.ts';
import { catalogues } from '../messages.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';
import type { BuildResult, JudgedDocument } from './build-document.ts';
import { drawPng } from './report-png.ts';

/** The document that was built. */
export interface ReportSource {
  readonly file: Pick<DocumentFile, 'name'>;
  readonly lang: Language;
  readonly reading: Pick<ReadResult, 'lines'>;
  readonly design: Design;
}

export interface ReportFiles {
  /** Where `cdk.out` lies, and where the files go. */
  readonly directory: string;
  /** What load and drills have left, as it was read. */
  readonly results: readonly unknown[];
}

/** What of a report takes its time, and is the same whatever the validator finds. */
export interface Drawn {
  readonly architecture: Awaited<ReturnType<typeof architectures>>;
  readonly scenarios: Awaited<ReturnType<typeof scenariosOf>>;
  /** Absent where there is no font to set it in. */
  readonly png: Uint8Array | undefined;
}

export async function drawReport(
  { file, lang, reading, design }: ReportSource,
  graph: Assembly,
  judged: JudgedDocument,
): Promise<Drawn> {
  const environments = judged.environments.map(({ name }) => name);
  const subject = { name: file.name, lang, graph, design, lines: reading.lines };
  const production = productionOf(design);
  const isPriced = judged.cost.some(({ environment }) => environment === production);
  const architecture = await architectures(graph, design, environments);
  const [drawing] = architecture;
  return {
    architecture,
    scenarios: isPriced ? await scenariosOf({ graph, design, environment: production }, failuresOf(subject)) : [],
    png: drawing && (await drawPng(inOneLanguage(drawing.svg, 'en'))),
  };
}

/** Writes `report.html`, `architecture.svg` and, where there is a font to set it in, `architecture.png`, which is in English. */
export function writeReport(
  { file, lang, reading, design }: ReportSource,
  { result, graph, drawn }: { readonly result: BuildResult; readonly graph: Assembly; readonly drawn: Drawn },
  { directory, results }: ReportFiles,
): void {
  const assembly = join(directory, 'cdk.out');
  const { lines } = reading;
  const { architecture, scenarios, png } = drawn;
  const data = makeReport({
    ...result,
    graph,
    design,
    lines,
    source: file.name,
    language: lang,
    scenarios,
    architecture,
    templateOf: templatesIn(assembly, graph),
    decisions: decisionFiles(),
    results,
    templateHashOf: (environment) => templateHash(assembly, ofEnvironment(graph, environment).stacks),
  });
  writeFileSync(join(directory, 'report.html'), renderPage(emptyPage(lang), data));
  const [drawing] = architecture;
  if (drawing === undefined) return;
  writeFileSync(join(directory, 'architecture.svg'), inOneLanguage(drawing.svg, lang));
  if (png !== undefined) writeFileSync(join(directory, 'architecture.png'), png);
}

/** The page without data, which `npm run prepare` makes. */
function emptyPage(lang: Language): string {
  const name = 'dist/report/page.html';
  const file = join(root, name);
  if (!existsSync(file)) throw new UsageError(catalogues[lang].noReportPage(name));
  return readFileSync(file, 'utf8');
}

function templatesIn(assembly: string, { stacks }: Assembly): (file: string) => unknown {
  const known = new Set(stacks.map(({ templateFile }) => templateFile));
  const read = new Map<string, unknown>();
  return (file) => {
    if (!known.has(file)) return undefined;
    if (!read.has(file)) read.set(file, JSON.parse(readFileSync(join(assembly, file), 'utf8')));
    return read.get(file);
  };
}

function decisionFiles(): readonly DecisionFile[] {
  return globSync('specs/adr/*-adr-*.md', { cwd: root })
    .sort()
    .map((file) => ({ file, content: readFileSync(join(root, file), 'utf8') }));
}
