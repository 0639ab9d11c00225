// AC-COST-2: development starts when the sentence says, on working days that are no public holidays of the document.
import { type CriterionJudge, unread } from '../../criterion.ts';
import { judgeTurn } from './schedule-evidence.ts';

export const morningStart: CriterionJudge = {
  id: 'AC-COST-2',
  of: [],
  about: ['development'],
  judge: (criterionCase) => {
    const time = criterionCase.criterion.figures.timeOfDay;
    return time === undefined ? unread('figureTimeOfDay') : judgeTurn(criterionCase, 'start', time);
  },
};
