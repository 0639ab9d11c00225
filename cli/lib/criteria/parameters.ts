// Values of templates' parameters, as they are typed: `name=value`, or a file of them.
import { existsSync } from 'node:fs';
import { isNode, isNodes, member, type Node } from '../../../assembly/scope.ts';
import { limits, parseTemplate } from '../../../assembly/template-file.ts';
import type { Language } from '../../../design/problem.ts';
import { readText } from '../../../design/read-file.ts';
import { reasonIn } from '../../../design/refusal.ts';
import { UsageError } from '../usage-error.ts';
import { criteriaCatalogues } from './messages.ts';

/** @throws UsageError naming what is neither a pair nor a file of parameters */
export function parametersOf(words: readonly string[], lang: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(words.flatMap((word) => pairsOf(word, lang)));
}

function pairsOf(word: string, lang: Language): readonly (readonly [string, string])[] {
  const pair = /^([A-Za-z0-9]+)=([\s\S]*)$/.exec(word);
  if (pair?.[1] !== undefined && pair[2] !== undefined) return [[pair[1], pair[2]]];
  const refused = (reason: string) => new UsageError(criteriaCatalogues[lang].badParameter(word, reason));
  if (!existsSync(word)) throw refused(criteriaCatalogues[lang].noParameterFile);
  let node: Node;
  try {
    node = parseTemplate(readText(word, limits.bytes), word);
  } catch (error) {
    throw refused(reasonIn(error, lang));
  }
  const pairs = pairsIn(node);
  if (pairs === undefined) throw refused(criteriaCatalogues[lang].noParameters);
  return pairs;
}

/** The pairs of a file; CodePipeline's has them under `Parameters`. */
function pairsIn(node: Node): readonly (readonly [string, string])[] | undefined {
  const inner = member(node, 'Parameters') ?? node;
  const entries = isNodes(inner)
    ? inner.map((one) => [member(one, 'ParameterKey'), member(one, 'ParameterValue')] as const)
    : Object.entries(isNode(inner) ? inner : {});
  const pairs = entries.flatMap(([key, value]) =>
    typeof key === 'string' && value !== undefined && value !== null && typeof value !== 'object'
      ? [[key, String(value)] as const]
      : [],
  );
  return pairs.length === entries.length && pairs.length > 0 ? pairs : undefined;
}
