// Finds the names that somebody may have meant.

/** What of a name is compared; no name that a document needs is longer, and the time grows with the product of two lengths. */
const compared = 60;

/** The known names that a word may stand for: those within a third of its letters, the nearest first, at most `count`. */
export function guesses(word: string, known: readonly string[], count = 3): string[] {
  const most = (name: string) => Math.floor(Math.max(word.length, name.length) / 3);
  const likely = known.filter((name) => Math.abs(name.length - word.length) <= most(name));
  return nearest(word, likely, count).filter((name) => distance(word.toLowerCase(), name.toLowerCase()) <= most(name));
}

/** The names to offer in the place of an unknown one: those that it may stand for, or, where none is near, the first that are known. */
export function offered(word: string, known: readonly string[], count = 3): string[] {
  const near = guesses(word, known, count);
  return near.length > 0 ? near : known.slice(0, count);
}

/** The known names nearest to a word, by letters to change, at most `count`. */
export function nearest(word: string, known: readonly string[], count = 3): string[] {
  return known
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** The numbers nearest to one, in their order. */
export function nearestNumbers(number: number, known: readonly number[], count = 3): number[] {
  return known
    .toSorted((one, other) => Math.abs(one - number) - Math.abs(other - number))
    .slice(0, count)
    .toSorted((one, other) => one - other);
}

/** Letters to change in the beginnings of two names, and by how much more the one is longer. */
function distance(one: string, other: string): number {
  const surplus = Math.abs(Math.max(one.length, compared) - Math.max(other.length, compared));
  return surplus + editDistance(one.slice(0, compared), other.slice(0, compared));
}

/** Letters to insert, delete or change (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
