// `hashira preflight <environment>`: whether a deploy can begin, and what to do where it cannot.
import { awsClients } from '../../../operations/aws/clients.ts';
import { thisMachine } from '../../../operations/preflight/machine.ts';
import { runPreflight } from '../../../operations/preflight/preflight.ts';
import { problemSentence, tellDenied, whysOf } from '../aws-access.ts';
import { type BuiltOptions, withBuild } from '../build/built-assembly.ts';
import { print, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { checkCatalogues } from './messages.ts';
import { preflightLine, totalOf, wellEnough } from './print-checks.ts';

export interface PreflightOptions extends BuiltOptions {
  readonly account?: string;
  readonly makeServiceLinkedRoles?: boolean;
}

/** Exit code 0: a deploy can begin; 1: something fails or could not be found out; 2: the document or the call was refused. */
export async function preflight(
  environment: string,
  document: string | undefined,
  options: PreflightOptions,
): Promise<number> {
  const { account } = options;
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new UsageError(checkCatalogues[options.lang ?? 'en'].badAccount(account));
  const code = await withBuild(environment, document, options, async (built) => {
    const say = checkCatalogues[built.lang];
    const results = await runPreflight({
      ...built,
      clients: awsClients(),
      machine: thisMachine(),
      now: new Date(),
      makesRoles: options.makeServiceLinkedRoles ?? false,
      ...(account === undefined ? {} : { account }),
    });
    const [identity] = results;
    const signedOut = identity?.is === 'notSignedIn' ? identity.facts : undefined;
    if (options.json) writeJson({ environment: built.environment, results });
    else if (!signedOut?.kind) {
      for (const result of results) print(preflightLine(result, say));
      print('', totalOf(results, say));
    }
    // One check has an answer, and no other has been made.
    if (signedOut?.kind) {
      const whom = { environment: built.environment, account };
      throw new UsageError(problemSentence({ ...signedOut, kind: signedOut.kind }, built.lang, whom));
    }
    tellDenied(whysOf(results), built.lang, built);
    if (identity?.is === 'notSignedIn' || identity?.is === 'otherAccount') return 2;
    return wellEnough(results) ? 0 : 1;
  });
  return code ?? 2;
}
