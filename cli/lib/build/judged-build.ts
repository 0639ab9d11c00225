// The templates of one environment, built from the document and judged: what fails goes no further.

import { join } from 'node:path';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { withOwnFolder } from '../../../local/machine/own-folder.ts';
import { criteriaCatalogues } from '../criteria/messages.ts';
import type { DeployMessages } from '../deploy/messages.ts';
import { catalogues } from '../messages.ts';
import { printAside } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { type AskedEnvironment, findEnvironment } from './asked-environment.ts';
import { buildInto, failed, readSource } from './build.ts';
import type { BuildReport } from './build-report.ts';
import type { Built, BuiltOptions } from './built-assembly.ts';

export interface JudgedBuild extends Built {
  /** Counts of the document's verdicts. */
  readonly verdicts: Readonly<Record<string, number>>;
}

/** Failures that are listed. */
const shown = 20;

/**
 * Does `work` with what was built; `undefined` when the document was refused, which has then been said.
 * @throws UsageError when there is no such environment or not one that will do, when anything fails, or when a judge of the team's own was not run
 */
export async function withJudged<T>(
  asked: AskedEnvironment,
  document: string | undefined,
  options: BuiltOptions & { readonly allowCode?: boolean },
  say: (lang: Language) => DeployMessages,
  work: (judged: JudgedBuild) => Promise<T>,
): Promise<T | undefined> {
  const source = readSource(document, options);
  if (source === undefined) return undefined;
  const { design, lang } = source;
  const environment = findEnvironment(asked, design, lang);
  printAside(say(lang).building(environment));
  return withOwnFolder('hashira-deploy-', async (directory) => {
    const report = await buildInto(directory, source, {
      environments: [environment],
      validation: true,
      allowCode: options.allowCode ?? false,
    });
    // A gate that was not looked through is not passed.
    if (report.judgesNotRun.length > 0) throw new UsageError(criteriaCatalogues[lang].notRun(report.judgesNotRun));
    if (failed(report)) refuse(report, lang, say(lang));
    const assembly = join(directory, 'cdk.out');
    const verdicts = countsOf(report);
    return work({ environment, design, lang, graph: readAssembly(assembly), assembly, verdicts });
  });
}

function refuse(report: BuildReport, lang: Language, say: DeployMessages): never {
  const criteria = report.criteria.filter(({ verdict, judgeFailed }) => verdict === 'fail' || judgeFailed);
  const statements = report.statements.filter(({ verdict }) => verdict === 'fail');
  const lines = [
    ...criteria.map(({ id, judgeFailed, reason = '' }) => (judgeFailed ? `${id}: ${inLanguage(reason, lang)}` : id)),
    ...statements.map(({ line, text }) => `${catalogues[lang].line(line)}: ${text.trim()}`),
    ...report.findings.map(({ rule, resource }) => `${rule}  ${resource}`),
  ];
  for (const line of lines.slice(0, shown)) printAside(`  ${line}`);
  if (lines.length > shown) printAside(`  ${say.more(lines.length - shown)}`);
  const counts = { criteria: criteria.length, statements: statements.length, findings: report.findings.length };
  throw new UsageError(say.notGood(counts));
}

function countsOf({ statements, criteria }: BuildReport): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verdict } of [...statements, ...criteria]) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
