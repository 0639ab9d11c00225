// What `hashira document` says to a person, in both languages. What it writes into a document has words of its own (proof/document).
import type { Language } from '../../../design/problem.ts';
import { reasonIn } from '../../../design/refusal.ts';

const english = {
  exclusive: '--write goes with neither --check nor --out; choose one',
  noOverwrite: (file: string) =>
    `${file} is what the platform is built from, and the English rendering cannot be read back; give another --out`,
  notTheDocument: (file: string) =>
    `${file} is there and is not this document (another id in its front matter, a link, or no file); nothing was written; remove it, or choose another file`,
  unwritable: (file: string, error: unknown) => `cannot write ${file}: ${reasonIn(error, 'en')}`,
  written: (file: string) => `written: ${file}`,
  current: (file: string) => `${file} is up to date`,
  stale: (file: string, count: number) =>
    `${file} is stale, from its first difference to its last ${count} line${count === 1 ? '' : 's'}; write it anew with: hashira document --write`,
  onDisk: 'on disk',
  generated: 'from the templates',
  nothing: '(no line)',
  denied: (count: number) =>
    `${count} line${count === 1 ? ' is' : 's are'} not what the templates say; shown as built, and named below the section:`,
};

type DocumentMessages = typeof english;

const japanese: DocumentMessages = {
  exclusive: '--write は --check や --out と同時に指定できません。どれか一つにしてください',
  noOverwrite: (file) => `${file} は構築の入力で、英語版は読み戻せません。別の --out を指定してください`,
  notTheDocument: (file) =>
    `${file} にはこの設計書でないもの（フロントマターの id が異なるファイル、リンクなど）があります。何も書き込んでいません。削除するか、別のファイルを指定してください`,
  unwritable: (file, error) => `${file} に書き込めません: ${reasonIn(error, 'ja')}`,
  written: (file) => `書込先: ${file}`,
  current: (file) => `${file} は最新です`,
  stale: (file, count) =>
    `${file} は古くなっています（最初の違いから最後の違いまで ${count} 行）。hashira document --write で書き直してください`,
  onDisk: 'ファイル',
  generated: 'テンプレートから',
  nothing: '（行なし）',
  denied: (count) => `${count} 行がテンプレートと違います。行には構築されるものを書き、節の末尾に違いを示しました:`,
};

export const documentCatalogues: Readonly<Record<Language, DocumentMessages>> = { ja: japanese, en: english };
