// `hashira document`: the design document written back from the templates that it gives, or held against what is on disk.
import { lstatSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { documentBytes } from '../../../design/file-check.ts';
import type { Language } from '../../../design/problem.ts';
import { readSource } from '../build/build.ts';
import { criteriaCatalogues } from '../criteria/messages.ts';
import { ownJudges } from '../criteria/own-judges.ts';
import { readNamedFile } from '../document-file.ts';
import { print, printAside, writeText } from '../output.ts';
import { replaceFile } from '../replace-file.ts';
import { UsageError } from '../usage-error.ts';
import { documented } from './documented.ts';
import { documentCatalogues } from './messages.ts';

export interface DocumentOptions {
  readonly write?: boolean;
  readonly out?: string;
  readonly check?: boolean;
  readonly lang?: Language;
  readonly lenient?: boolean;
  readonly allowCode?: boolean;
}

/** Exit code 0: written or up to date; 1: stale, or a line that the templates deny; 2: refused, nothing written. */
export async function document(name: string | undefined, options: DocumentOptions): Promise<number> {
  const { write = false, out, check = false, lenient = false, allowCode = false } = options;
  const asked = documentCatalogues[options.lang ?? 'en'];
  if (write && (check || out !== undefined)) throw new UsageError(asked.exclusive);
  const source = readSource(name, { lenient, lang: options.lang });
  if (source === undefined) return 2;
  const say = documentCatalogues[source.lang];
  const own = name ?? source.file.name;
  const target = out ?? own;
  // The language of a document is Japanese: its form is.
  const isRendering = options.lang === 'en';
  const isItself = resolve(target) === resolve(own);
  if (isRendering && isItself && (write || check || out !== undefined)) throw new UsageError(say.noOverwrite(own));
  if (!check && out !== undefined && !isItself) refuseOther(out, source.file.content, say);
  const { judges, notRun } = ownJudges(source.design, process.cwd(), allowCode);
  if (notRun.length > 0) printAside(criteriaCatalogues[source.lang].notRun(notRun));
  const { content, denied } = await documented(source.file.content, {
    lenient,
    isRendering,
    judges,
  });
  if (check) return compare(target, content, source.lang);
  if (write || out !== undefined) put(target, content, source.lang);
  else writeText(content);
  if (denied.length === 0) return 0;
  printAside(say.denied(denied.length));
  for (const { line, stated, built } of denied) printAside(`  ${line}: ${stated.trim()} → ${built.trim()}`);
  return 1;
}

/** How many differences are shown. */
const shown = 5;

function compare(target: string, content: string, lang: Language): number {
  const say = documentCatalogues[lang];
  const disk = readNamedFile(target, documentBytes, lang);
  if (disk === content) {
    print(say.current(displayed(target)));
    return 0;
  }
  const [old, fresh] = [disk.split('\n'), content.split('\n')];
  const longest = Math.min(old.length, fresh.length);
  let first = 0;
  while (first < longest && old[first] === fresh[first]) first++;
  let last = 0;
  while (last < longest - first && old.at(-1 - last) === fresh.at(-1 - last)) last++;
  const [gone, come] = [old.slice(first, old.length - last), fresh.slice(first, fresh.length - last)];
  const rows = Array.from({ length: Math.max(gone.length, come.length) }, (_, row) => row);
  printAside(say.stale(displayed(target), rows.length));
  for (const row of rows.filter((row) => gone[row] !== come[row]).slice(0, shown)) {
    printAside(`${displayed(target)}:${first + row + 1}`);
    printAside(`  ${say.onDisk}: ${gone[row] ?? say.nothing}`);
    printAside(`  ${say.generated}: ${come[row] ?? say.nothing}`);
  }
  return 1;
}

function put(target: string, content: string, lang: Language): void {
  const say = documentCatalogues[lang];
  try {
    replaceFile(target, content);
  } catch (error) {
    throw new UsageError(say.unwritable(target, error));
  }
  printAside(say.written(displayed(target)));
}

/** @throws UsageError when the file that would be replaced is not this document, as its front matter shows */
function refuseOther(target: string, content: string, say: (typeof documentCatalogues)[Language]): void {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const idOf = (text: string) => /^id: *(\S.*)$/m.exec(text.slice(0, longestFrontMatter))?.[1];
  const id = idOf(content);
  const isIt =
    stats.isFile() && stats.size <= documentBytes && id !== undefined && idOf(readFileSync(target, 'utf8')) === id;
  if (!isIt) throw new UsageError(say.notTheDocument(displayed(target)));
}

/** Characters. */
const longestFrontMatter = 10_000;

const displayed = (file: string): string => relative(process.cwd(), file) || file;
