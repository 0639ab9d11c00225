// Ways to spoil a document, for the tests that throw thousands of spoilt ones at the reader.
import fc from 'fast-check';

/** Turns the lines of a document into those of a worse one. */
export type Mutation = (lines: readonly string[]) => readonly string[];

/** What a slip of the keyboard, an editor or a copy from elsewhere puts into a line. */
const characters = [
  ...'0123456789aZ-_:：()（）[]{}`#|│├└─\t $%,、.><=×/"\'*&!@あ本。日',
  '\u0000',
  '\uFEFF',
  '\uFFFD',
  '\u{1F600}',
];

/** A place in something whose length is known only when the mutation is carried out. */
const somewhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const placeIn = (where: number, length: number): number => Math.floor(where * length);

const deleted = fc.record({ where: somewhere, count: fc.integer({ min: 1, max: 3 }) }).map(
  ({ where, count }): Mutation =>
    (lines) =>
      lines.toSpliced(placeIn(where, lines.length), count),
);

const doubled = somewhere.map(
  (where): Mutation =>
    (lines) => {
      const at = placeIn(where, lines.length);
      return lines.toSpliced(at, 0, ...lines.slice(at, at + 1));
    },
);

const moved = fc.tuple(somewhere, somewhere).map(
  ([from, to]): Mutation =>
    (lines) => {
      const at = placeIn(from, lines.length);
      return lines.toSpliced(at, 1).toSpliced(placeIn(to, lines.length), 0, ...lines.slice(at, at + 1));
    },
);

const changed = fc
  .record({
    where: somewhere,
    column: somewhere,
    removed: fc.integer({ min: 0, max: 1 }),
    written: fc.constantFrom('', ...characters),
  })
  .map(
    ({ where, column, removed, written }): Mutation =>
      (lines) => {
        const at = placeIn(where, lines.length);
        const line = lines[at] ?? '';
        const start = placeIn(column, line.length + 1);
        return lines.with(at, `${line.slice(0, start)}${written}${line.slice(start + removed)}`);
      },
  );

/** One to three slips. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(deleted, doubled, moved, { arbitrary: changed, weight: 3 }),
  { minLength: 1, maxLength: 3 },
);
