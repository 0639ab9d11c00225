// The keys of the front matter's `hashira:` block: how each is written, and what holds where it is left out, as the reader has it.
import { inputKeys } from '../../../design/grammar/input-keys.ts';
import type { Language } from '../../../design/problem.ts';
import { readDesign } from '../../../design/read-design.ts';
import { code } from './markdown.ts';
import { words } from './words.ts';

/** A row for each key: the key, how it is written, the field of the design, and what a document without it gets. */
export function inputRows(document: string, language: Language): readonly (readonly string[])[] {
  const say = words[language];
  const bare = document.replace(/^hashira:\n(?: .*\n)+/m, '');
  const demanded = readDesign(bare).problems.find(({ code: found }) => found === 'missing-input')?.message.en ?? '';
  const { design } = readDesign(bare, { lenient: true });
  if (design === undefined) throw new Error('The document without inputs is refused');
  const without = (key: string, field: string): string => {
    if (demanded.includes(`\`${key}\``)) return say.demanded;
    const value = Object.entries(design.inputs).find(([name]) => name === field)?.[1];
    return say.derived[key] ?? code(typeof value === 'string' ? value : JSON.stringify(value));
  };
  return Object.entries(inputKeys).map(([key, { expected, field }]) => [
    code(key),
    expected,
    code(field === 'region' ? 'region' : `inputs.${field}`),
    without(key, field),
  ]);
}
