// What the builder of evidence and the engine say themselves.
import type { ConditionValue } from '../../../assembly/graph.ts';
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import { type Verdict, verdictWords } from '../verdict.ts';

export const said = sayings({
  nothingFound: ['nothing of this kind found', '該当するものがありません'],
  mayBeIt: [
    'it may be this one: the templates do not say enough of it',
    'これかもしれませんが、テンプレートからは確定できません',
  ],
  there: ['something', '値があること'],
  absent: ['nothing', '値がないこと'],
  notSaid: sentence(
    ({ value }: { value: string | number | boolean }) => `not said: ${value}`,
    ({ value }) => `指定なし（既定値 ${value}）`,
  ),
  notValue: sentence(
    ({ value }: { value: string | number | boolean }) => `not ${value}`,
    ({ value }) => `${value} 以外`,
  ),
  oneOf: sentence(
    ({ values }: { values: readonly (string | number | boolean)[] }) => values.join(' or '),
    ({ values }) => values.join(' または '),
  ),
  atLeast: sentence(
    ({ least }: { least: number }) => `at least ${least}`,
    ({ least }) => `${least} 以上`,
  ),
  atMost: sentence(
    ({ most }: { most: number }) => `at most ${most}`,
    ({ most }) => `${most} 以下`,
  ),
  refersTo: sentence(
    ({ resource }: { resource: string }) => resource,
    ({ resource }) => resource,
  ),
  noEvidence: ['the judge found no evidence', '判定器が証跡を見つけられませんでした'],
  tooManyConditions: [
    'the templates have more conditions whose values are not known than are looked at',
    '値の分からない条件が多すぎて判定できません',
  ],
  hangsOnConditions: sentence(
    ({ ways }: { ways: readonly AlternativeVerdict[] }) =>
      `it hangs on conditions: ${ways.map(({ answers, verdict }) => `${answers.map(inEnglish).join(', ')}: ${verdictWords.en[verdict]}`).join('; ')}`,
    ({ ways }) =>
      `テンプレートの条件によって判定が変わります（${ways.map(({ answers, verdict }) => `${answers.map(inJapanese).join('、')} のとき${verdictWords.ja[verdict]}`).join('、')}）`,
  ),
});

interface AlternativeVerdict {
  readonly answers: readonly ConditionValue[];
  readonly verdict: Verdict;
}

const inEnglish = ({ what, value }: ConditionValue) =>
  value === undefined ? `any other ${what}` : `${what} = ${value}`;
const inJapanese = ({ what, value }: ConditionValue) =>
  value === undefined ? `${what} がそれ以外` : `${what} = ${value}`;
