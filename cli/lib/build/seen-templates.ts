// What the schema validator said of templates in earlier builds, in this user's cache: it takes seconds, and says the same of the same
// template again. Whatever is wrong with the file, a build goes on as if nothing had been seen.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod';
import type { SeenTemplates } from '../../../infrastructure/lib/schema-validation/validate-templates.ts';
import { type Violation, violationShape } from '../../../infrastructure/lib/schema-validation/violation.ts';
import { makeFolders, readPrivate, writePrivate } from '../../../local/machine/private-files.ts';

/** Templates that are remembered at most, those seen last: some twenty documents with three environments. */
const most = 1_000;
const fileShape = z.array(z.tuple([z.string(), z.array(violationShape)]));

/**
 * The templates of `hashira/validated-templates.json` in `$XDG_CACHE_HOME`, else in `~/.cache` (XDG Base Directory Specification);
 * `undefined` where `HASHIRA_CACHE=off` says that every build is to look for itself.
 */
export function openSeenTemplates(variables: NodeJS.ProcessEnv = process.env): SeenTemplates | undefined {
  const { XDG_CACHE_HOME: stated = '', HASHIRA_CACHE: use } = variables;
  if (use === 'off') return undefined;
  const folder = join(isAbsolute(stated) ? stated : join(homedir(), '.cache'), 'hashira');
  const file = join(folder, 'validated-templates.json');
  const seen = read(file);
  return {
    isEmpty: seen.size === 0,
    find: (digest) => seen.get(digest),
    keep(entries) {
      if ([...entries.keys()].every((digest) => seen.has(digest))) return;
      // Another build may have written meanwhile.
      const all = read(file);
      for (const [digest, violations] of entries) {
        all.delete(digest);
        all.set(digest, violations);
      }
      try {
        makeFolders(folder, 0o700);
        writePrivate(file, JSON.stringify([...all].slice(-most)));
      } catch {
        // A build without a place to remember is slower and no worse.
      }
    },
  };
}

function read(file: string): Map<string, readonly Violation[]> {
  try {
    return new Map(fileShape.parse(JSON.parse(readPrivate(file) ?? '[]')));
  } catch {
    return new Map();
  }
}
