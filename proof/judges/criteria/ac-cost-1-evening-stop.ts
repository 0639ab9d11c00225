// AC-COST-1: development goes to sleep when the sentence says.
import { type CriterionJudge, unread } from './criterion.ts';
import { clockIn } from './figures.ts';
import { judgeTurn } from './working-hours.ts';

export const eveningStop: CriterionJudge = {
  id: 'AC-COST-1',
  about: [/開発|development/i],
  deviation: ({ environment }) => (environment === 'development' ? 'ADR-023' : undefined),
  judge: (criterionCase) => {
    const time = clockIn(criterionCase.criterion.text);
    return time === undefined ? unread('a time of the day') : judgeTurn(criterionCase, 'stop', time);
  },
};
