// AC-SEC-3: every hop, from people to the last store and between regions, takes the version of TLS that the sentence names or a newer
// one. Port 80 may say where HTTPS is, and nothing else (ADR-016). What goes from one container to another of the same task is no hop:
// it does not leave the task.

import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding } from '../../judge.ts';
import { said } from '../../words/transport.ts';
import { serviceHops } from './aws-services.ts';
import { edgeHops } from './edge.ts';
import { loadBalancerHops } from './load-balancers.ts';
import { otherHops } from './other-entrances.ts';
import { storeHops } from './stores.ts';

export const transport: CriterionJudge = {
  id: 'AC-SEC-3',
  of: ['service'],
  about: ['tls'],
  ofFunctions: true,
  deviation: () => 'ADR-016',
  reason: ({ design }) => (design.inputs.domain === 'none' ? said.noDomainForTls : undefined),
  judge: judgeHops,
};

const kinds = [edgeHops, loadBalancerHops, storeHops, serviceHops, otherHops];

function judgeHops({ everywhere, criterion }: CriterionCase): Finding {
  const wanted = criterion.figures.tlsVersion;
  if (wanted === undefined) return unread('figureTls');
  const evidence = kinds.flatMap((hops) => hops(everywhere, wanted));
  return evidence.length === 0 ? noneOf(everywhere, said.noConnections, transport) : evidence;
}
