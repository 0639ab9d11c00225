// The reader's work grows with a document's lines and no faster, whatever kind of line there are many of. Steps are counted, no time.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { edit, ownDocument } from './testing/documents.ts';
import { grown } from './testing/grown.ts';

const counter = fileURLToPath(new URL('testing/count-steps.ts', import.meta.url));

/** The steps in which each document is read. */
function stepsOf(documents: readonly string[]): readonly number[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [counter], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const below = (heading: string, text: string): string => edit(ownDocument, `${heading}\n`, `${heading}\n${text}`);

/** The document with rules more in a group, every other port. */
const withRules = (text: string, group: string, direction: string, count: number, peer: string): string =>
  edit(
    text,
    new RegExp(`(?<=\\(${group}\\):\\n(?:  .*\\n)*?  ${direction}:\\n)`),
    times(count, (index) => `    - Protocol: UDP, Port: ${2 * index + 10_000}, ${peer}, Description: "a"`),
  );

const kinds: Readonly<Record<string, (count: number) => string>> = {
  'lines of every kind': grown,
  headings: (count) => below('## 概要', `\n${times(count, (index) => `### 節 ${index}\n`)}`),
  'headings that nearly are the form’s': (count) => below('## 概要', `\n${times(count, () => '### VPC 設 計 書\n')}`),
  captions: (count) => below('## 概要', `\n${times(count, (index) => `**注 ${index}**\n`)}`),
  tables: (count) => below('## 概要', `\n${times(count, (index) => `| 列 ${index} |\n|---|\n| 値 |\n`)}`),
  'rows of a table': (count) =>
    below(
      '## 概要',
      `\n### ログ保持設計\n\n| ログ | 本番環境 |\n|---|---|\n${times(count, (index) => `| 種類 ${index} | 7日 |`)}`,
    ),
  blocks: (count) => below('## 概要', `\n${times(count, () => '```text\na: b\n```\n')}`),
  'unknown lines of a block': (count) =>
    edit(ownDocument, '環境別ログ保持:\n', `環境別ログ保持:\n${times(count, (index) => `    - 種類 ${index}: 7日`)}`),
  'lines said twice': (count) =>
    edit(ownDocument, '環境別ログ保持:\n', `環境別ログ保持:\n${times(count, () => '    本番環境:')}`),
  'rules of a group': (count) => withRules(ownDocument, 'alb-sg', 'Ingress', count, 'Source: 10.0.0.0/16'),
  'rules between two groups': (count) =>
    withRules(
      withRules(ownDocument, 'alb-sg', 'Egress', count / 2, 'Destination: ECS Security Group'),
      'ecs-sg',
      'Ingress',
      count / 2,
      'Source: ALB Security Group',
    ),
  comments: (count) => below('## 概要', `\n${times(count, () => '<!-- a -->')}`),
  placeholders: (count) => below('## 概要', `\n${times(count, () => '[ID] と [機能名]')}`),
};

const sizes = [500, 1000, 2000];
let counted: readonly number[] = [];
beforeAll(() => {
  counted = stepsOf([ownDocument, ...Object.values(kinds).flatMap((document) => sizes.map(document))]).slice(1);
});

test.each(Object.keys(kinds).map((kind, index) => ({ kind, index })))(
  'twice as many $kind take no more than their share of steps',
  ({ index }) => {
    const [few = 0, some = 0, many = 0] = counted.slice(sizes.length * index);
    // A step more for each line at the least, or the lines were not looked at.
    expect(some - few).toBeGreaterThan(500);
    // Sorting takes 2.2 times as many, and what grows with the square four times.
    expect((many - some) / (some - few)).toBeLessThan(2.5);
  },
);
