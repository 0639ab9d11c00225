// How a run of `hashira prove` looks: what it would do and cost, each step as it ends, and what was seen.
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import type { Deployable } from '../../../operations/deploy/deployable.ts';
import { type Facts, isAsBelieved, type ProofStep, type RowId, rowIds } from '../../../operations/prove/evidence.ts';
import type { ProofPlan } from '../../../operations/prove/plan.ts';
import type { Proven, ProvePorts, StepOutput } from '../../../operations/prove/prove.ts';
import type { HourlyCost } from '../../../proof/cost/hours.ts';
import { printDrift } from '../checks/drift.ts';
import { checkCatalogues } from '../checks/messages.ts';
import type { Commit } from '../commit.ts';
import { usd } from '../cost/figures.ts';
import { costCatalogues } from '../cost/messages.ts';
import type { ProgressDisplay } from '../deploy/deploy-progress.ts';
import { printResult } from '../deploy/deploy-run.ts';
import { deployCatalogues } from '../deploy/messages.ts';
import { deletionTable } from '../destroy/destroy.ts';
import { destroyCatalogues } from '../destroy/messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import type { ProveMessages } from './messages.ts';

/** What a person has asked for, and what they are told to type. */
export interface ProveRequest {
  readonly environment: Environment;
  /** What a person calls the environment. */
  readonly title: string;
  readonly account: string;
  readonly commit: Commit;
  readonly hours: number;
  readonly lang: Language;
  readonly say: ProveMessages;
  readonly deployable: Deployable;
  readonly command: string;
  readonly takeAway: string;
  /** Where the evidence will be. */
  readonly file: string;
  readonly smoke: boolean;
}

interface PrintOptions {
  readonly json?: boolean;
  readonly plan?: boolean;
}

/** Cost, steps and digest. */
export function showProof(
  { failing, digest }: ProofPlan,
  cost: HourlyCost,
  { title, account, commit, hours, lang, say, deployable, command, file, smoke }: ProveRequest,
  { json, plan: only }: PrintOptions,
): void {
  const { stacks } = deployable;
  if (json && only) {
    const all = stacks.map(({ id, place }) => ({ stack: id, region: place.region }));
    writeJson({ account, commit, digest, hours, cost, stacks: all, fails: failing.stack.id });
    return;
  }
  // With --json, standard output is for the result.
  const write = json ? printAside : print;
  const regions = [...new Set(stacks.map(({ place }) => place.region))].sort();
  write(say.head(account, regions.join(', '), commit.id));
  if (!commit.clean) write(say.notClean);
  write('', say.costHead(hours, usd(cost.total), usd(cost.hour)), '');
  write(
    ...table(
      say.costColumns,
      cost.groups.map(({ name, total }) => [name, usd(total)]),
      [1],
    ),
  );
  write('', say.costLeftOut(title), costCatalogues[lang].leftOut, say.oldest(cost.oldest), '', say.stepsHead);
  const steps = say.plan({ environment: title, stacks: stacks.length, fails: failing.stack.id, smoke, file });
  write(...steps.map((step, index) => `  ${index + 1}. ${step}`));
  write('', destroyCatalogues[lang].staysBeside, '', say.digest(digest));
  if (only) write(say.approveWith(`${command} --approve ${digest}`));
}

/** Says what begins, and shows what there is to show of it when it has ended. */
export function stepPrinter(
  display: ProgressDisplay,
  { environment, lang, say }: ProveRequest,
  { json }: PrintOptions,
): Pick<ProvePorts, 'begin' | 'end'> {
  return {
    async begin(step) {
      await display.pause();
      (json ? printAside : print)('', `== ${say.step[step]}`);
    },
    async end(step, shown) {
      await display.pause();
      if (shown !== undefined && !json) show(shown, environment, lang);
      (json ? printAside : print)('', `${say.step[step.step]}: ${endOf(step, say)}`);
    },
  };
}

const endOf = ({ ended, why }: ProofStep, say: ProveMessages): string =>
  why === undefined ? say.ended[ended] : `${say.ended[ended]} (${say.told(why)})`;

function show(shown: StepOutput, environment: Environment, lang: Language): void {
  switch (shown.of) {
    case 'deployment':
      printResult(shown.result, environment, deployCatalogues[lang]);
      return;
    case 'drift':
      printDrift(shown.stacks, checkCatalogues[lang]);
      return;
    case 'deletion':
      print('', ...deletionTable(shown.result, destroyCatalogues[lang]));
  }
}

/** What was seen, where it is kept, and what stands. */
export function printProven(
  { evidence, standing, ended }: Proven,
  { title, say, takeAway, file }: ProveRequest,
  { json, isKept }: PrintOptions & { readonly isKept: boolean },
): void {
  if (json || !isKept) writeJson(evidence);
  const write = json ? printAside : print;
  const rows = rowIds.flatMap((row) => rowOf(row, evidence.seen[row], say));
  const missing = rowIds.filter((row) => evidence.seen[row] === undefined);
  if (rows.length > 0) write('', ...table(say.columns, rows));
  if (missing.length > 0) write('', say.notSeen(missing.join(', ')));
  write('', say.outcomes[ended], ...(isKept ? [say.kept(file)] : []));
  if (standing?.length === 0) write(say.gone(title));
  else {
    const stacks = standing?.map(({ stack, region, status }) => `${stack} (${region}, ${status})`);
    write(stacks === undefined ? say.unknown : say.stands(stacks.join(', ')), say.takeAway(takeAway));
  }
}

function rowOf<Row extends RowId>(
  row: Row,
  figures: Facts[Row] | undefined,
  say: ProveMessages,
): readonly (readonly string[])[] {
  if (figures === undefined) return [];
  const sentence = say.rows[row];
  return [[row, say.verdicts[isAsBelieved(row, figures) ? 'seen' : 'otherwise'], sentence(figures)]];
}
