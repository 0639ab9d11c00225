// Why a file is no evidence of a run.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import { inLanguage, type Words } from '../../../design/messages/words.ts';

export const refusals = sayings({
  noEvidence: sentence(
    ({ file, reason }: { file: string; reason: Words | string }) =>
      `${file} is no evidence: ${inLanguage(reason, 'en')}`,
    ({ file, reason }) => `${file} は実行の記録ではありません: ${inLanguage(reason, 'ja')}`,
  ),
  otherRun: sentence(
    ({ run }: { run: string }) => `its run is ${run}`,
    ({ run }) => `実行 ${run} の記録です`,
  ),
  notDisposable: sentence(
    ({ environment }: { environment: string }) => `its environment is ${environment}, which is not disposable`,
    ({ environment }) => `環境 ${environment} は使い捨てではありません`,
  ),
});
