// DOC-1, DOC-3, DOC-7: what the front matter says of the document itself. Its links are claims about files and looked up; its name, version
// and date are what they are, and nothing is built from them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { onFile } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/stacks.ts';

export const documentItself: readonly StatementJudge[] = [
  ...['id', 'feature', 'version', 'created'].map((path) => ({
    id: 'DOC-1',
    path,
    judge: (): Finding => ({ notApplicable: said.namesTheDocument }),
  })),
  { id: 'DOC-3', path: 'basedOn', ofFiles: true, judge: (judgeCase) => judgeFile(judgeCase, judgeCase.design.basedOn) },
  {
    id: 'DOC-7',
    path: 'relatedAdr.*',
    ofFiles: true,
    judge: (judgeCase) => judgeFile(judgeCase, judgeCase.design.relatedAdr[judgeCase.indices[0] ?? 0] ?? ''),
  },
];

/** Links of the front matter count from the root of the tree. */
function judgeFile({ repository }: StatementCase, file: string): Finding {
  if (repository === undefined) return { notJudged: parts.noSourceTree };
  const isThere = existsSync(join(repository, file));
  const observed = isThere ? parts.fileIsThere : parts.noSuchFile;
  return [onFile(file, isThere, { expected: parts.fileIsThere, observed })];
}
