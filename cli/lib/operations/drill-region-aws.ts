// `hashira drill region --account <number>`: a planned switchover of the deployed platform by its own state machine. People's requests go
// to the other region afterwards, hence the number of the account that has to be typed.

import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { namedReasonsOf } from '../../../design/refusal.ts';
import type { Environment } from '../../../design/schema.ts';
import { stackId } from '../../../design/stack-names.ts';
import { measure } from '../../../operations/drills/region.ts';
import { connectDeployed, type DeployedRecovery } from '../../../operations/recovery/deployed.ts';
import { execute } from '../../../operations/recovery/execution.ts';
import { accessSentence } from '../aws-access.ts';
import { haltOnSignals } from '../halt.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { operationsCatalogues } from './messages.ts';

interface RegionDrillRequest {
  readonly environment: Environment;
  /** Where the state machine is. */
  readonly region: string;
  /** The account that is meant. */
  readonly account: string;
  readonly json: boolean;
}

/** The output of the recovery stack that has the state machine's ARN. */
const output = 'StateMachine';

/** Exit code 0; 1 when the switchover stopped; 2: refused; 130: no longer waited for. */
export async function drillRegionOnAws(lang: Language, asked: RegionDrillRequest): Promise<number> {
  const say = operationsCatalogues[lang];
  const { environment, region, account, json } = asked;
  const deployed = await connectDeployed(region).catch((error: unknown) => {
    throw new UsageError(
      accessSentence(error, lang, asked) ?? say.region.noAws(inLanguage(namedReasonsOf(error), lang)),
    );
  });
  const halt = haltOnSignals();
  let begun = false;
  try {
    if (deployed.account !== account) throw new UsageError(say.region.otherAccount(deployed.account, account));
    const stateMachine = await find(deployed, environment, say.region.notDeployed);
    printAside(say.region.switching(stateMachine));
    const begin = Date.now();
    const run = await execute(deployed.machines, {
      stateMachine,
      input: { action: 'switchover', reason: 'region drill' },
      entered: (state) => {
        begun = true;
        printAside(say.region.state(state));
      },
      signal: halt.signal,
    });
    const lost = { clock: 0, calendar: begin };
    const { result } = measure({
      lost,
      detected: 0,
      run,
      served: undefined,
      outcomes: [],
      accepted: [],
      present: new Set(),
    });
    // Nobody asked for orders here, so nothing is said of them.
    if (json) writeJson({ rpoMs: null, lostOrders: null, rtoMs: null, steps: result.steps });
    else
      print(
        ...table(
          [say.region.step, 'ms'],
          result.steps.map(({ name, ms }) => [name, String(ms)]),
          [1],
        ),
      );
    printAside(run.ok ? say.region.switched(run.execution) : say.region.stopped(inLanguage(run.failure ?? '', lang)));
    return run.ok ? 0 : 1;
  } catch (error) {
    const sentence = accessSentence(error, lang, asked);
    if (sentence !== undefined && !begun) throw new UsageError(sentence);
    if (sentence === undefined && !halt.signal.aborted) throw error;
    if (sentence !== undefined) printAside(`hashira: ${sentence}`);
    printAside(say.region.goesOn);
    return halt.signal.aborted ? 130 : 1;
  } finally {
    deployed.close();
    halt.dispose();
  }
}

async function find(
  deployed: DeployedRecovery,
  environment: Environment,
  missing: (stack: string, output: string) => string,
): Promise<string> {
  const stack = stackId(environment, 'RecoveryStack');
  const arn = (await deployed.outputs(stack))?.[output];
  if (arn === undefined) throw new UsageError(missing(stack, output));
  return arn;
}
