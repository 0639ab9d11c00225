// The deployed platform that load, drills and the smoke test are run against, and the tokens that its API asks for.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { namedReasonOf } from '../../../common/reason.ts';
import type { Language } from '../../../design/problem.ts';
import { namedReasonsOf } from '../../../design/refusal.ts';
import { NotDeployed, openAwsTarget } from '../../../operations/aws/aws-target.ts';
import { awsClients } from '../../../operations/aws/clients.ts';
import type { Target } from '../../../operations/target.ts';
import { accessSentence } from '../aws-access.ts';
import type { Built } from '../build/built-assembly.ts';
import { type CheckMessages, checkCatalogues } from '../checks/messages.ts';
import { UsageError } from '../usage-error.ts';

export interface DeployedOptions {
  /** Where the API answers; absent: at the platform's own address. */
  readonly endpoint?: string;
  readonly tokenCommand?: string;
}

/**
 * How to find it, once the templates are built. What is wrong with the options is said before.
 * @throws UsageError at once for the options; later when it is not there, or AWS refuses
 */
export function deployedTarget(options: DeployedOptions, lang: Language): (built: Built) => Promise<Target> {
  const say = checkCatalogues[lang];
  const url = endpointOf(options.endpoint, say);
  const token = tokenSource(options.tokenCommand, say);
  return async (built) => {
    try {
      return await openAwsTarget({ ...built, clients: awsClients(), token, ...(url === undefined ? {} : { url }) });
    } catch (error) {
      if (error instanceof NotDeployed) throw new UsageError(say.notDeployed(built.environment, error.missing));
      throw new UsageError(accessSentence(error, lang, built) ?? say.awsRefused(say.told(namedReasonsOf(error))));
    }
  };
}

function endpointOf(endpoint: string | undefined, say: CheckMessages): string | undefined {
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new UsageError(say.badEndpoint(endpoint));
  return endpoint;
}

const execute = promisify(execFile);
/** How many commands run at once, and milliseconds that one may take. */
const atOnce = 8;
const timeout = 20_000;

/** The customer goes by the environment, so that no name is ever part of a command. */
function tokenSource(command: string | undefined, say: CheckMessages): (customer: string) => Promise<string> {
  const one = process.env.HASHIRA_TOKEN?.trim();
  if (command === undefined) {
    if (!one) throw new UsageError(say.noToken);
    return async () => one;
  }
  const turns = Array.from({ length: atOnce }, () => Promise.resolve());
  let next = 0;
  return (customer) => {
    const turn = next++ % atOnce;
    const made = (turns[turn] ?? Promise.resolve()).then(async () => {
      const options = { env: { ...process.env, CUSTOMER: customer }, timeout };
      const { stdout } = await execute('/bin/sh', ['-c', command], options).catch((error: unknown) => {
        throw new UsageError(say.tokenFailed(namedReasonOf(error).split('\n')[0] ?? ''));
      });
      if (stdout.trim() === '') throw new UsageError(say.tokenFailed(say.printedNothing));
      return stdout.trim();
    });
    turns[turn] = made.then(
      () => {},
      () => {},
    );
    return made;
  };
}
