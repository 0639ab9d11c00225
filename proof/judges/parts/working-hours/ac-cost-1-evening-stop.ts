// AC-COST-1: development stops when the sentence says.
import { rests } from '../../../../design/environments.ts';
import { type CriterionJudge, unread } from '../../criterion.ts';
import { judgeTurn } from './schedule-evidence.ts';

export const eveningStop: CriterionJudge = {
  id: 'AC-COST-1',
  of: [],
  about: ['development'],
  deviation: ({ design, environment }) => (rests(design, environment) ? 'ADR-023' : undefined),
  judge: (criterionCase) => {
    const time = criterionCase.criterion.figures.timeOfDay;
    return time === undefined ? unread('figureTimeOfDay') : judgeTurn(criterionCase, 'stop', time);
  },
};
