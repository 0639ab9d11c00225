// What `hashira build` prints when it is done: one row an environment, then everything that failed with its evidence.

import { shownIn } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { criteriaCatalogues } from '../criteria/messages.ts';
import { criteriaTable, printFailedCriteria, printFailedJudges } from '../criteria/print.ts';
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
  const { id, feature, version, source } = report.design;
  print(`${source}: ${id} ${feature} ${version}`);
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
