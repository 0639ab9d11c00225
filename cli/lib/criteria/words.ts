// Why a judge of a team's own gives no verdict.
import { sayings, shownIn } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Words } from '../../../design/messages/words.ts';

export const said = sayings({
  notRun: sentence(
    ({ name }: { name: string }) => `${name} was found and not run: --allow-code runs it`,
    ({ name }) => `${name} が見つかりましたが、実行していません。--allow-code で実行します`,
  ),
  failed: sentence(
    ({ name, fault }: { name: string; fault: Words }) => `${name}: ${fault.en}`,
    ({ name, fault }) => `${name}: ${fault.ja}`,
  ),
  noFinding: ['answers with something that is no finding', '判定の結果でないものを返しました'],
  noAnswer: sentence(
    ({ seconds }: { seconds: number }) => `gave no answer within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に結果を返しませんでした`,
  ),
  ownMessage: ['sent a message of its own', '独自のメッセージを送りました'],
  noExport: [
    'exports no judge: expected `export default function (criterionCase, tools) { return evidence; }`',
    '判定器をエクスポートしていません。`export default function (criterionCase, tools) { return evidence; }` の形にしてください',
  ],
  notStarted: sentence(
    ({ reason }: { reason: Words }) => `could not be started: ${reason.en}`,
    ({ reason }) => `起動できませんでした: ${reason.ja}`,
  ),
  notAsked: sentence(
    ({ reason }: { reason: Words }) => `could not be asked: ${reason.en}`,
    ({ reason }) => `判定を依頼できませんでした: ${reason.ja}`,
  ),
  ended: sentence(
    ({ how }: { how: string | number }) =>
      `ended its process with ${typeof how === 'number' ? 'exit code ' : ''}${how}`,
    ({ how }) => `プロセスが${typeof how === 'number' ? '終了コード ' : ' '}${how} で終わりました`,
  ),
  observationsFail: sentence(
    ({ wrong, all }: { wrong: number; all: number }) => `${wrong} of ${all} observations fail`,
    ({ wrong, all }) => `証跡 ${all} 件のうち ${wrong} 件が不合格です`,
  ),
  seen: sentence(
    ({ place, observed, expected }: { place: string; observed: Words; expected: Words }) =>
      `${place}: observed ${observed.en}, expected ${expected.en}`,
    ({ place, observed, expected }) => `${place}: 実際 ${observed.ja}、期待 ${expected.ja}`,
  ),
});

/** A value of evidence, as it is shown in each language. */
export const inBoth = (value: unknown): Words => ({ en: shownIn(value, 'en'), ja: shownIn(value, 'ja') });
