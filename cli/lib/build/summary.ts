// What `hashira build` and `up` print of a build: one row an environment, everything that failed with its evidence, and before and after it a
// line each that says it all.

import { shownIn } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Design } from '../../../design/schema.ts';
import type { Verdict } from '../../../proof/judges/verdict.ts';
import { type Counts, criteriaCatalogues } from '../criteria/messages.ts';
import { criteriaTable, printFailedCriteria, printFailedJudges } from '../criteria/print.ts';
import type { DocumentFile } from '../document-file.ts';
import { catalogues, type Messages } from '../messages.ts';
import { print } from '../output.ts';
import { lineKinds, table } from '../print.ts';
import type { Validated } from './build-document.ts';
import type { BuildReport } from './build-report.ts';

const shownFailures = 20;
const verdicts = ['pass', 'fail', 'unresolved', 'needs-runtime', 'not-applicable', 'not-judged'] as const;

interface Printed {
  readonly out: string;
  readonly lang: Language;
  readonly validated?: Validated | undefined;
}

export function printSummary(report: BuildReport, { out, lang, validated }: Printed): void {
  const say = catalogues[lang];
  print(linesLine(report, say));
  if (report.judgesNotRun.length > 0) print(criteriaCatalogues[lang].notRun(report.judgesNotRun));
  print('');
  print(...environmentTable(report, say));
  if (report.criteria.length > 0) print('', ...criteriaTable(report.criteria, lang));
  if (report.statements.some(({ verdict }) => verdict === 'not-judged')) print('', say.notJudgedNote);
  printUnread(report, lang);
  printBeyond(report, say);
  const forgiven = report.problems.filter((problem) => problem.forgiven);
  if (forgiven.length > 0) print('', say.forgiven(forgiven.length));
  printFindings(report, say);
  printFailures(report, lang);
  printFailedCriteria(report.criteria, lang);
  printFailedJudges(report.criteria, lang);
  const seen = seenBefore(validated, lang);
  if (seen.length > 0) print('', ...seen);
  print('', say.written(`${out}/cdk.out, ${out}/build.json, ${out}/report.html`));
}

interface Read {
  readonly file: DocumentFile;
  readonly design: Pick<Design, 'id' | 'feature' | 'version'>;
  readonly lang: Language;
}

/** What is built, where, and which workload runs on it. */
export const firstLine = ({ file, design, lang }: Read, regions: readonly string[]): string =>
  `${file.name}: ${design.id} ${design.feature} ${design.version} · ${catalogues[lang].workload} · ${regions.join(', ')}`;

/** The regions that the stacks of a build go to. */
export const regionsOf = ({ environments }: BuildReport): readonly string[] =>
  environments.flatMap(({ stacks }) => stacks.map(({ region }) => region));

interface Judged {
  /** Line of the document. */
  readonly line: number;
  readonly verdict: Verdict;
}

interface Outcomes {
  readonly statements: readonly Judged[];
  readonly criteria: readonly Judged[];
  readonly assumptions: BuildReport['assumptions'];
  readonly problems: readonly Pick<BuildReport['problems'][number], 'forgiven'>[];
}

/** How many lines of the document hold, do not and were not told, in all environments together, and how much was assumed or stands in. */
export function lastLine({ statements, criteria, assumptions, problems }: Outcomes, lang: Language): string {
  const lines = Map.groupBy([...statements, ...criteria], ({ line }) => line);
  const outcomes = [...lines.values()].map(outcomeOf);
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const counts = { hold: count('hold'), fail: count('fail'), untold: count('untold'), not: count('not') };
  return catalogues[lang].lastLine(outcomes.length, criteriaCatalogues[lang].counts(counts), {
    assumed: assumptions.length,
    standIns: problems.filter(({ forgiven }) => forgiven).length,
  });
}

type Outcome = keyof Counts;

/** What comes of a line: it holds where it binds, and it binds somewhere. */
function outcomeOf(verdictsOfLine: readonly Judged[]): Outcome {
  const binding = verdictsOfLine.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'not-applicable');
  if (binding.length === 0) return 'not';
  if (binding.includes('fail')) return 'fail';
  return binding.every((verdict) => verdict === 'pass') ? 'hold' : 'untold';
}

const validatedBefore = sentence<Validated>(
  ({ templates, seen }) =>
    `Schema validation: ${seen} of ${templates} templates were validated before and are unchanged`,
  ({ templates, seen }) => `スキーマ検証: テンプレート${templates}個のうち${seen}個は以前の構築で検証済み（変更なし）`,
);

/** What the schema validator did not look at again, where there is such a thing. */
export const seenBefore = (validated: Validated | undefined, lang: Language): readonly string[] =>
  validated === undefined || validated.seen === 0 ? [] : [validatedBefore[lang](validated)];

function linesLine({ lines }: BuildReport, say: Messages): string {
  const parts = lineKinds.filter((kind) => lines[kind] > 0).map((kind) => `${say.kinds[kind]} ${lines[kind]}`);
  return say.linesSummary(lines.total, parts.join(' · '));
}

function environmentTable(report: BuildReport, say: Messages): readonly string[] {
  const shown = verdicts.filter(
    (verdict) =>
      report.statements.some((statement) => statement.verdict === verdict) || verdict === 'pass' || verdict === 'fail',
  );
  const rows = report.environments.map(({ name, stacks }) => [
    name,
    String(stacks.length),
    String(stacks.reduce((sum, { resources }) => sum + resources, 0)),
    ...shown.map((verdict) =>
      String(
        report.statements.filter((statement) => statement.environment === name && statement.verdict === verdict).length,
      ),
    ),
  ]);
  const head = [
    say.columns.environment,
    say.columns.stacks,
    say.columns.resources,
    ...shown.map((verdict) => say.verdicts[verdict]),
  ];
  return table(head, rows, head.map((_, index) => index).slice(1));
}

/** Reasons of lines that say something which no judge understands. */
const unread = ['unknownWords', 'noJudgeOfLine'];

/** Lines that nobody has judged since they were not understood, each once. */
function printUnread({ statements }: BuildReport, lang: Language): void {
  const say = catalogues[lang];
  const found = statements.filter(
    ({ verdict, reason }) => verdict === 'not-judged' && typeof reason === 'object' && unread.includes(reason.$said),
  );
  const lines = [...new Map(found.map((one) => [one.line, one])).values()];
  if (lines.length === 0) return;
  print('', say.unreadLines(lines.length));
  for (const { line, text, reason = '' } of lines.slice(0, shownFailures))
    print(`  ${say.line(line)}: ${text.trim()}`, `    ${inLanguage(reason, lang)}`);
  if (lines.length > shownFailures) print(`  ${say.more(lines.length - shownFailures)}`);
}

/** What the stacks have beyond their lines, each kind once with the environments that have it. */
function printBeyond({ beyond }: BuildReport, say: Messages): void {
  if (beyond.length === 0) return;
  print('', say.builtBeyond);
  const lines = Map.groupBy(
    beyond,
    ({ stack, type, built, stated }) => `${stack}: ${say.beyondLine({ type, built, stated })}`,
  );
  for (const [line, where] of lines) print(`  ${line} · ${where.map(({ environment }) => environment).join(', ')}`);
}

function printFindings({ findings }: BuildReport, say: Messages): void {
  if (findings.length === 0) return;
  print('', say.findings(findings.length));
  for (const { rule, description, resource } of findings.slice(0, shownFailures))
    print(`  ${rule}  ${resource}`, `    ${description}`);
  if (findings.length > shownFailures) print(`  ${say.more(findings.length - shownFailures)}`);
}

function printFailures({ statements }: BuildReport, lang: Language): void {
  const say = catalogues[lang];
  const failures = statements.filter(({ verdict }) => verdict === 'fail');
  if (failures.length === 0) return;
  print('', say.failures(failures.length));
  for (const { line, environment, section, text, evidence } of failures.slice(0, shownFailures)) {
    print(`  ${say.line(line)} · ${environment} · ${section}: ${text.trim()}`);
    for (const found of evidence.filter(({ verdict }) => verdict === 'fail')) {
      const where = new Set([found.stack, found.resource, found.property].filter((part) => part !== ''));
      print(`    ${[...where].join(' ')}`);
      print(
        `      ${say.observed} ${shownIn(found.observed, lang)} · ${say.expected} ${shownIn(found.expected, lang)}`,
      );
    }
  }
  if (failures.length > shownFailures) print(`  ${say.more(failures.length - shownFailures)}`);
}
