/** Something about the call itself is wrong (a file, an option); told in one sentence, exit code 2. */
export class UsageError extends Error {}
