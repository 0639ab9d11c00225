// `hashira accept`: any cloud assembly, ours or not, judged by the acceptance criteria.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { buildGraph } from '../../../assembly/build-graph.ts';
import {
  environmentOf,
  graphsOfEnvironment,
  inRegion,
  isOfEnvironment,
  partOf,
} from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { type ReadingOptions, readSources } from '../../../assembly/read-assembly.ts';
import type { StackSource } from '../../../assembly/scope.ts';
import { environmentKeys, productionOf } from '../../../design/environments.ts';
import type { Line } from '../../../design/lines.ts';
import type { Language } from '../../../design/problem.ts';
import { readDesign } from '../../../design/read-design.ts';
import { Refusal } from '../../../design/refusal.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { isNamedStandby } from '../../../design/stack-names.ts';
import { readSentence } from '../../../design/words/sentence.ts';
import { challengePasses } from '../../../proof/judges/challenge.ts';
import { type CriterionVerdict, judgeCriteria } from '../../../proof/judges/judge-criteria.ts';
import { selectEnvironments } from '../build/build.ts';
import { languageFor, languageOf, readDocumentFile } from '../document-file.ts';
import { catalogues } from '../messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { printProblems } from '../print.ts';
import { mayReplace, replaceFile } from '../replace-file.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { english } from './form-sentences.ts';
import { isJunitOfOurs, junitXml } from './junit.ts';
import { criteriaCatalogues } from './messages.ts';
import { ownJudges } from './own-judges.ts';
import { parametersOf } from './parameters.ts';
import {
  criteriaTable,
  printAssumed,
  printFailedCriteria,
  printFailedJudges,
  printLastLine,
  printOpenCriteria,
  verdictTable,
} from './print.ts';
import { runtimeOf } from './runtime.ts';
import { isSarifOfOurs, sarif } from './sarif.ts';

export interface AcceptOptions {
  readonly design?: string;
  readonly lenient?: boolean;
  readonly allowCode?: boolean;
  readonly environment?: readonly string[];
  /** `name=value`, or a file of parameters. */
  readonly parameters?: readonly string[];
  /** Names of deployed stacks, in which `*` is any text, and their regions; of files the one where stacks go that do not say so. */
  readonly stacks?: readonly string[];
  readonly region?: readonly string[];
  /** Whether each pass is tried: what it shows is spoilt, and it must notice. */
  readonly challenge?: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  readonly lang?: Language;
  readonly json?: boolean;
}

/** Exit code 0: nothing failed; 1: a criterion failed, or a judge of the team's own did; 2: the assembly, the document or the call was refused. */
export async function accept(directory: string | undefined, options: AcceptOptions): Promise<number> {
  const asked = options.lang ?? (options.design === undefined ? 'en' : languageFor(undefined, options.design));
  const { sources, graph, assembly, files } = await judgedBy(directory, options, asked);
  const standard = options.design === undefined ? form(asked) : theirs(options.design, options);
  if (standard === undefined) return 2;
  const { design, lines, lang, name } = standard;
  const known = environmentKeys(design);
  const environments = environmentsOf(graph, options, design, lang);
  refuseOther(options.junit, isJunitOfOurs, lang);
  refuseOther(options.sarif, isSarifOfOurs, lang);
  const own = ownJudges(design, process.cwd(), options.allowCode ?? false);
  const input = {
    graph,
    design,
    lines,
    environments,
    documented: name !== undefined,
    graphsOfEnvironment: placesIn(graph, known, name !== undefined),
    runtimeOf: runtimeOf(graph, assembly, files === undefined ? undefined : dirname(assembly)),
    further: own.judges,
  };
  const judged = await judgeCriteria(input);
  const tried = options.challenge
    ? await challengePasses(judged, sources, input)
    : { criteria: judged, challenge: undefined };
  const { challenge } = tried;
  const criteria = name === undefined && lang === 'en' ? tried.criteria.map(inEnglish) : tried.criteria;
  if (options.junit !== undefined) write(options.junit, junitXml(criteria, lang), lang);
  if (options.sarif !== undefined) {
    const places = { assembly: files === undefined ? assembly : inRepository(assembly), document: name };
    write(options.sarif, sarif({ criteria, version, lang, ...places }), lang);
  }
  const aside = {
    passedOver: files?.passedOver ?? [],
    otherEnvironments: isNamed(graph, known) ? ofOtherEnvironments(graph, known) : [],
    standby: name === undefined ? standbyRegions(graph, known) : [],
  };
  if (options.json) writeJson({ criteria, ...aside, ...(challenge && { challenge }) });
  else {
    const say = criteriaCatalogues[lang];
    if (own.notRun.length > 0) print(say.notRun(own.notRun), '');
    const told = [
      ...(files === undefined ? [deployedLine(graph, lang)] : []),
      ...(aside.passedOver.length > 0 ? [say.passedOver(aside.passedOver)] : []),
      ...(aside.otherEnvironments.length > 0 ? [say.otherEnvironments(aside.otherEnvironments)] : []),
      ...aside.standby.map(say.standby),
    ];
    if (told.length > 0) print(...told, '');
    print(...verdictTable(criteria, challenge, lang));
    print('', ...criteriaTable(criteria, lang));
    printAssumed(criteria, lang);
    printOpenCriteria(criteria, lang);
    printFailedCriteria(criteria, lang);
    printFailedJudges(criteria, lang);
    printLastLine(criteria, graph, challenge, lang);
  }
  return criteria.some(({ verdict, judgeFailed }) => verdict === 'fail' || judgeFailed) ? 1 : 0;
}

interface Judged {
  readonly sources: readonly StackSource[];
  readonly graph: Assembly;
  /** Directory of the templates; of deployed ones, what stands for it. */
  readonly assembly: string;
  /** What lies beside the templates and was passed over; absent where CloudFormation has been asked. */
  readonly files?: { readonly passedOver: readonly string[] };
}

/** What is to be judged: files, or what is deployed. @throws UsageError where the call says neither or both, or it cannot be read */
async function judgedBy(
  directory: string | undefined,
  { stacks, region, parameters }: AcceptOptions,
  lang: Language,
): Promise<Judged> {
  const say = criteriaCatalogues[lang];
  if (stacks !== undefined) {
    if (directory !== undefined) throw new UsageError(say.bothToJudge(directory));
    if (parameters !== undefined) throw new UsageError(say.parametersOfDeployed);
    const regions = region ?? [process.env.AWS_REGION ?? ''].filter((one) => one !== '');
    if (regions.length === 0) throw new UsageError(say.noRegion);
    const { deployedTemplates } = await import('./deployed-templates.ts');
    const sources = await deployedTemplates(stacks, regions, lang);
    return { ...read(() => sources, lang), assembly: 'deployed' };
  }
  if (directory === undefined) throw new UsageError(say.nothingToJudge);
  const [home, ...others] = region ?? [];
  if (others.length > 0) throw new UsageError(say.oneRegionOfFiles);
  // An assembly holds a file cdk.out of its own; the directory of a build holds a directory of that name.
  const inside = join(directory, 'cdk.out');
  const assembly = existsSync(join(inside, 'manifest.json')) ? inside : directory;
  const passedOver: string[] = [];
  const reading: ReadingOptions = {
    ...(parameters !== undefined && { parameters: parametersOf(parameters, lang) }),
    ...(home !== undefined && { region: home }),
    onPassedOver: (file, reason) =>
      passedOver.push(reason === undefined ? file : `${file} (${reason[lang].split('\n', 1)[0]})`),
  };
  return { ...read(() => readSources(assembly, reading), lang), assembly, files: { passedOver } };
}

/** Which deployed stacks were looked at, and where. */
function deployedLine({ stacks }: Assembly, lang: Language): string {
  const names = stacks.map(({ name }) => name);
  return criteriaCatalogues[lang].deployed(names, [...new Set(stacks.map(({ region }) => region))]);
}

/** @throws UsageError where it cannot be read */
function read(from: () => readonly StackSource[], lang: Language): Pick<Judged, 'sources' | 'graph'> {
  try {
    const sources = from();
    return { sources, graph: buildGraph(sources) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UsageError(error.said[lang]);
  }
}

interface Standard {
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly lang: Language;
  /** The document's name; absent when the form's figures stand in for one. */
  readonly name?: string;
}

/** Figures that the form has, where the project's own document has another. */
const figuresOfForm: Readonly<Record<string, (text: string) => string>> = {
  'AC-COST-4': (text) => text.replace(/\$[\d,]+/, '$1,500'),
};

/** The form's figures, in the sentences of the project's own document; its names and lines are nobody else's. */
function form(lang: Language): Standard {
  const file = join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md');
  const { design } = readDesign(readFileSync(file, 'utf8'));
  if (design === undefined) throw new Error("the project's own document is refused");
  const criteria = design.criteria.map((one) => ({
    ...one,
    ...readSentence(figuresOfForm[one.id]?.(one.text) ?? one.text),
  }));
  return { design: { ...design, criteria }, lines: [], lang };
}

/** A criterion of the form as it is shown; judges of the team's own may have added others. */
const inEnglish = (one: CriterionVerdict): CriterionVerdict => ({ ...one, text: english[one.id] ?? one.text });

/** The document that is named; `undefined` when it was refused, which has been told then. */
function theirs(document: string, { lenient = false, lang: asked }: AcceptOptions): Standard | undefined {
  const file = readDocumentFile(document, asked ?? 'en');
  const lang = asked ?? languageOf(file.content);
  const { design, lines, problems } = readDesign(file.content, { file: file.name, lenient });
  const refused = problems.filter(({ forgivable }) => !(lenient && forgivable));
  if (design !== undefined && refused.length === 0) return { design, lines, lang, name: file.name };
  printProblems(problems, lang, lenient);
  printAside(`${file.name}: ${catalogues[lang].refused(refused.length)}`);
  if (problems.every(({ forgivable }) => forgivable)) printAside(catalogues[lang].lenientHint);
  return undefined;
}

const isNamed = (graph: Assembly, known: readonly Environment[]) =>
  graph.stacks.some((stack) => environmentOf(stack, known) !== undefined);

/** Stacks of an environment that the document does not have. */
const ofOtherEnvironments = ({ stacks }: Assembly, known: readonly Environment[]): readonly string[] =>
  stacks
    .filter(({ tags: { Environment: tagged } }) => tagged !== undefined && !known.includes(tagged))
    .map(({ id }) => id);

/** Those that are asked for; else those that stacks are named by; an assembly without such names is taken for production. */
function environmentsOf(
  graph: Assembly,
  options: AcceptOptions,
  design: Design,
  lang: Language,
): readonly Environment[] {
  const known = environmentKeys(design);
  const wanted = selectEnvironments(options.environment, known, catalogues[lang]);
  if (!isNamed(graph, known)) return options.environment === undefined ? [productionOf(design)] : wanted;
  const there = wanted.filter((environment) => graph.stacks.some(isOfEnvironment(environment, known)));
  const [missing] = wanted.filter((environment) => !there.includes(environment));
  if (options.environment !== undefined && missing !== undefined) {
    throw new UsageError(criteriaCatalogues[lang].noEnvironment(missing));
  }
  return there;
}

/** Stacks without an environment in their names belong to the one that is judged; without a document no region is the primary one. */
function placesIn(whole: Assembly, known: readonly Environment[], documented: boolean): typeof graphsOfEnvironment {
  if (!isNamed(whole, known)) {
    return (graph, _, region) => {
      const home = inRegion(graph, region);
      return { everywhere: graph, graph: documented && home.stacks.length > 0 ? home : graph };
    };
  }
  return (graph, environment, region) => {
    const places = graphsOfEnvironment(graph, environment, region, known);
    return documented ? places : { ...places, graph: withoutStandby(places.everywhere, known) };
  };
}

/** Regions that only stand by, as the names of Hashira's own stacks say. */
const standbyRegions = ({ stacks }: Assembly, known: readonly Environment[]): readonly string[] => [
  ...new Set(stacks.filter(({ id }) => isNamedStandby(id, known)).map(({ region }) => region)),
];

function withoutStandby(graph: Assembly, known: readonly Environment[]): Assembly {
  const regions = standbyRegions(graph, known);
  return partOf(graph, ({ region }) => !regions.includes(region));
}

/** No machine path in what others read. */
function inRepository(directory: string): string {
  const inside = relative(process.cwd(), directory);
  return inside.startsWith('..') || isAbsolute(inside) ? 'cdk.out' : inside.replaceAll('\\', '/') || '.';
}

/** @throws UsageError when what would be replaced is no report of this command's, as its beginning shows */
function refuseOther(file: string | undefined, isOurs: (beginning: string) => boolean, lang: Language): void {
  if (file !== undefined && !orUnwritable(file, lang, () => mayReplace(file, isOurs)))
    throw new UsageError(criteriaCatalogues[lang].notTheReport(file));
}

const write = (file: string, content: string, lang: Language): void =>
  orUnwritable(file, lang, () => replaceFile(file, content));

function orUnwritable<T>(file: string, lang: Language, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UsageError(criteriaCatalogues[lang].unwritable(file, error));
  }
}
