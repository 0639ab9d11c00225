// What is said of the document's prices and sums.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Language } from '../../../design/problem.ts';

/** A sentence of the estimate. */
type Message = Readonly<Record<Language, string>>;

interface Amounts {
  readonly stated: number;
  readonly computed: number;
}

export const said = sayings({
  notEstimated: sentence(
    ({ problem }: { problem: Message }) => problem.en,
    ({ problem }) => `見積もりができません: ${problem.ja}`,
  ),
  noSuchCostLine: ['no cost line of this path', 'この行の費用は見積もりにありません'],
  noSuchGroup: ['no such group', '該当する費用の分類がありません'],
  differsFor: sentence(
    ({ reasons }: { reasons: readonly Message[] }) =>
      `the claim does not hold: ${reasons.map(({ en }) => en).join('; ')}`,
    ({ reasons }) => `この主張は成り立ちません。${reasons.map(({ ja }) => ja).join('。')}`,
  ),
  differsBy: sentence(
    ({ stated, computed }: Amounts) => `the claim does not hold: $${stated} stated, $${computed} computed`,
    ({ stated, computed }) => `この主張は成り立ちません。設計書は $${stated}、算出は $${computed} です`,
  ),
  differsByAndFor: sentence(
    ({ stated, computed, reasons }: Amounts & { reasons: readonly Message[] }) =>
      `the claim does not hold: $${stated} stated, $${computed} computed; ${reasons.map(({ en }) => en).join('; ')}`,
    ({ stated, computed, reasons }) =>
      `この主張は成り立ちません。設計書は $${stated}、算出は $${computed} です。${reasons.map(({ ja }) => ja).join('。')}`,
  ),
  followsFromFigures: [
    "it follows from the document's own figures, and nothing is built from it",
    '設計書の他の数値から導かれる値で、これから構築されるものはありません',
  ],
});
