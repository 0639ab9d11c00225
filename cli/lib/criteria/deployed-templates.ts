// What is deployed under names of stacks, asked of CloudFormation.
import type { StackSource } from '../../../assembly/scope.ts';
import type { Language } from '../../../design/problem.ts';
import { Refusal } from '../../../design/refusal.ts';
import { awsClients } from '../../../operations/aws/clients.ts';
import { deployedSources } from '../../../operations/aws/deployed-sources.ts';
import { withAccess } from '../aws-access.ts';
import { UsageError } from '../usage-error.ts';
import { criteriaCatalogues } from './messages.ts';

/** @throws UsageError when no stack has such a name, a template cannot be read, or AWS does not answer whoever asks */
export async function deployedTemplates(
  patterns: readonly string[],
  regions: readonly string[],
  lang: Language,
): Promise<readonly StackSource[]> {
  const say = criteriaCatalogues[lang];
  try {
    const sources = await withAccess(lang, { environment: say.stacksOf(patterns) }, () =>
      deployedSources(awsClients(), { patterns, regions }),
    );
    if (sources.length === 0) throw new UsageError(say.noStack(patterns, regions));
    return sources;
  } catch (error) {
    if (error instanceof Refusal) throw new UsageError(error.said[lang]);
    throw error;
  }
}
