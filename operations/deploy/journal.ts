// What a run has been allowed and what it has done, on this machine: whoever interrupts one goes on with `--resume`, and nothing that was
// done is done again.
import * as z from 'zod';
import { environmentKey } from '../../design/schema.ts';

const entrySchema = z.object({
  run: z.string(),
  environment: environmentKey,
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

/** Where its text is kept: a place that is one user's alone, since whoever writes to it approves. */
export interface JournalStore {
  read(): string | undefined;
  write(text: string): void;
  remove(): void;
}

/** A journal. One that cannot be read counts as none: then everything is planned and approved again. */
export function journalIn(store: JournalStore): Journal {
  return {
    read() {
      try {
        return entrySchema.safeParse(JSON.parse(store.read() ?? '')).data;
      } catch {
        return undefined;
      }
    },
    write: (entry) => store.write(JSON.stringify(entry)),
    clear: store.remove,
  };
}
