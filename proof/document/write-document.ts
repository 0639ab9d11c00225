// Writes a design document back from what is built: every line of the author's stays where it is, figures become the templates', diagrams
// are drawn from the resource graph, amounts come from the estimate, criteria and checklist are answered from the verdicts.
//
// Read again, the result is the same design but for what `mayDiffer` names: claims of cost, the two pictures, the answers of the checklist,
// and what a template denied. Written again, it is the same bytes, once the platform is as its document has it.

import { graphsOfEnvironment } from '../../assembly/environments.ts';
import { environmentKeys, environmentTitle, perEnvironment, productionOf } from '../../design/environments.ts';
import { findSections } from '../../design/find-sections.ts';
import { frontMatterBounds } from '../../design/front-matter-bounds.ts';
import { LineLedger } from '../../design/lines.ts';
import { readDesign } from '../../design/read-design.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type CodeBlock, readSections, type Section } from '../../design/sections.ts';
import { estimate } from '../cost/estimate.ts';
import { architectureDiagram } from './architecture.ts';
import { answerChecklist, tick } from './checklist.ts';
import { costLines, type Estimates } from './cost-figures.ts';
import { dataFlowDiagram } from './data-flow.ts';
import { addDecisions } from './decisions.ts';
import { withBudgets } from './front-matter.ts';
import type { DocumentInput } from './input.ts';
import { contentOf, textIn } from './managed.ts';
import { Page } from './page.ts';
import { type Denied, deniedLines } from './statements.ts';
import { deviations, differences, estimateTable, missingRows } from './tables.ts';
import { words } from './words.ts';

/** Paths of a design that writing its document may change; all others stay unless a template denies them. */
export const mayDiffer: readonly RegExp[] = [
  /^diagrams\.(?:architecture|dataFlow)$/,
  // Figures, never labels or units; `50%削減` in a note of development follows from its hours.
  /^cost\.(?:groups|savings)\..*\.?(?:value|total|subtotal|percent)$/,
  /^cost\.(?:total|environments\.\w+\.monthly|environments\.\w+\.notes\.\d+)$/,
  /^cost\.yearly\.(?:terms\.\d+|total)$/,
  /^checklist\.\d+$/,
  // A budget that followed from a stated month becomes an input of its own: what is built stays.
  /^inputs\.budget(?:\.|$)/,
  // Decisions that the document does not list yet come last.
  /^(?:relatedAdr|decisions)\.\d+/,
  // A conversion into another time zone is the document's own and may be wrong.
  /^backup\.(?:aurora|cache)\.window\.local$/,
];

export interface Documented {
  readonly content: string;
  /** Lines that the templates deny; claims that were put right are not among them. */
  readonly denied: readonly Denied[];
}

/** The document, in the form's order and language; with English diagrams and tables where `lang` says so. */
export function writeDocument(input: DocumentInput): Documented {
  const { content, design, graph, statements, lang } = input;
  const say = words[lang];
  const nameOf = (environment: Environment) => environmentTitle(design, environment, lang);
  const production = productionOf(design);
  const text = textIn(content);
  const named = sectionsOf(content);
  const order = [production, ...environmentKeys(design).filter((key) => key !== production)];
  const off = deniedLines(statements, order, lang);
  // A claim that could be put right is right now; what is left is where document and templates part.
  const denied = off.filter(({ isClaim, stated, built }) => !(isClaim && stated !== built));
  const page = new Page(text.lines);

  for (const { line, built } of off) page.set(line, built);
  const costed = writeCost(input, page, () => contentOf({ ...text, lines: page.lines() }));
  const { estimates } = costed;
  if (estimates !== undefined) {
    page.append(named.monthlyCost, 'missing-rows', missingRows(costed.design, estimates, say));
    page.append(named.environmentCost, 'estimate', estimateTable(design, estimates, say, nameOf));
  }
  const { everywhere } = graphsOfEnvironment(graph, production, design.region, environmentKeys(design));
  page.fill(mermaidIn(named.architecture), architectureDiagram(everywhere, design.region, say));
  page.fill(mermaidIn(named.dataFlow), dataFlowDiagram(everywhere, design.region, say));
  addDecisions(input, text.lines, named.decisions, page);
  tickCriteria(input, page);
  answerChecklist(
    { ...input, design: costed.design, estimate: estimates && perEnvironment(estimates, production) },
    page,
  );

  const section = (number: number) => Object.values(named).find(({ line, last }) => line <= number && number <= last);
  for (const [place, found] of Map.groupBy(denied, ({ line }) => section(line))) {
    page.append(place ?? named.overview, 'differences', differences(found, say, nameOf));
  }
  page.append(named.decisions, 'deviations', deviations(input, say));
  if (estimates === undefined) page.append(named.environmentCost, 'estimate', [say.noEstimate(costed.reason)]);
  return { content: contentOf({ ...text, lines: page.lines() }), denied };
}

/** The sections of a document that was read without a problem, by their names. */
function sectionsOf(content: string) {
  const ledger = new LineLedger(content);
  return findSections(readSections(ledger, frontMatterBounds(ledger).from), ledger).named;
}

/** The first diagram of a section: further ones are the author's own. */
const mermaidIn = (section: Section | undefined): CodeBlock | undefined =>
  section?.blocks.find(({ language }) => language.toLowerCase() === 'mermaid');

/** How often the estimate is made anew at most; see `writeCost`. */
const rounds = 4;

/**
 * Writes the lines of the cost. The estimate rests on figures of use that some of them state, such as requests to a table: once those of a
 * table that is not built are none, so is all that they were reckoned from. Hence the estimate is made anew until it changes no line.
 * @param whole the document as it reads so far
 */
function writeCost(input: DocumentInput, page: Page, whole: () => string): Costed {
  const budgets: Budgets = {};
  let costed: Costed = { design: input.design, ...estimatesOf(input, input.design) };
  for (let round = 0; round < rounds && costed.estimates !== undefined; round++) {
    const before = whole();
    writeCostLines(input, costed.design, costed.estimates, page, budgets);
    const after = whole();
    const design = after === before ? undefined : readDesign(after, { lenient: true }).design;
    // A design that was not read from this text has environments of its own, which the text cannot give back.
    if (design === undefined || `${environmentKeys(design)}` !== `${environmentKeys(input.design)}`) break;
    costed = { design, ...estimatesOf(input, design) };
  }
  return costed;
}

/** Amounts that stand in the front matter by now. */
type Budgets = Partial<Record<Environment, number>>;

function writeCostLines(
  { content, lines }: DocumentInput,
  design: Design,
  estimates: Estimates,
  page: Page,
  budgets: Budgets,
): void {
  const hoursPerWeek = (environment: Environment) =>
    perEnvironment(estimates, environment).usage.find(({ key }) => key === 'hoursPerWeek')?.value;
  const stated = lines.flatMap(({ number, statements }) =>
    statements
      .filter(({ path }) => path.startsWith('cost.'))
      .map(({ path }) => ({ path, number, text: page.at(number) })),
  );
  const fresh = costLines(design, estimates, stated, { hoursPerWeek, keepMonths: false });
  const isMoving = Object.keys(fresh.budgets).length > 0;
  const moved = isMoving ? withBudgets(textIn(content).lines, { ...budgets, ...fresh.budgets }) : undefined;
  if (moved !== undefined) {
    Object.assign(budgets, fresh.budgets);
    page.replace(moved.line, ...moved.lines);
  }
  // Without a place for the budgets, the months that they follow from stay as stated: what is built must not change.
  const isStuck = isMoving && moved === undefined;
  const rows = isStuck ? costLines(design, estimates, stated, { hoursPerWeek, keepMonths: true }).lines : fresh.lines;
  for (const { path, number } of stated) page.set(number, rows.get(path) ?? page.at(number));
}

/** What the cost was written from last: the document as it now reads, and its estimate. */
type Costed = ReturnType<typeof estimatesOf> & { readonly design: Design };

function estimatesOf(
  { graph, lang }: DocumentInput,
  design: Design,
): { readonly estimates?: Estimates; readonly reason: string } {
  const results = environmentKeys(design).map((environment) => estimate({ graph, design, environment }));
  const [problem] = results.flatMap(({ problems }) => problems);
  const found = results.flatMap((result) => result.estimate ?? []);
  const reason = problem?.message[lang] ?? '';
  return found.length === results.length
    ? { estimates: Object.fromEntries(found.map((one) => [one.environment, one])), reason }
    : { reason };
}

/** A criterion's box is ticked when it passed in every environment that it binds. */
function tickCriteria({ criteria }: DocumentInput, page: Page): void {
  for (const [line, verdicts] of Map.groupBy(criteria, (criterion) => criterion.line)) {
    // A line that still holds a placeholder states no criterion.
    if (line === 0) continue;
    const all = verdicts.map(({ verdict }) => verdict);
    const holds = all.includes('pass') && all.every((verdict) => verdict === 'pass' || verdict === 'not-applicable');
    page.set(line, tick(page.at(line), holds));
  }
}
