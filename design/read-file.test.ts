import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBytes, readText } from './read-file.ts';
import { Refusal, reasonIn } from './refusal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hashira-files-'));
const at = (name: string) => join(folder, name);
const socket = createServer();

beforeAll(async () => {
  mkdirSync(at('directory'));
  execFileSync('mkfifo', [at('pipe')]);
  for (const [link, to] of [
    ['endless', '/dev/zero'],
    ['null', '/dev/null'],
    ['piped', at('pipe')],
    ['loop', at('loop')],
    ['folder', at('directory')],
  ] as const)
    symlinkSync(to, at(link));
  // A gigabyte that takes no room.
  writeFileSync(at('huge'), '');
  truncateSync(at('huge'), 2 ** 30);
  await new Promise<void>((done) => socket.listen(at('socket'), done));
});
afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true });
});

function refusal(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('what is no file is refused at once, in both languages', () => {
  test.each([
    ['directory', 'a directory', 'ディレクトリ'],
    ['folder', 'a directory', 'ディレクトリ'],
    ['pipe', 'a pipe', 'パイプ'],
    ['piped', 'a pipe', 'パイプ'],
    ['endless', 'a device', 'デバイス'],
    ['null', 'a device', 'デバイス'],
    ['socket', 'a socket', 'ソケット'],
  ])('%s', (name, en, ja) => {
    const { said } = refusal(() => readText(at(name), 10));
    expect(said.en).toContain(`${at(name)} is ${en}`);
    expect(said.ja).toContain(`${at(name)} は${ja}`);
  });
  test('and a link in a circle is what the system calls it', () => {
    expect(() => readText(at('loop'), 10)).toThrow('ELOOP');
    expect(() => readText(at('nowhere'), 10)).toThrow('ENOENT');
  });
  test('and the system is quoted in both languages', () => {
    const fault = Object.assign(new Error('Node'), { code: 'ENOENT', path: at('nowhere') });
    expect(reasonIn(fault, 'en')).toBe(`no such file or directory (ENOENT: ${at('nowhere')})`);
    expect(reasonIn(fault, 'ja')).toBe(`ファイルまたはディレクトリがありません（ENOENT: ${at('nowhere')}）`);
    expect(reasonIn(new TypeError('fetch failed', { cause: fault }), 'ja')).toBe(reasonIn(fault, 'ja'));
    expect(reasonIn(new Error('other'), 'ja')).toBe('other');
  });
});

describe('no more is read than the limit and one byte', () => {
  test('of a gigabyte', () => {
    const before = process.memoryUsage().rss;
    expect(refusal(() => readBytes(at('huge'), 1000)).said.en).toContain(
      'has 1073741824 bytes; expected at most 1000 bytes',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
  });
  test('of a file that the kernel makes, whose size is not known', () => {
    expect(refusal(() => readBytes('/proc/self/maps', 100)).said.en).toContain('has more; expected at most 100 bytes');
    expect(readText('/proc/self/comm', 100)).not.toBe('');
  });
  test.each([0, 1, 65_535, 65_536, 65_537, 200_000])('a file of just %d bytes is read whole', (size) => {
    writeFileSync(at('file'), 'x'.repeat(size));
    expect(readText(at('file'), size)).toBe('x'.repeat(size));
    if (size > 0) refusal(() => readText(at('file'), size - 1));
  });
});

describe('what is no UTF-8 is refused with its line', () => {
  test.each<[string, Buffer, number]>([
    ['Shift_JIS', Buffer.from([0x41, 0x0a, 0x93, 0xfa]), 2],
    ['UTF-16', Buffer.from('\uFEFFid', 'utf16le'), 1],
    ['half a character', Buffer.from([0x0d, 0x0a, 0x0d, 0xe6, 0x97]), 3],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), 1],
    ['more than Unicode has', Buffer.from([0xf5, 0x80, 0x80, 0x80]), 1],
  ])('%s', (_, bytes, line) => {
    writeFileSync(at('bytes'), bytes);
    const { said } = refusal(() => readText(at('bytes'), 100));
    expect(said.en).toContain(`line ${line}: bytes that are no UTF-8`);
    expect(said.ja).toContain(`${line} 行目`);
  });
  test('and a byte order mark and U+FFFD are text', () => {
    writeFileSync(at('bytes'), '\uFEFFa\uFFFD');
    expect(readText(at('bytes'), 100)).toBe('\uFEFFa\uFFFD');
  });
});
