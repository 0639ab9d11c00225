// `hashira history [environment]`: what was deployed, newest first, from the records in the log buckets.

import { environmentKeys } from '../../../design/environments.ts';
import { AwsFault, namedFault } from '../../../operations/deploy/fault.ts';
import type { DeploymentRecord } from '../../../operations/deploy/records.ts';
import { withAccess } from '../aws-access.ts';
import { readSource, selectEnvironments } from '../build/build.ts';
import type { BuiltOptions } from '../build/built-assembly.ts';
import { catalogues } from '../messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type DeployDependencies, realSurroundings } from './deploy-surroundings.ts';
import { type DeployMessages, deployCatalogues } from './messages.ts';

/** Exit code 0: shown, be it nothing; 2: refused. */
export async function history(
  environment: string | undefined,
  options: BuiltOptions,
  { records }: Pick<DeployDependencies, 'records'> = realSurroundings(),
): Promise<number> {
  // Placeholders that were not filled in say nothing of where the records are.
  const source = readSource(undefined, { ...options, lenient: true });
  if (source === undefined) return 2;
  const asked = environment === undefined ? undefined : [environment];
  const wanted = selectEnvironments(asked, environmentKeys(source.design), catalogues[source.lang]);
  const say = deployCatalogues[source.lang];
  const { region } = source.design;
  const found: DeploymentRecord[] = [];
  try {
    for (const environment of wanted) {
      const kept = records(environment, region, (key) => printAside(say.unreadable(key)));
      found.push(...(await withAccess(source.lang, { environment }, () => kept.list())));
    }
  } catch (error) {
    if (error instanceof AwsFault) throw new UsageError(say.awsRefused(say.told(namedFault(error))));
    throw error;
  }
  found.sort((a, b) => (a.id < b.id ? 1 : -1));
  if (options.json) writeJson({ records: found });
  else
    print(
      ...(found.length === 0
        ? [say.noHistory]
        : table(
            say.historyColumns,
            found.map((one) => row(one, say)),
            [2],
          )),
    );
  return 0;
}

function row({ id, environment, seconds, outcome, commit, stacks }: DeploymentRecord, say: DeployMessages): string[] {
  const changed = stacks.filter(({ result }) => result === 'done');
  const count = changed.reduce((sum, { changes }) => sum + changes.length, 0);
  const took = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const changes = changed.length === 0 ? '' : `${changed.map((one) => one.id).join(', ')} (${count})`;
  return [id, environment, took, say.shortOutcomes[outcome], commit?.slice(0, 12) ?? '', changes];
}
