// What every command of day 2 begins and ends with: the build it is about, the account, and what went wrong as a sentence.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentsIn } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { systemClock } from '../../../common/clock.ts';
import { namedReasonOf } from '../../../common/reason.ts';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import { type DeployedEnvironment, dayTwoClients, openEnvironment } from '../../../operations/day-two/environment.ts';
import { type DayTwoFacts, type DayTwoKind, DayTwoProblem } from '../../../operations/day-two/problem.ts';
import { accessSentence } from '../aws-access.ts';
import { printAside } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { type DayTwoMessages, dayTwoCatalogues } from './messages.ts';

export interface DayTwoOptions {
  readonly out: string;
  readonly region?: string;
  readonly lang?: Language;
  readonly json?: boolean;
}

/** Does the work in an environment; the exit code is the work's, or what became of an error. */
export async function inEnvironment(
  asked: string,
  { out, region }: DayTwoOptions,
  lang: Language,
  work: (place: DeployedEnvironment) => Promise<number>,
): Promise<number> {
  const say = dayTwoCatalogues[lang];
  const directory = join(out, 'cdk.out');
  if (!existsSync(join(directory, 'manifest.json'))) throw new UsageError(say.noBuild(directory));
  const graph = readAssembly(directory);
  const environment = environmentOf(asked, graph, say);
  const place = await openEnvironment(graph, environment, region, dayTwoClients(), systemClock).catch((error) => {
    throw new UsageError(accessSentence(error, lang, { environment }) ?? sentenceOf(error, say));
  });
  try {
    return await work(place);
  } catch (error) {
    const sentence = accessSentence(error, lang, { environment }) ?? sentenceOf(error, say);
    if (!(error instanceof DayTwoProblem) || afterBeginning.includes(error.kind)) {
      printAside(`hashira: ${sentence}`);
      return 1;
    }
    throw new UsageError(sentence);
  }
}

/** Problems that come up when something was done already, or may have been. */
const afterBeginning: readonly DayTwoKind[] = ['tooSlow', 'failed', 'stackBusy'];

function environmentOf(asked: string, graph: Assembly, say: DayTwoMessages): Environment {
  const known = environmentsIn(graph);
  if (!known.includes(asked)) throw new UsageError(say.unknownEnvironment(asked, known));
  return asked;
}

/** @throws the error itself when it is a mistake of ours */
function sentenceOf(error: unknown, say: DayTwoMessages): string {
  if (error instanceof DayTwoProblem) return problemOf(error, say);
  if (!(error instanceof Error)) throw error;
  // What services answer, and what keeps them from it, has one of these; our own mistakes have not.
  if (!('$metadata' in error) && !('code' in error)) throw error;
  return say.awsRefused(namedReasonOf(error));
}

function problemOf<K extends DayTwoKind>({ kind, facts }: DayTwoProblem<K>, say: DayTwoMessages): string {
  const sentences: { readonly [Each in DayTwoKind]: (facts: DayTwoFacts[Each]) => string } = say.problems;
  return sentences[kind](facts);
}

/** A whole number that was typed. */
export function wholeNumber(option: string, asked: string, least: number, most: number, say: DayTwoMessages): number {
  const number = /^\d{1,9}$/.test(asked) ? Number(asked) : Number.NaN;
  if (!(number >= least && number <= most)) throw new UsageError(say.badNumber(option, asked, least, most));
  return number;
}
