import { afterEach, expect, test, vi } from 'vitest';
import { problem } from '../../design/problem.ts';
import { printProblems } from './print.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const placeholders = Array.from({ length: 26 }, (_, index) =>
  problem(index + 1, '', 'placeholder', { found: ['[ID]'] }),
);
const wrong = (line: number) => problem(line, '', 'unknown-line', { expected: 'a: b' });

function printed(lenient: boolean, ...problems: Parameters<typeof printProblems>[0]): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text).trimEnd());
    return true;
  });
  printProblems(problems, 'en', lenient);
  return lines;
}

test('the one problem of a form is seen first, and what is forgiven is one line', () => {
  const lines = printed(true, ...placeholders, wrong(100));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('line 100');
  expect(lines[1]).toContain('26');
});

test('what nothing forgives comes first; ten are shown and the others counted', () => {
  const lines = printed(false, ...placeholders, wrong(100), wrong(101));
  expect(lines.map((line) => /line \d+/.exec(line)?.[0])).toEqual([
    ...['line 100', 'line 101'],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((line) => `line ${line}`),
    undefined,
  ]);
  expect(lines.at(-1)).toContain('18');
});
