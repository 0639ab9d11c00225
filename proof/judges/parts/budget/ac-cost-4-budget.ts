// AC-COST-4: a budget for a month's cost of the environment. The sentence's amount is production's, whose cost the document states; the
// others have budgets of their own (ADR-022).
import { allowedMonth } from '../../../../design/budget.ts';
import { isProduction } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, unread } from '../../criterion.ts';
import type { Finding } from '../../judge.ts';
import { judgeBudgets } from './budget.ts';

export const budget: CriterionJudge = {
  id: 'AC-COST-4',
  of: [],
  about: ['topic', 'budget'],
  deviation: ({ design, environment }) => (isProduction(design, environment) ? undefined : 'ADR-022'),
  judge: judgeSentence,
};

function judgeSentence({ everywhere, criterion, design, environment }: CriterionCase): Finding {
  if (criterion.figures.dollars === undefined) return unread('figureDollars');
  return judgeBudgets(everywhere, environment, allowedMonth(design, environment, criterion).amount);
}
