// `hashira read`: what is understood of a document, line by line.

import { reasons } from '../../../design/assumptions.ts';
import type { Language } from '../../../design/problem.ts';
import { readDesign } from '../../../design/read-design.ts';
import { languageOf, readDocumentFile } from '../document-file.ts';
import { catalogues } from '../messages.ts';
import { print, writeJson } from '../output.ts';
import { countLines, printProblems, table } from '../print.ts';

export interface ReadOptions {
  readonly lang?: Language;
  readonly json?: boolean;
  readonly lenient?: boolean;
}

/** Prints the account of the lines; exit code 0, or 2 when a build would refuse the document. */
export function read(document: string | undefined, options: ReadOptions): number {
  const { name, content } = readDocumentFile(document, options.lang ?? 'en');
  const lang = options.lang ?? languageOf(content);
  const say = catalogues[lang];
  const { lines, problems, assumptions } = readDesign(content, { file: name, lenient: options.lenient ?? false });
  const refused = problems.some((problem) => !(options.lenient && problem.forgivable));
  if (options.json) {
    writeJson({
      source: name,
      lines,
      problems: problems.map(({ line, text, code, message }) => ({ line, text, code, message: message[lang] })),
      assumptions,
    });
    return refused ? 2 : 0;
  }
  const rows = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ number, kind, statements, text }) => [
      String(number),
      statements.length > 0
        ? statements.map((statement) => say.statementKinds[statement.kind]).join(', ')
        : say.kinds[kind],
      statements.map(({ path }) => path),
      text.trimEnd(),
    ]);
  print(...table([say.columns.line, say.columns.kind, say.columns.path, say.columns.text], rows));
  print(`${name}: ${countLines(lines, say)}`);
  for (const { attribute, value, section, why, sentence } of assumptions) {
    const first = sentence.split('\n')[0] ?? '';
    print(say.assumed(attribute, JSON.stringify(value), section, reasons[why][lang], first));
  }
  printProblems(problems, lang, options.lenient);
  return refused ? 2 : 0;
}
