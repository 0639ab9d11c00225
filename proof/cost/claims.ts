// COST-1…3 as statements of the document. A price or a sum is a claim: the platform is not built from it, so one that is wrong cannot
// fail the platform. It is shown for what it is: it does not bind, and the reason says what is true instead (ADR-032).

import type { Assembly } from '../../assembly/graph.ts';
import { committedPrices } from '../../aws/prices/price-table.ts';
import { isProduction, perEnvironment } from '../../design/environments.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Design } from '../../design/schema.ts';
import type { Finding, StatementCase, StatementJudge } from '../judges/judge.ts';
import { onStack } from '../judges/on.ts';
import { said } from '../judges/words/cost.ts';
import { tolerance } from './document/arithmetic.ts';
import { type BesideLine, besideDocument } from './document/beside.ts';
import type { Slip } from './document/slip.ts';
import { slipsOf } from './document/slips.ts';
import { type Estimate, estimate } from './estimate.ts';
import { cents } from './money.ts';

/** Id of the decision that says what becomes of a claim that does not hold. */
const decision = 'ADR-032';

interface Account {
  readonly estimate?: Estimate;
  /** Why there is no estimate. */
  readonly problem?: Said;
  readonly beside: readonly BesideLine[];
  readonly slips: readonly Slip[];
}

const accounts = new WeakMap<Assembly, WeakMap<Design, Account>>();

/** The estimate of an environment, made once for all its statements. */
function accountOf({ everywhere, design, environment }: StatementCase): Account {
  const known = accounts.get(everywhere) ?? new WeakMap<Design, Account>();
  accounts.set(everywhere, known);
  const made = known.get(design) ?? makeAccount(everywhere, design, environment);
  known.set(design, made);
  return made;
}

function makeAccount(graph: Assembly, design: Design, environment: StatementCase['environment']): Account {
  const { estimate: found, problems } = estimate({ graph, design, environment });
  if (found === undefined) {
    const message = problems[0]?.message ?? { en: '', ja: '' };
    return { problem: said.notEstimated({ problem: message }), beside: [], slips: slipsOf(design, []) };
  }
  const beside = isProduction(design, environment) ? besideDocument(design, found, committedPrices) : [];
  return { estimate: found, beside, slips: slipsOf(design, beside) };
}

type Claim = (judgeCase: StatementCase, account: Account) => Finding;

const judges: Readonly<Record<string, readonly [id: string, claim: Claim]>> = {
  'cost.groups.*.services.*.lines.*': ['COST-1', ofLine],
  'cost.groups.*.services.*.subtotal': ['COST-1', ofService],
  'cost.groups.*.total': ['COST-1', ofGroup],
  'cost.total': ['COST-2', ofMonth],
  'cost.environments.*.monthly': ['COST-2', ofMonth],
  'cost.environments.*.notes.*': ['COST-2', ofSum],
  'cost.yearly': ['COST-2', ofSum],
  'cost.savings.*': ['COST-4', ofSum],
};

export const costClaims: readonly StatementJudge[] = Object.entries(judges).map(([path, [id, claim]]) => {
  const judge = (judgeCase: StatementCase) => claim(judgeCase, accountOf(judgeCase));
  return {
    id,
    path,
    deviation: (judgeCase) => (differs(judge(judgeCase)) ? decision : undefined),
    judge,
  };
});

const differs = (finding: Finding) => 'notApplicable' in finding && finding.differs === true;
const wrong = (why: Said): Finding => ({ notApplicable: why, differs: true });

function ofLine({ statement }: StatementCase, { beside, problem }: Account): Finding {
  const line = beside.find(({ path }) => path === statement.path);
  if (problem !== undefined || line === undefined) return { notJudged: problem ?? said.noSuchCostLine };
  const { stated = 0, computed } = line;
  if (line.verdict === 'same') return held(line.lines[0]?.resource ?? '', computed ?? 0, stated);
  const reasons = line.reasons.map(({ message }) => message);
  return wrong(
    computed === undefined
      ? said.differsFor({ reasons })
      : said.differsByAndFor({ stated, computed: cents(computed), reasons }),
  );
}

const held = (resource: string, observed: number, expected: number): Finding => [
  { ...onStack(resource.split('/')[0] ?? '', '', true, { expected, observed: cents(observed) }), resource },
];

/** A sum of lines is held against what those lines are computed to be. */
function ofLines(lines: readonly BesideLine[], stated: number): Finding {
  const computed = lines.reduce((sum, line) => sum + (line.computed ?? 0), 0);
  return compare(stated, computed);
}

function compare(stated: number, computed: number): Finding {
  return Math.abs(stated - computed) <= tolerance(stated, computed)
    ? held('', computed, stated)
    : wrong(said.differsBy({ stated, computed: cents(computed) }));
}

function ofService({ design, indices: [g = -1, s = -1] }: StatementCase, { beside, problem }: Account): Finding {
  if (problem !== undefined) return { notJudged: problem };
  const below = `cost.groups.${g}.services.${s}.`;
  return ofLines(
    beside.filter(({ path }) => path?.startsWith(below)),
    design.cost.groups[g]?.services[s]?.subtotal ?? 0,
  );
}

/** A group's total is held against all that is charged in the group, also by lines that the document leaves out. */
function ofGroup({ design, indices: [g = -1] }: StatementCase, { estimate: found, problem }: Account): Finding {
  const group = design.cost.groups[g];
  if (problem !== undefined || group === undefined) return { notJudged: problem ?? said.noSuchGroup };
  return compare(group.total, found?.groups.find(({ name }) => name === group.name)?.monthly ?? 0);
}

function ofMonth({ design, environment, statement }: StatementCase, { estimate: found, problem }: Account): Finding {
  if (problem !== undefined) return { notJudged: problem };
  const { cost } = design;
  return compare(
    statement.path === 'cost.total' ? cost.total : perEnvironment(cost.environments, environment).monthly,
    found?.monthly ?? 0,
  );
}

/** What spans environments, or describes one: held against the document's own figures. */
function ofSum({ statement, design }: StatementCase, { slips }: Account): Finding {
  const found = slips.filter(({ path }) => path === statement.path);
  if (found.length > 0) return wrong(said.differsFor({ reasons: found.map(({ message }) => message) }));
  if (statement.path === 'cost.yearly') {
    const { terms, months, total } = design.cost.yearly;
    return held('', terms.reduce((sum, term) => sum + term, 0) * months, total);
  }
  return { notApplicable: said.followsFromFigures };
}
