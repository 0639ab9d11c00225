// DOC-1, DOC-3, DOC-7: what the front matter says of the document itself. Its links are claims about files and looked up; its name, version
// and date are what they are, and nothing is built from them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const documentItself: readonly StatementJudge[] = [
  ...['id', 'feature', 'version', 'created'].map((path) => ({
    id: 'DOC-1',
    path,
    judge: (): Finding => ({ notApplicable: 'it names the document; nothing is built from it' }),
  })),
  { id: 'DOC-3', path: 'basedOn', judge: (judgeCase) => judgeFile(judgeCase, judgeCase.design.basedOn) },
  {
    id: 'DOC-7',
    path: 'relatedAdr.*',
    judge: (judgeCase) => judgeFile(judgeCase, judgeCase.design.relatedAdr[judgeCase.indices[0] ?? 0] ?? ''),
  },
];

/** Links of the front matter count from the root of the tree. */
function judgeFile({ repository }: StatementCase, file: string): Finding {
  if (repository === undefined) return { notJudged: 'the source tree is not at hand' };
  const held = existsSync(join(repository, file));
  const evidence: Evidence = {
    resource: file,
    logicalId: '',
    stack: '',
    template: file,
    property: '',
    observed: held ? 'exists' : 'no such file',
    expected: 'exists',
    verdict: held ? 'pass' : 'fail',
  };
  return [evidence];
}
