// Reads a file that a person or a repository names. It may be anything: a pipe that nobody writes to, a device without an end, a disk image.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { sayings } from './messages/said.ts';
import { sentence } from './messages/sentence.ts';
import { Refusal } from './refusal.ts';

const said = sayings({
  noFile: sentence(
    ({ file, kind }: { file: string; kind: Kind }) => `${file} is ${kind.en}; expected a file; name one`,
    ({ file, kind }) => `${file} は${kind.ja}です。ファイルを指定してください`,
  ),
  tooLarge: sentence(
    ({ file, bytes, limit }: { file: string; bytes: number; limit: number }) =>
      `${file} has ${bytes > limit ? `${bytes} bytes` : 'more'}; expected at most ${limit} bytes; name a smaller file`,
    ({ file, bytes, limit }) =>
      `${file} は${bytes > limit ? `${bytes} バイト` : '上限を超える大きさ'}です（上限: ${limit} バイト）。小さいファイルを指定してください`,
  ),
  noText: sentence(
    ({ file, line }: { file: string; line: number }) =>
      `${file}, line ${line}: bytes that are no UTF-8; expected text in UTF-8; save it as UTF-8`,
    ({ file, line }) => `${file} の ${line} 行目に UTF-8 でないバイトがあります。UTF-8 で保存してください`,
  ),
});

/**
 * The bytes of a file, of which no more than `limit` and one are ever read.
 * @throws Refusal when it is no file or larger; what the system says when it is not there or not to be read
 */
export function readBytes(file: string, limit: number): Buffer {
  // Before it is opened, since opening alone can wait or set something off; and again after, since it may be another one by then.
  refuseOthers(file, statSync(file));
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    refuseOthers(file, stats);
    if (stats.size > limit) throw new Refusal(said.tooLarge({ file, bytes: stats.size, limit }));
    // The size of a file that the kernel makes is 0, and a file may grow: what counts is what comes.
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.min(65_536, limit + 1 - length));
      const count = readSync(handle, chunk, 0, chunk.length, null);
      if (count === 0) return Buffer.concat(chunks);
      length += count;
      if (length > limit) throw new Refusal(said.tooLarge({ file, bytes: stats.size, limit }));
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * The text of a file in UTF-8.
 * @param limit bytes
 * @throws Refusal as `readBytes` does, and when it is no UTF-8
 */
export function readText(file: string, limit: number): string {
  const bytes = readBytes(file, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // A decoder that goes on puts its first U+FFFD where the other one stopped, or the text has one of its own before that.
    const line =
      bytes
        .toString('utf8')
        .split('\uFFFD', 1)[0]
        ?.split(/\r\n|\r|\n/).length ?? 1;
    throw new Refusal(said.noText({ file, line }));
  }
}

function refuseOthers(file: string, stats: Stats): void {
  const found = others.find(({ is }) => is(stats));
  if (found !== undefined || !stats.isFile()) {
    const { en, ja } = found ?? { en: 'no file', ja: 'ファイル以外' };
    throw new Refusal(said.noFile({ file, kind: { en, ja } }));
  }
}

interface Kind {
  readonly en: string;
  readonly ja: string;
}

const others: readonly (Kind & { readonly is: (stats: Stats) => boolean })[] = [
  { is: (stats) => stats.isDirectory(), en: 'a directory', ja: 'ディレクトリ' },
  { is: (stats) => stats.isFIFO(), en: 'a pipe', ja: 'パイプ' },
  { is: (stats) => stats.isSocket(), en: 'a socket', ja: 'ソケット' },
  { is: (stats) => stats.isCharacterDevice() || stats.isBlockDevice(), en: 'a device', ja: 'デバイス' },
];
