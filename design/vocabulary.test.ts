// The words of the parts are two-way: each name of a term reads as the form's own word does, and a value that is written reads as itself.
import { expect, test } from 'vitest';
import { namesOf } from './parts/term.ts';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';
import { valueAt } from './testing/figures.ts';
import { vocabularies, withValue } from './vocabulary.ts';

const source = ownDocument.split('\n');
const own = readDesign(ownDocument);

const escaped = (words: string) => words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Lines that have a word as their whole label, their whole value or all of their last brackets, with another in its place. */
function withWord(part: string, word: string, other: string): { readonly text: string; readonly count: number } {
  const places = [
    new RegExp(String.raw`(?<=^[\s│├└─*-]*)${escaped(word)}(?=(?:\*\*)?[:：])`),
    new RegExp(String.raw`(?<=[:：]\s*)${escaped(word)}$`),
    // Elsewhere brackets hold remarks.
    ...(['dashboard', 'role'].includes(part) ? [new RegExp(`(?<=[(（])${escaped(word)}(?=[)）]$)`)] : []),
    new RegExp(String.raw`(?<=^- \[.\] \*\*[\w-]+\*\* ?[(（])${escaped(word)}(?=[)）][:：])`),
  ];
  let count = 0;
  const text = source.map((line) => {
    const place = places.find((one) => one.test(line));
    if (place === undefined || line.startsWith('#')) return line;
    count += 1;
    return line.replace(place, () => other);
  });
  return { text: text.join('\n'), count };
}

/** What a design says beside its environments' own titles and the labels of savings, which are kept as they are written. */
const saying = ({ design }: typeof own) =>
  design && {
    ...design,
    environments: design.environments.map((one) => ({ ...one, title: '' })),
    cost: { ...design.cost, savings: [] },
  };

const terms = Object.entries(vocabularies).flatMap(([part, { terms: all }]) =>
  all.flatMap((term) => namesOf(term).flatMap((name) => (name === term.ja ? [] : [{ part, ja: term.ja, name }]))),
);

test.each(terms)('$part: $name reads as $ja', ({ part, ja, name }) => {
  const { text } = withWord(part, ja, name);
  const read = readDesign(text);
  expect(read.problems.map(({ line, message }) => `${line} ${message.en}`)).toEqual([]);
  expect(saying(read)).toEqual(saying(own));
});

test('most of the words stand in the project’s document', () => {
  const found = terms.filter(({ part, ja, name }) => withWord(part, ja, name).count > 0);
  expect(found.length / terms.length).toBeGreaterThan(0.7);
});

test.each<[path: string, value: unknown]>([
  ['inputs.owner', 'operations'],
  ['stacks.0.purpose', 'another purpose'],
  ['alarms.0.periodSeconds', 600],
  ['alarms.0.evaluationPeriods', 3],
  ['logs.production.application', 120],
  ['logs.production.albAccess', 91],
  ['logs.staging.cloudTrail', 14],
  ['dashboards.0.widgets.0', { kind: 'bar' }],
  ['backup.aurora.retentionDays.production', 8],
  ['backup.aurora.weeklySnapshot', { weekday: 'TUE', time: '04:30' }],
  ['backup.s3.transitions.0', { storageClass: 'INTELLIGENT_TIERING', afterDays: 31 }],
  ['backup.cache.retentionDays.production', 9],
  ['requestsPerSecond', 250],
  ['sizes.production.task.cpu', 512],
  ['sizes.production.functions.memoryMiB', 1024],
  ['sizes.production.aurora.instanceClass', 'db.r6g.xlarge'],
  ['sizes.production.aurora.instances', 3],
  ['sizes.production.cache.nodes', 3],
  ['securityGroups.0.ingress.0', { protocol: 'udp', ports: '443', description: 'QUIC' }],
  ['alarms.0.warning', { times: 1.5 }],
  ['alarms.0.critical', { comparison: '>=' }],
])('%s is written on its line and read again', (path, value) => {
  const line = own.lines.find(({ statements }) => statements.some((one) => one.path === path));
  const written = withValue(
    line?.text ?? '',
    path,
    typeof value === 'object' && value && 'kind' in value ? value.kind : value,
  );
  const { design } = readDesign(source.with((line?.number ?? 0) - 1, written ?? '').join('\n'));
  const { ports: _, times, ...parts } = (typeof value === 'object' ? value : {}) as Record<string, unknown>;
  if (typeof value !== 'object') expect(valueAt(design, path)).toBe(value);
  else if (typeof times === 'number') {
    expect(valueAt(design, `${path}.value`)).toBe(times * Number(valueAt(own.design, `${path}.value`)));
  } else expect(valueAt(design, path)).toMatchObject(parts);
});
