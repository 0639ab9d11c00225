// `hashira smoke <environment>`: an order through a deployed platform, or the one on this machine, and all that it must leave behind.
import { runSmoke } from '../../../operations/smoke/smoke.ts';
import type { Target } from '../../../operations/target.ts';
import { tellDenied, whysOf } from '../aws-access.ts';
import { type BuiltOptions, withBuild } from '../build/built-assembly.ts';
import { type DeployedOptions, deployedTarget } from '../deploy/deployed-target.ts';
import { languageFor } from '../document-file.ts';
import { operationsCatalogues } from '../operations/messages.ts';
import { withTarget } from '../operations/running-target.ts';
import { print, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { checkCatalogues } from './messages.ts';
import { smokeLine, totalOf, wellEnough } from './print-checks.ts';

export interface SmokeOptions extends BuiltOptions, DeployedOptions {
  readonly out: string;
  readonly local?: boolean;
  readonly speed?: string;
  readonly timeout: string;
}

/** Seconds. */
const mostSeconds = 900;

/** Exit code 0: all well; 1: something failed or could not be found out; 2: refused. What is not here is neither. */
export async function smoke(environment: string, document: string | undefined, options: SmokeOptions): Promise<number> {
  const lang = languageFor(options.lang, document);
  const say = checkCatalogues[lang];
  const timeoutSeconds = Number(options.timeout);
  if (!(timeoutSeconds > 0) || timeoutSeconds > mostSeconds)
    throw new UsageError(say.badTimeout(options.timeout, mostSeconds));
  const run = async (target: Target): Promise<number> => {
    const results = await runSmoke(target, {
      timeoutSeconds,
      ...(options.json ? {} : { tell: (result) => print(smokeLine(result, say)) }),
    });
    if (options.json) writeJson({ environment: target.environment, target: target.kind, results });
    else print('', totalOf(results, say));
    tellDenied(whysOf(results), lang, { environment });
    return wellEnough(results) ? 0 : 1;
  };
  if (options.local) {
    if (options.endpoint !== undefined || options.tokenCommand !== undefined)
      throw new UsageError(say.endpointIsDeployed);
    return withTarget(document, { ...options, environment }, operationsCatalogues[lang], (target) => {
      if (target.environment !== environment)
        throw new UsageError(say.otherEnvironment(target.environment, environment));
      return run(target);
    });
  }
  const find = deployedTarget(options, lang);
  const code = await withBuild(environment, document, options, async (built) => run(await find(built)));
  return code ?? 2;
}
