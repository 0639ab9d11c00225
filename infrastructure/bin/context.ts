// What the CDK CLI gives an app: its context, and the document that it names. Refusals are said in the document's language; before that is
// known in the one of `-c lang=ja`, or in English.
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { documentBytes } from '../../design/file-check.ts';
import { inLanguage, type Words } from '../../design/messages/words.ts';
import type { Language } from '../../design/problem.ts';
import { readDesign } from '../../design/read-design.ts';
import { readText } from '../../design/read-file.ts';
import { reasonsOf } from '../../design/refusal.ts';
import type { Design } from '../../design/schema.ts';
import { showLine } from '../../design/show.ts';
import { refusals } from '../lib/refusals.ts';

/** The CLI gives context as text, `cdk.json` also as booleans. */
export function contextText(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return value === undefined || value === '' ? undefined : String(value);
}

interface Understood {
  readonly design: Design;
  /** The document's. */
  readonly language: Language;
}

/** The design of the document that `-c design=PATH` names, or of the only one in the repository; or the end. */
export function understood(app: App): Understood {
  const asked: Language = contextText(app, 'lang') === 'ja' ? 'ja' : 'en';
  const lenient = contextText(app, 'lenient') === 'true';
  const file = contextText(app, 'design') ?? onlyDocument(asked);
  const content = contentOf(file, asked);
  const language = /[\u3041-\u30fa]/.test(content) ? 'ja' : 'en';
  const { design, problems } = readDesign(content, { lenient });
  const refused = problems.filter((problem) => !(lenient && problem.forgivable));
  if (design !== undefined && refused.length === 0) return { design, language };
  refuse(
    language,
    refusals.refused({ file }),
    ...refused.map(refusals.ofLine),
    ...(refused.every(({ forgivable }) => forgivable) ? [refusals.lenientHint] : []),
  );
}

function contentOf(file: string, language: Language): string {
  try {
    return readText(file, documentBytes);
  } catch (error) {
    refuse(language, refusals.unreadable({ file, reason: reasonsOf(error) }));
  }
}

/** The only `design.md` of `specs/stories` in the repository. */
function onlyDocument(language: Language): string {
  const root = repository(import.meta.dirname);
  const [first, ...others] = globSync('specs/stories/*/design.md', { cwd: root }).sort();
  if (first === undefined) refuse(language, refusals.noDocument);
  if (others.length === 0) return join(root, first);
  refuse(language, refusals.severalDocuments({ files: [first, ...others] }));
}

/** The root is where the package is; the compiled file lies elsewhere than this one. */
function repository(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : repository(dirname(directory));
}

/** Nothing was synthesized yet, and nothing is. */
export function refuse(language: Language, ...lines: readonly Words[]): never {
  for (const line of lines) console.error(showLine(inLanguage(line, language)));
  process.exit(2);
}
