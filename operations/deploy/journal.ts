// What a run has been allowed and what it has done, on this machine: whoever interrupts one goes on with `--resume`, and nothing that was
// done is done again.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { environments } from '../../design/schema.ts';

const entrySchema = z.object({
  run: z.string(),
  environment: z.enum(environments),
  account: z.string(),
  /** Milliseconds since 1970. */
  started: z.number(),
  digest: z.string(),
  onFailure: z.enum(['keep', 'restore']),
  /** SHA-256 of the templates that were approved, by stack: others need another approval. */
  approved: z.record(z.string(), z.string()),
  /** The grave ones among the changes that were approved, as `risksOf` writes them. */
  risks: z.array(z.string()),
  /** Ids of stacks whose turn is over. */
  done: z.array(z.string()),
  /** Ids of stacks whose turn has come: the run has changed them, or may have. */
  begun: z.array(z.string()),
  /** Names of migrations that were begun. */
  ran: z.array(z.string()),
  migrated: z.boolean(),
});

export type JournalEntry = z.infer<typeof entrySchema>;

export interface Journal {
  read(): JournalEntry | undefined;
  write(entry: JournalEntry): void;
  clear(): void;
}

/** A journal in a file. One that cannot be read counts as none: then everything is planned and approved again. */
export function fileJournal(file: string): Journal {
  return {
    read() {
      if (!existsSync(file)) return undefined;
      try {
        return entrySchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
      } catch {
        return undefined;
      }
    },
    write(entry) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(entry));
      renameSync(`${file}.new`, file);
    },
    clear: () => rmSync(file, { force: true }),
  };
}
