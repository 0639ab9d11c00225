// The words of the project hold together: every criterion has a requirement that wants it, every deviation a decision, and the index of
// the decisions has all of them.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decisionRecord } from './cli/docs/decision-index.ts';
import { readDesign } from './design/read-design.ts';

const story = 'specs/stories/WEB-001-web-platform';
const read = (file: string) => readFileSync(file, 'utf8');
const requirements = read(`${story}/requirements.md`);
const criteria = readDesign(read(`${story}/design.md`)).design?.criteria ?? [];
const records = globSync('specs/adr/*-adr-*.md').sort();

/** Ids in a text; `MON-4…6` and `AC-PERF-1…3` are all that they span. */
function idsIn(text: string): ReadonlySet<string> {
  const found = [...text.matchAll(/\b((?:AC-)?[A-Z]+)-(\d+)([a-z]?)(?:…(\d+))?/g)];
  return new Set(
    found.flatMap(([, family, first, letter, last]) =>
      last === undefined
        ? [`${family}-${first}${letter}`]
        : Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${family}-${Number(first) + index}`),
    ),
  );
}

/** Cells of the rows of a table below a heading, without its head. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const section = requirements.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the requirements', () => {
  const sentences = [...requirements.matchAll(/^- \*\*(R-\d+[a-z]?) [^*]+\*\* \((.+?)\): (.+)$/gm)];
  const trace = rowsBelow('追跡');

  test('are sentences of EARS, each of the form of its pattern', () => {
    const forms: Readonly<Record<string, RegExp>> = {
      遍在型: /^基盤は、.+こと$/,
      契機型: /^.+とき、基盤は.+こと$/,
      状態型: /^.+間、基盤は.+こと$/,
      選択型: /^もし.+場合、基盤は.+こと$/,
      不測型: /^もし.+場合、基盤は.+こと$/,
    };
    expect(sentences.length).toBe([...requirements.matchAll(/^- \*\*R-/gm)].length);
    const wrong = sentences.filter(([, , pattern = '', text = '']) => forms[pattern]?.test(text) !== true);
    expect(wrong.map(([, id]) => id)).toEqual([]);
  });

  test('are traced, each in one row', () => {
    expect(trace.map(([id]) => id)).toEqual(sentences.map(([, id]) => id));
  });

  test('want every criterion of the design, and no criterion that it does not have', () => {
    const wanted = new Set(trace.flatMap(([, found = '']) => [...idsIn(found)]));
    expect([...wanted].sort()).toEqual(criteria.map(({ id }) => id).sort());
  });

  test('are each held by a criterion or by something else that is named', () => {
    expect(trace.filter(([, judged, , other]) => judged === '–' && other === '–')).toEqual([]);
  });

  const shared = '../shared/requirements.md';
  test.skipIf(!existsSync(shared))('are carried out by every part of the document that the project knows', () => {
    const known = [...read(shared).matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, id]) => id ?? '');
    const traced = new Set(trace.flatMap(([, , parts = '']) => [...idsIn(parts)]));
    expect(known.filter((id) => !traced.has(id))).toEqual([]);
  });
});

/** What the platform does otherwise than the document, by requirement. */
const deviations = [
  ...['ARC-6', 'STK-6', 'STK-7', 'STK-8', 'SG-3', 'NET-6', 'IAM-5', 'MON-11', 'MON-12', 'MON-13', 'BKP-2a', 'BKP-4a'],
  ...['DR-7', 'COST-3', 'TST-3', 'DEP-4', 'RBK-1', 'RBK-2'],
  ...['AC-SEC-1', 'AC-SEC-3', 'AC-SEC-7', 'AC-REL-1', 'AC-REL-2', 'AC-REL-5', 'AC-PERF-3', 'AC-COST-1'],
];

describe('the decisions', () => {
  const texts = new Map(records.map((file) => [file, decisionRecord(read(file))]));
  const of = (file: string) => {
    const record = texts.get(file);
    if (record === undefined) throw new Error(file);
    return record;
  };

  test.each(deviations)('%s, which is built otherwise than it is written, has one', (id) => {
    // Of all sentences of the criteria at once, one record says how they are read: where it speaks of this one counts.
    const named = records.filter((file) => idsIn(of(file).requirements).has(id) || of(file).body.includes(`| ${id} |`));
    expect(named).not.toEqual([]);
  });

  const shared = '../shared/requirements.md';
  test.skipIf(!existsSync(shared))('are asked for here wherever a requirement speaks of a deviation', () => {
    const rows = [...read(shared).matchAll(/^\| ([A-Z]+-\d+[a-z]?) \|.*deviation/gim)].map(([, id]) => id ?? '');
    expect(rows.filter((id) => !deviations.includes(id))).toEqual([]);
  });

  test('have a number of their own, the story’s front matter and a summary in Japanese (DOC-1, DOC-7)', () => {
    const design = readDesign(read(`${story}/design.md`)).design;
    for (const file of records) {
      const { number, id, feature, based_on, body } = of(file);
      expect(file).toBe(`specs/adr/infra-${design?.id}-${design?.feature}-adr-${number}.md`);
      expect({ id, feature, based_on }).toEqual({
        id: design?.id,
        feature: design?.feature,
        based_on: `${story}/design.md`,
      });
      expect(body).toMatch(/^\n# ADR-.*\n\n> 要約: .*[\u3041-\u3093]/);
    }
  });

  test('weigh at least three options with their cost, decide, and say what follows, within two pages', () => {
    const wrong = records.filter((file) => {
      const { body } = of(file);
      const chapters = [...body.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].map(
        ([, title = '', text = '']) => ({ title, text }),
      );
      // A record may weigh two things, each by itself.
      const weighed = chapters.filter(({ title }) => title.startsWith('Options'));
      const isWeighed = weighed.every(({ text }) => {
        const rows = [...text.matchAll(/^\| (?:\*\*)?[A-Za-z]\. .*$/gm)].map(([row]) =>
          row.split(/(?<!\\)\|/).slice(1, -1),
        );
        return (
          rows.length >= 3 && rows.every((cells) => cells.length === 3 && cells.every((cell) => cell.trim() !== ''))
        );
      });
      const order = ['Context', 'Options', 'Decision', 'Consequences'].map((words) =>
        chapters.findIndex(({ title }) => title.startsWith(words)),
      );
      const isWhole = order.every((place, index) => place >= 0 && place > (order[index - 1] ?? -1));
      // A page of text has some 400 words.
      return !isWeighed || !isWhole || body.split(/\s+/).length > 800;
    });
    expect(wrong).toEqual([]);
  });

  test('are related to those that they name, and to no other', () => {
    for (const file of records) {
      const { number, body, related_adr } = of(file);
      const named = new Set([...body.matchAll(/\bADR-(\d{3})\b/g)].map(([, other]) => other));
      named.delete(number);
      const files = [...named].sort().map((other) => file.replace(/\d{3}\.md$/, `${other}.md`));
      expect([file, related_adr]).toEqual([file, files]);
    }
  });
});

test('every file that the design document refers to is there', () => {
  // Links in text are followed with those of all documents; these stand as `- [title]: target`, counted from the project's root.
  const targets = [...read(`${story}/design.md`).matchAll(/^- \[[^\]]+\]: (?!https?:)(\S+)$/gm)].map(
    ([, target]) => target ?? '',
  );
  expect(targets).not.toEqual([]);
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});
