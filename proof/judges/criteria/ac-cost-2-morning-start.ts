// AC-COST-2: development wakes up when the sentence says, on working days that are no public holidays of the document.
import { type CriterionJudge, unread } from './criterion.ts';
import { clockIn } from './figures.ts';
import { judgeTurn } from './working-hours.ts';

export const morningStart: CriterionJudge = {
  id: 'AC-COST-2',
  about: [/開発|development/i],
  judge: (criterionCase) => {
    const time = clockIn(criterionCase.criterion.text);
    return time === undefined ? unread('a time of the day') : judgeTurn(criterionCase, 'start', time);
  },
};
