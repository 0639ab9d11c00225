// `hashira cost`: what the platform of a document, or an assembly, costs a month.
import { isOfEnvironment } from '../../../assembly/environments.ts';
import { committedPrices } from '../../../aws/prices/price-table.ts';
import { environmentKeys, productionOf } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import { type Design, type Environment, formEnvironments } from '../../../design/schema.ts';
import { changesBetween } from '../../../proof/cost/difference.ts';
import { type EstimateInput, estimate } from '../../../proof/cost/estimate.ts';
import type { CostProblem } from '../../../proof/cost/problem.ts';
import { costReport } from '../../../proof/cost/report.ts';
import { scenariosOf } from '../../../proof/cost/scenarios/scenarios.ts';
import { readUsageFile, type UsageProfile } from '../../../proof/cost/usage/usage-file.ts';
import { selectEnvironments } from '../build/build.ts';
import { readNamedFile } from '../document-file.ts';
import { catalogues } from '../messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { failuresOf } from './failures.ts';
import { differenceMarkdown } from './markdown.ts';
import { costCatalogues } from './messages.ts';
import { dayOf } from './prices.ts';
import { printCost } from './print.ts';
import { readSubject, type Subject } from './subject.ts';

export interface CostOptions {
  readonly environment?: readonly string[];
  readonly usage?: string;
  readonly design?: string;
  readonly compare?: readonly string[];
  readonly date?: string;
  readonly lenient?: boolean;
  readonly json?: boolean;
  readonly lang?: Language;
  /** Of the stacks of which nobody says it. */
  readonly region?: string;
  /** Refuses what has no price. */
  readonly strict?: boolean;
}

/** Exit code 0: estimated; 2: refused, since the document, the call or something without a price does not allow it. */
export async function cost(words: string | undefined, options: CostOptions): Promise<number> {
  const asked = options.lang ?? 'en';
  const day = dayOf(options.date, costCatalogues[asked]);
  if (options.compare !== undefined) return compare(words, options);
  const subject = readSubject(words, { ...options, environments: selected(options) });
  if (subject === undefined) return 2;
  refuseUnknownRegion(subject, options);
  const { profile, problems } = usageProfile(options.usage, subject, asked);
  if (problems.length > 0) return refuse(problems, asked, options);
  return await report(subject, environmentsOf(subject, options), profile, options, day);
}

async function report(
  subject: Subject,
  environments: readonly Environment[],
  usage: UsageProfile,
  options: CostOptions,
  day: string,
): Promise<number> {
  const { graph, design, lines, lang } = subject;
  const partial = options.strict !== true;
  const { region } = options;
  const { cost: entries, problems } = costReport({
    graph,
    environments,
    lines,
    usage,
    region,
    partial,
    ...(design && { design }),
  });
  if (problems.length > 0) return refuse(problems, lang, options);
  const failures = failuresOf(subject);
  const production = wholeOf(subject);
  // What is worth changing is worth it in production first; the others follow its inputs.
  const scenariosIn = async (environment: Environment) =>
    environment === production ? await scenariosOf(inputOf(subject, environment, usage, options), failures) : [];
  const costs = await Promise.all(
    entries.map(async (entry) => ({ entry, scenarios: await scenariosIn(entry.environment) })),
  );
  if (options.json) writeJson({ cost: costs.map(({ entry, scenarios }) => ({ ...entry, scenarios })) });
  else printCost(costs, lang, day);
  return 0;
}

/** @throws UsageError where nobody says in which region stacks are, or one is named that has no prices */
function refuseUnknownRegion({ graph, design, lang }: Subject, { region }: CostOptions): void {
  const regions = committedPrices.tables.map((one) => one.region);
  if (region !== undefined && !regions.includes(region))
    throw new UsageError(costCatalogues[lang].unknownRegion(region, regions.join(', ')));
  const [nowhere] = graph.stacks.filter((stack) => stack.region === 'unknown-region');
  if (nowhere !== undefined && region === undefined && design === undefined)
    throw new UsageError(costCatalogues[lang].noRegion(nowhere.id, regions.join(', ')));
}

/** Those that may be asked for: the form's where no document says. */
const knownOf = ({ design }: Pick<Subject, 'design'>): readonly Environment[] =>
  design === undefined ? formEnvironments : environmentKeys(design);

const selected =
  ({ environment }: CostOptions) =>
  (design: Design, lang: Language): readonly Environment[] =>
    selectEnvironments(environment, environmentKeys(design), catalogues[lang]);

const inputOf = (
  { graph, design }: Subject,
  environment: Environment,
  usage: UsageProfile,
  { region, strict = false }: CostOptions,
): EstimateInput => ({
  graph,
  environment,
  region,
  partial: !strict,
  ...(design && { design }),
  ...(usage[environment] && { overrides: usage[environment] }),
});

/** Those of the subject: an assembly may hold fewer, and one that is named has to be there. */
function environmentsOf(subject: Subject, { environment: named }: CostOptions): readonly Environment[] {
  const { graph, name, lang } = subject;
  const known = knownOf(subject);
  const wanted = selectEnvironments(named, known, catalogues[lang]);
  const has = (environment: Environment) => graph.stacks.some(isOfEnvironment(environment, known));
  // Somebody else's assembly has no environments of ours: it is taken whole.
  if (!known.some(has)) return [wholeOf(subject)];
  const [absent] = wanted.filter((environment) => !has(environment));
  if (named !== undefined && absent !== undefined)
    throw new UsageError(costCatalogues[lang].noEnvironment(absent, name));
  return wanted.filter(has);
}

/** What an assembly that has no environments is taken for: production, or the form's first where no document says. */
const wholeOf = ({ design }: Subject): Environment =>
  design === undefined ? formEnvironments[0] : productionOf(design);

function compare(words: string | undefined, options: CostOptions): number {
  const [one, other, ...more] = [...(words === undefined ? [] : [words]), ...(options.compare ?? [])];
  if (one === undefined || other === undefined || more.length > 0) {
    throw new UsageError(costCatalogues[options.lang ?? 'en'].compareTwo);
  }
  const environments = selected(options);
  const before = readSubject(one, { ...options, environments });
  const after = before && readSubject(other, { ...options, environments });
  if (before === undefined || after === undefined) return 2;
  for (const subject of [before, after]) refuseUnknownRegion(subject, options);
  const { profile: usage, problems: misread } = usageProfile(options.usage, after, options.lang ?? 'en');
  if (misread.length > 0) return refuse(misread, options.lang ?? 'en', options);
  const shared = environmentsOf(before, options).filter((environment) =>
    environmentsOf(after, options).includes(environment),
  );
  const problems: CostProblem[] = [];
  const differences = shared.flatMap((environment) => {
    const [old, fresh] = [before, after].map((subject) => estimate(inputOf(subject, environment, usage, options)));
    problems.push(...(old?.problems ?? []), ...(fresh?.problems ?? []));
    if (old?.estimate === undefined || fresh?.estimate === undefined) return [];
    const changes = changesBetween(old.estimate, fresh.estimate);
    const unpriced = [...old.estimate.unpriced, ...fresh.estimate.unpriced];
    return [{ environment, before: old.estimate.monthly, after: fresh.estimate.monthly, changes, unpriced }];
  });
  if (problems.length > 0) return refuse(problems, after.lang, options);
  if (options.json) writeJson({ before: before.name, after: after.name, environments: differences });
  else print(...differenceMarkdown(before.name, after.name, differences, after.lang));
  return 0;
}

/** Three environments with every key there is are some 5 KB. */
const usageBytes = 100_000;

function usageProfile(file: string | undefined, subject: Subject, lang: Language): ReturnType<typeof readUsageFile> {
  return file === undefined
    ? { profile: {}, problems: [] }
    : readUsageFile(file, readNamedFile(file, usageBytes, lang), knownOf(subject));
}

function refuse(problems: readonly CostProblem[], lang: Language, { json }: CostOptions): 2 {
  if (json) writeJson({ cost: [], problems: problems.map(({ code, message }) => ({ code, message: message[lang] })) });
  else for (const { message } of problems) printAside(`hashira: ${message[lang]}`);
  if (!json) printAside(costCatalogues[lang].refused(problems.length));
  return 2;
}
