// `hashira drift <environment>`: what of the account is not as it was deployed, and what of that is not as the document says.
import { awsClients } from '../../../operations/aws/clients.ts';
import type { Difference } from '../../../operations/drift/difference.ts';
import { runDrift, type StackDrift } from '../../../operations/drift/drift.ts';
import { tellDenied, withAccess } from '../aws-access.ts';
import { type BuiltOptions, withBuild } from '../build/built-assembly.ts';
import { print, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { type CheckMessages, checkCatalogues } from './messages.ts';

/** Exit code 0: no drift; 1: drift, a stack that is not there, or something that could not be found out; 2: refused. */
export async function drift(environment: string, document: string | undefined, options: BuiltOptions): Promise<number> {
  const code = await withBuild(environment, document, options, async (built) => {
    const stacks = await withAccess(built.lang, built, () =>
      runDrift({ ...built, clients: awsClients(), region: built.design.region }),
    );
    if (options.json) writeJson({ environment: built.environment, stacks });
    else printDrift(stacks, checkCatalogues[built.lang]);
    tellDenied(
      stacks.flatMap(({ reasons }) => reasons.filter((reason) => typeof reason === 'string')),
      built.lang,
      built,
    );
    return stacks.every(({ template, account }) => template === 'same' && account === 'in-sync') ? 0 : 1;
  });
  return code ?? 2;
}

/** Says of each stack what is not as it was deployed, and not as the document has it. */
export function printDrift(stacks: readonly StackDrift[], say: CheckMessages): void {
  const rows = stacks.map(({ stack, region, template, account, unchecked }) => [
    stack,
    region,
    say.template[template],
    say.account[account],
    String(unchecked),
  ]);
  print(...table([say.stack, say.region, say.fromDesign, say.fromTemplate, say.unchecked], rows, [4]));
  for (const { stack, fromDesign, fromTemplate, reasons } of stacks) {
    if (fromDesign.length + fromTemplate.length + reasons.length === 0) continue;
    print('', stack);
    for (const each of fromDesign) print(`  ${sentenceOf('design', each, say)}`);
    for (const each of fromTemplate) {
      print(`  ${sentenceOf('account', each, say)}`);
      if (each.command !== undefined) print(`    ${say.putBack(each.command)}`);
    }
    for (const reason of reasons) print(`  ${say.awsRefused(say.told(reason))}`);
  }
  const kinds = [
    ...(stacks.some(({ template }) => template === 'differs') ? (['design'] as const) : []),
    ...(stacks.some(({ account }) => account === 'drifted') ? (['account'] as const) : []),
  ];
  if (kinds.length > 0) print('', ...kinds.map((kind) => say.driftRemedy[kind]));
}

const sentenceOf = (kind: 'design' | 'account', { subject, type, path, ...values }: Difference, say: CheckMessages) =>
  say.difference(
    kind,
    type === undefined ? subject : `${subject} (${type})`,
    path,
    short(values.expected, say),
    short(values.found, say),
  );

function short(value: unknown, say: CheckMessages): string {
  if (value === undefined) return say.nothing;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
