// What can be wrong with a document as such: its file, front matter, sections, blocks and placeholders.

import { sentence } from './sentence.ts';
import { inLanguage, type Words } from './words.ts';

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

export const documentMessages = {
  'empty-file': sentence(
    (_: object) =>
      'the file is empty; expected a design document in the form; start from a copy of the form and fill it in',
    () => 'ファイルが空です。様式をコピーして記入した設計書を指定してください',
  ),
  'binary-file': sentence(
    (p: { found: string }) =>
      `the file is not text: found ${p.found}; expected Markdown in UTF-8; name the design document, or save it as UTF-8`,
    (p) => `テキストファイルではありません（検出: ${p.found}）。UTF-8 の Markdown で保存した設計書を指定してください`,
  ),
  'file-too-large': sentence(
    (p: { found: Words; limit: Words }) =>
      `the document is beyond what is read: found ${p.found.en}; expected at most ${p.limit.en}; move what is no part of the design elsewhere`,
    (p) =>
      `設計書が読み取りの上限を超えています（検出: ${p.found.ja}、上限: ${p.limit.ja}）。設計以外の内容を外してください`,
  ),
  'nested-too-deep': sentence(
    (p: { found: number; limit: number }) =>
      `here lists and quotes stand ${p.found} deep within one another; expected at most ${p.limit}; write it with fewer marks before the words`,
    (p) =>
      `リストと引用の入れ子がここで ${p.found} 段になっています（上限: ${p.limit} 段）。行頭の記号を減らしてください`,
  ),
  placeholder: sentence(
    (p: { found: readonly string[] }) =>
      `found the form's ${p.found.length > 1 ? 'placeholders' : 'placeholder'} ${p.found.join(', ')}; expected your own words; replace, or build with --lenient`,
    (p) =>
      `様式のプレースホルダー ${p.found.join('、')} が残っています。実際の内容に置き換えるか、--lenient を付けてください`,
  ),
  'missing-input': sentence(
    (p: { inputs: readonly string[]; standIns: readonly string[] }) =>
      `found no ${quoted(p.inputs)}; expected ${p.inputs.length > 1 ? 'them' : 'it'} in the front matter under \`hashira:\`; add, or build with --lenient, which uses ${p.standIns.join(', ')}`,
    (p) =>
      `入力 ${quoted(p.inputs)} がありません。フロントマターの \`hashira:\` に追加するか、--lenient を付けてください（${p.standIns.join('、')} で代用します）`,
  ),
  'front-matter-missing': sentence(
    (p: { keys: readonly string[] }) =>
      `found no front matter; expected the document to open with a line \`---\`, then ${quoted(p.keys)}, then \`---\`; add it`,
    (p) => `フロントマターがありません。先頭に \`---\` で囲んで ${quoted(p.keys)} を記載してください`,
  ),
  'front-matter-unclosed': sentence(
    (_: object) =>
      'the front matter that begins here never ends; expected a second line `---` before the title; add it after the last key',
    () => 'ここから始まるフロントマターが閉じられていません。最後のキーの後に `---` の行を追加してください',
  ),
  'front-matter-syntax': sentence(
    (p: { found: Words }) =>
      `the front matter is no YAML here (${p.found.en}); expected \`key: value\`, with two spaces before what belongs to a key; correct it`,
    (p) =>
      `フロントマターのこの行を YAML として解釈できません（${p.found.ja}）。\`key: value\` の形に修正してください（下位の項目は空白 2 つで字下げします）`,
  ),
  'front-matter-key': sentence(
    (p: { found: string; nearest: readonly string[] }) =>
      `found the unknown key \`${p.found}\`; expected a key such as ${quoted(p.nearest)}; correct or delete it`,
    (p) => `未知のキー \`${p.found}\` です。${quoted(p.nearest)} などに修正するか、削除してください`,
  ),
  'front-matter-value': sentence(
    (p: { key: string; found: string; expected: Words | string }) =>
      `\`${p.key}\` is ${p.found}; expected ${inLanguage(p.expected, 'en')}; correct it`,
    (p) => `\`${p.key}\` の値が ${p.found} です。想定: ${inLanguage(p.expected, 'ja')}。修正してください`,
  ),
  'front-matter-incomplete': sentence(
    (p: { missing: readonly string[] }) =>
      `the front matter has no ${quoted(p.missing)}; expected every key of the form; add a line for each`,
    (p) => `フロントマターに ${quoted(p.missing)} がありません。様式のキーをすべて記載してください`,
  ),
  'title-missing': sentence(
    (p: { expected: string }) => `the document has no title; expected \`${p.expected}\` after the front matter; add it`,
    (p) => `タイトルがありません。フロントマターの後に \`${p.expected}\` を追加してください`,
  ),
  'title-shape': sentence(
    (p: { found: string; expected: string }) =>
      `the title is ${p.found}; expected ${p.expected}, with the feature that the front matter names; correct one of the two`,
    (p) =>
      `タイトルが ${p.found} です。フロントマターの feature を含む ${p.expected} の形になるよう、どちらかを修正してください`,
  ),
  'section-missing': sentence(
    (p: { sections: readonly string[]; nearest: string | undefined }) =>
      `found no section ${p.sections.map((title) => `"${title}"`).join(', ')}${p.nearest === undefined ? '' : `; "${p.nearest}" here may be meant`}; expected every section of the form; add what is missing, or correct the heading`,
    (p) =>
      `${p.sections.map((title) => `「${title}」`).join('')}のセクションがありません${p.nearest === undefined ? '' : `（この行の「${p.nearest}」のことかもしれません）`}。様式どおりに追加するか、見出しを修正してください`,
  ),
  'section-twice': sentence(
    (p: { section: string; line: number }) =>
      `the section "${p.section}" is there a second time; expected it once, and line ${p.line} has it; merge the two`,
    (p) => `「${p.section}」のセクションが重複しています（${p.line} 行目にもあります）。1 つにまとめてください`,
  ),
  'section-unread': sentence(
    (p: { section: string; nearest: readonly string[] }) =>
      `the block below "${p.section}" belongs to no section of the form; expected a heading ${p.nearest.length === 0 ? 'that the form has' : `such as ${p.nearest.map((title) => `"${title}"`).join(', ')}`}; correct the heading, or write the block as prose`,
    (p) =>
      `「${p.section}」の下のブロックは様式のどのセクションにも属しません。見出しを${p.nearest.length === 0 ? '様式のもの' : ` ${p.nearest.map((title) => `「${title}」`).join('、')} など`}に修正するか、ブロックを文章にしてください`,
  ),
  'decision-link': sentence(
    (p: { id: string; link: string }) =>
      `${p.id} links to ${p.link}; expected the record with the same number; correct one of the two`,
    (p) => `${p.id} のリンク先が ${p.link} です。番号が一致するようにどちらかを修正してください`,
  ),
  'criterion-outside': sentence(
    (p: { section: string; chapter: string }) =>
      `found an acceptance criterion below "${p.section}"; expected criteria in the chapter "${p.chapter}" only; move it there, or make "${p.section}" a ### heading of that chapter`,
    (p) =>
      `「${p.section}」の下に受入条件があります。「${p.chapter}」の章へ移すか、「${p.section}」をその章の ### 見出しにしてください`,
  ),
  'unknown-line': sentence(
    (p: { expected: Words | string }) =>
      `this line is not understood; expected ${inLanguage(p.expected, 'en')}; correct it, or move it out of the block`,
    (p) => `この行を解釈できません。想定: ${inLanguage(p.expected, 'ja')}。修正するか、ブロックの外へ移してください`,
  ),
  'strange-character': sentence(
    (p: { found: Words; column: number }) =>
      `column ${p.column} has ${p.found.en}, which misleads about what the line says; expected words and spaces that can be seen; type the place anew`,
    (p) =>
      `${p.column} 文字目に ${p.found.ja} があり、見た目と異なる内容に解釈されます。この箇所を入力し直してください（字下げは半角の空白）`,
  ),
  'unclosed-fence': sentence(
    (_: object) =>
      'this code fence is never closed; expected a closing ``` line; add it after the last line of the block',
    () => 'このコードブロックが閉じられていません。ブロックの最後に ``` の行を追加してください',
  ),
  'not-a-design': sentence(
    (p: { path: string; reason: Words }) =>
      `what was read makes no whole design: \`${p.path}\` is wrong (${p.reason.en}); expected the form's shape here; compare this place with the form`,
    (p) =>
      `読み取った内容が設計として成立しません（\`${p.path}\`: ${p.reason.ja}）。この箇所を様式と見比べて修正してください`,
  ),
} as const;
