// Versions of database engines as RDS writes them: `17.7`, of Aurora MySQL `8.0.mysql_aurora.3.08.0`.

/**
 * Below 0 where the first is the older one, 0 where they are alike as far as both say: a template need not name the patch that AWS has
 * brought a cluster to.
 */
export function compareEngineVersions(one: string, other: string): number {
  const theirs = numbersOf(other);
  const differences = numbersOf(one).map((number, place) => number - (theirs[place] ?? number));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** PostgreSQL counts its major versions by the first number, MySQL by the first two. */
export function isSameMajor(engine: string, one: string, other: string): boolean {
  const major = (version: string) => numbersOf(version).slice(0, engine.includes('mysql') ? 2 : 1);
  return major(one).join('.') === major(other).join('.');
}

const numbersOf = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);
