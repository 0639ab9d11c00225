// What can be wrong with a document as such: its file, front matter, blocks and placeholders.
import { sentence } from './sentence.ts';

export const documentMessages = {
  placeholder: sentence(
    (p: { found: string }) =>
      `found the form's placeholder ${p.found}; expected your own words; replace it, or build with --lenient`,
    (p) => `様式のプレースホルダー ${p.found} が残っています。実際の内容に置き換えるか、--lenient を付けてください`,
  ),
  'missing-input': sentence(
    (p: { input: string; standIn: string }) =>
      `the input \`${p.input}\` is missing; expected it in the front matter under \`hashira:\`; add it, or build with --lenient, which uses ${p.standIn}`,
    (p) =>
      `入力 \`${p.input}\` がありません。フロントマターの \`hashira:\` に追加するか、--lenient を付けてください（${p.standIn} で代用します）`,
  ),
  'unknown-line': sentence(
    (p: { expected: string }) =>
      `this line is not understood; expected ${p.expected}; correct it, or move it out of the block`,
    (p) => `この行を解釈できません。想定: ${p.expected}。修正するか、ブロックの外へ移してください`,
  ),
  'unclosed-fence': sentence(
    (_: object) =>
      'this code fence is never closed; expected a closing ``` line; add it after the last line of the block',
    () => 'このコードブロックが閉じられていません。ブロックの最後に ``` の行を追加してください',
  ),
} as const;
