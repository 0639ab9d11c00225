// AC-SEC-7: what is done with AWS's interface is on record. Read as: every management event, in every region that has a stack, and the
// data events of every bucket, function and table in use; CloudTrail knows no "all" beyond that (ADR-024).

import { isOfEnvironment } from '../../../../assembly/environments.ts';
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { grantsTo } from '../../../../assembly/questions/key-policies.ts';
import { usersOfTrail } from '../../../../assembly/questions/key-users.ts';
import { managementEventsOf, recordsData, servesRegion, trailsOf } from '../../../../assembly/questions/trails.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all, any } from '../../../../assembly/truth.ts';
import { keyUses } from '../../../../aws/key-uses.ts';
import { environmentKeys, isProduction, productionOf } from '../../../../design/environments.ts';
import type { CriterionCase, CriterionJudge } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/security.ts';

export const auditTrail: CriterionJudge = {
  id: 'AC-SEC-7',
  of: [],
  about: ['trail'],
  ofFunctions: true,
  deviation: () => 'ADR-024',
  judge: judgeTrails,
};

function judgeTrails(criterionCase: CriterionCase): Finding {
  const { everywhere: graph } = criterionCase;
  const own = trailsOf(graph);
  if (own.length === 0 && !sharesTrail(criterionCase)) return [missing(said.recordingTrail)];
  return [
    ...own.flatMap((trail) => [on(trail).property('IsLogging').is(true), ...keyEvidence(graph, trail)]),
    ...managementEvidence(criterionCase),
    ...dataTypes.flatMap(({ type, event }) =>
      ofType(graph, type).map((thing) => dataEvidence(graph, own, thing, event)),
    ),
  ];
}

/** CloudTrail makes no trail and writes no file unless the keys of its files and of its bucket let it. */
function keyEvidence(graph: Assembly, trail: Resource): readonly Observation[] {
  const users = usersOfTrail(graph, trail);
  const isElsewhere = trail.properties.KMSKeyId !== undefined && !users.some(({ use }) => use === 'trailEncryptsFiles');
  return [
    ...(isElsewhere ? [on(trail).property('KMSKeyId').holds(undefined, { expected: said.keyInTemplates })] : []),
    ...users.map((user) => {
      const { missing: actions, unsure } = grantsTo(graph, user);
      const observed =
        actions.length > 0
          ? said.mayNotDo({ actions })
          : unsure.length > 0
            ? said.perhapsMayNotDo({ actions: unsure })
            : shared.itMay;
      const holds = actions.length > 0 ? false : unsure.length > 0 ? undefined : true;
      return on(user.key)
        .property('KeyPolicy')
        .holds(holds, {
          expected: said.trailMayUseKey({ use: { en: keyUses[user.use].en, ja: keyUses[user.use].ja } }),
          observed,
        });
    }),
  ];
}

/** Environments of one account need one trail of management events between them: a second copy is paid for. */
const sharesTrail = ({ design, environment }: CriterionCase) =>
  design.inputs.accounts === 'one' && !isProduction(design, environment);

/** Management events of each region that has a stack of the environment. */
function managementEvidence(criterionCase: CriterionCase): readonly Observation[] {
  const { everywhere, whole, design } = criterionCase;
  const shared = sharesTrail(criterionCase);
  const graph = shared ? whole : everywhere;
  const trails = trailsOf(graph).map((trail) => ({ trail, records: managementEventsOf(trail).all }));
  if (shared && !whole.stacks.some(isOfEnvironment(productionOf(design), environmentKeys(design)))) {
    return [{ ...missing(said.sharedTrail), verdict: 'unresolved' }];
  }
  const first = trails.find(({ records }) => records !== false);
  if (first === undefined) return [missing(said.managementTrail)];
  const regions = [...new Set(everywhere.stacks.map(({ region }) => region))].filter(
    (region) => region !== 'unknown-region',
  );
  return (regions.length === 0 ? [design.region] : regions).map((region) => {
    const truths = trails.map(({ trail, records }) => all([records, servesRegion(graph, trail, region)]));
    const truth = any(truths);
    const { trail } = trails[truths.indexOf(truth)] ?? first;
    return on(truth === false ? first.trail : trail)
      .property('IsMultiRegionTrail')
      .holds(truth, {
        expected: said.managementEventsOf({ region }),
        observed: truth === false ? said.noTrail : trail.path,
      });
  });
}

/** What has data events, and CloudTrail's names for them. */
const dataTypes = [
  { type: 'AWS::S3::Bucket', event: 'AWS::S3::Object' },
  { type: 'AWS::Lambda::Function', event: 'AWS::Lambda::Function' },
  { type: 'AWS::DynamoDB::Table', event: 'AWS::DynamoDB::Table' },
] as const;

function dataEvidence(graph: Assembly, trails: readonly Resource[], thing: Resource, event: string): Observation {
  const truths = trails.map((trail) =>
    all([
      recordsData(graph, trail, thing, event),
      // What an unknown condition may leave out cannot be relied on.
      trail.condition === undefined ? true : undefined,
    ]),
  );
  const truth = any(truths);
  const trail = trails[truths.indexOf(true)];
  const observed =
    trail !== undefined
      ? said.recordedBy({ trail: trail.path })
      : truth === false
        ? said.onNoRecord
        : said.recordPerhaps;
  return on(thing).holds(truth, { expected: said.dataEventsOf({ event }), observed });
}
