// What the CDK CLI runs (`npx cdk` in `infrastructure/`): reads the document and puts its stacks into an app.
// Context: `-c design=PATH` names the document, `-c lenient=true` forgives placeholders and missing inputs, `-c commit=SHA` is recorded.
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentBytes } from '../../design/file-check.ts';
import { readDesign } from '../../design/read-design.ts';
import { readText } from '../../design/read-file.ts';
import type { Design } from '../../design/schema.ts';
import { showLine } from '../../design/show.ts';
import { createApp, synthesize } from '../lib/app.ts';
import { buildPlatform } from '../lib/platform.ts';

const app = createApp();
buildPlatform(app, understood(contextText('design') ?? onlyDocument(), contextText('lenient') === 'true'));
// The CLI reads the findings from the report by itself, prints them and fails.
synthesize(app);

/** The design of a document, or the end. */
function understood(file: string, lenient: boolean): Design {
  const content = contentOf(file);
  const { design, problems } = readDesign(content, { lenient });
  const refused = problems.filter((problem) => !(lenient && problem.forgivable));
  if (design !== undefined && refused.length === 0) return design;
  const language = /[\u3041-\u30fa]/.test(content) ? 'ja' : 'en';
  refuse(
    `${file} is refused:`,
    ...refused.map(({ line, message }) => `line ${line}: ${message[language]}`),
    ...(refused.every(({ forgivable }) => forgivable) ? ['-c lenient=true forgives all of these'] : []),
  );
}

function contentOf(file: string): string {
  try {
    return readText(file, documentBytes);
  } catch (error) {
    refuse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The only `design.md` of `specs/stories` in the repository. */
function onlyDocument(): string {
  const root = repository(import.meta.dirname);
  const [first, ...others] = globSync('specs/stories/*/design.md', { cwd: root }).sort();
  if (first === undefined) refuse('There is no specs/stories/*/design.md: name a document with -c design=PATH');
  if (others.length === 0) return join(root, first);
  refuse(`There are several documents (${[first, ...others].join(', ')}): name one with -c design=PATH`);
}

/** The root is where the package is; the compiled file lies elsewhere than this one. */
function repository(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : repository(dirname(directory));
}

/** The CLI gives context as text, `cdk.json` also as booleans. */
function contextText(key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return value === undefined || value === '' ? undefined : String(value);
}

/** Nothing was synthesized yet, and nothing is. */
function refuse(...lines: readonly string[]): never {
  for (const line of lines) console.error(showLine(line));
  process.exit(2);
}
