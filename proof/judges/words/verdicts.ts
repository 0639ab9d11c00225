// Why there is no verdict: what the loops over lines and criteria say themselves.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Words } from '../../../design/messages/words.ts';

export const said = sayings({
  checklistPoint: [
    'no template shows it; hashira document answers the checklist',
    'テンプレートには現れません。チェックリストには hashira document が答えます',
  ],
  carriedOut: [
    'a person or a test carries it out, and no template shows that it was done',
    '人かテストが行う手順で、行ったことはテンプレートに現れません',
  ],
  noJudgeOfLine: ['no judge reads this statement', 'この行を読む判定器がありません'],
  noJudge: ['there is no judge for this criterion', 'この受入条件の判定器がありません'],
  otherSubject: sentence(
    ({ subjects }: { subjects: readonly Words[] }) =>
      `the sentence does not speak of what the judge looks at: ${subjects.map(({ en }) => en).join(', ')}`,
    ({ subjects }) => `判定器が見るもの（${subjects.map(({ ja }) => ja).join('、')}）をこの文は述べていません`,
  ),
  unreadWords: sentence(
    ({ words }: { words: readonly string[] }) => `the sentence says more than is understood: ${words.join(', ')}`,
    ({ words }) => `この文のうち読み取れない部分があります: ${words.join('、')}`,
  ),
  ofNoEnvironment: sentence(
    ({ stacks }: { stacks: readonly string[] }) =>
      `it hangs on whether ${stacks.join(', ')} belong to the environment; a tag Environment on the stack says so`,
    ({ stacks }) =>
      `${stacks.join('、')} がこの環境のものかどうかで変わります。スタックのタグ Environment で示してください`,
  ),
  unnoticed: sentence(
    ({ properties }: { properties: readonly string[] }) =>
      `it passes all the same with what it shows spoilt: ${properties.join(', ')}`,
    ({ properties }) => `根拠として示した値を壊しても合格のままです: ${properties.join('、')}`,
  ),
});
