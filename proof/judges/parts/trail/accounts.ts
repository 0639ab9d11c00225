// INP-1: whose trail records management events, which is what one account or several are about.
import { managementEventsOf, trailsOf } from '../../../../assembly/questions/trails.ts';
import { all, any } from '../../../../assembly/truth.ts';
import { isProduction } from '../../../../design/environments.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/inputs.ts';
import { said as logWords } from '../../words/logs.ts';

export const accounts: StatementJudge = { id: 'INP-1', path: 'inputs.accounts', judge: judgeAccounts };

/** `one`: production's trail records management events for all, since a further copy costs; `each`: every environment's does. */
function judgeAccounts({ graph, design, environment }: StatementCase): Finding {
  const isWanted = design.inputs.accounts === 'each' || isProduction(design, environment);
  const trails = trailsOf(graph).map((trail) => ({ trail, events: managementEventsOf(trail) }));
  const [first] = trails;
  if (first === undefined) return [missing(logWords.trail)];
  const truths = trails.map(({ events }) => (isWanted ? events.all : events.none));
  const truth = isWanted ? any(truths) : all(truths);
  const { trail } = trails[truths.indexOf(truth)] ?? first;
  const { AdvancedEventSelectors, EventSelectors } = trail.properties;
  return [
    on(trail)
      .property('AdvancedEventSelectors')
      .holds(truth, {
        expected: isWanted ? said.managementEvents : said.noManagementEvents,
        observed: AdvancedEventSelectors ?? EventSelectors,
      }),
  ];
}
