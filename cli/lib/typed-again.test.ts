import { expect, test } from 'vitest';
import { typedAgain } from './typed-again.ts';

test('a printed command repeats each option without which it would do something else, and no other', () => {
  expect(typedAgain({})).toEqual([]);
  expect(typedAgain({ smoke: true, lenient: false })).toEqual([]);
  expect(typedAgain({ lenient: true, allowCode: true, smoke: false, sequential: true })).toEqual([
    '--lenient',
    '--allow-code',
    '--no-smoke',
    '--sequential',
  ]);
});

test('a command within it is one word of a shell', () => {
  expect(typedAgain({ tokenCommand: "echo 'a b'" }).join(' ')).toBe(String.raw`--token-command 'echo '\''a b'\'''`);
});
