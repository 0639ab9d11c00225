// AC-SEC-7: what is done with AWS's interface is on record. Read as: every management event, in every region that has a stack, and the
// data events of every bucket, function and table in use; CloudTrail knows no "all" beyond that (ADR-024).

import { isOfEnvironment } from '../../../../assembly/environments.ts';
import { type Assembly, at, isProperties, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { usersOfTrail } from '../../../../assembly/questions/key-users.ts';
import { listOf, ofType, regionOf, textHolds } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { environmentKeys, isProduction, productionOf } from '../../../../design/environments.ts';
import type { CriterionCase, CriterionJudge } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { holdsWhole, isTrue } from '../../resources.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/security.ts';
import { logBuckets } from '../bucket/storage.ts';
import { grantsTo } from '../key/key-policies.ts';

export const auditTrail: CriterionJudge = {
  id: 'AC-SEC-7',
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

const trailsOf = (graph: Assembly) => ofType(graph, 'AWS::CloudTrail::Trail');

/** CloudTrail makes no trail and writes no file unless the keys of its files and of its bucket let it. */
function keyEvidence(graph: Assembly, trail: Resource): readonly Observation[] {
  const users = usersOfTrail(graph, trail);
  const isElsewhere =
    trail.properties.KMSKeyId !== undefined && !users.some(({ use }) => use === 'a trail encrypts files');
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
        .holds(holds, { expected: said.trailMayUseKey({ use: user.use }), observed });
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
  const trails = trailsOf(graph).map((trail) => ({
    trail,
    records: all([isTrue(trail.properties.IsLogging), recordsManagement(trail.properties)]),
  }));
  if (shared && !whole.stacks.some(isOfEnvironment(productionOf(design), environmentKeys(design)))) {
    return [{ ...missing(said.sharedTrail), verdict: 'unresolved' }];
  }
  const first = trails.find(({ records }) => records !== false);
  if (first === undefined) return [missing(said.managementTrail)];
  const regions = [...new Set(everywhere.stacks.map(({ region }) => region))].filter(
    (region) => region !== 'unknown-region',
  );
  return (regions.length === 0 ? [design.region] : regions).map((region) => {
    const truths = trails.map(({ trail, records }) => all([records, serves(graph, trail, region)]));
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

/** A trail of all regions has what is global with it; one of a single region is asked whether it takes that too. */
function serves(graph: Assembly, trail: Resource, region: string): Truth {
  const { IsMultiRegionTrail, IncludeGlobalServiceEvents } = trail.properties;
  const home = regionOf(graph, trail);
  const isEverywhere = isTrue(IsMultiRegionTrail);
  const isHome = home === 'unknown-region' ? undefined : home === region;
  return any([
    all([isEverywhere, not(isLiteral(IncludeGlobalServiceEvents, 'false'))]),
    all([not(isEverywhere), isHome]),
  ]);
}

/** Whether a trail has every management event, of reading and writing, of every service. */
function recordsManagement({ AdvancedEventSelectors, EventSelectors }: Resource['properties']): Truth {
  const advanced = listOf(AdvancedEventSelectors);
  if (advanced.length > 0) {
    return any(
      advanced.map((selector) => {
        const fields = listOf(at(selector, 'FieldSelectors'));
        return all([fields.length === 1, hasField(fields, 'eventCategory', 'Management')]);
      }),
    );
  }
  const selectors = listOf(EventSelectors);
  return (
    selectors.length === 0 ||
    any(
      selectors.map((selector) =>
        all([
          isTrue(at(selector, 'IncludeManagementEvents') ?? true),
          isLiteral(at(selector, 'ReadWriteType') ?? 'All', 'All'),
          isEmpty(at(selector, 'ExcludeManagementEventSources')),
        ]),
      ),
    )
  );
}

const isEmpty = (value: Value | undefined): Truth =>
  value === undefined || (Array.isArray(value) ? value.length === 0 : undefined);

/** Whether one of these fields asks for a value. */
const hasField = (fields: readonly Value[], name: string, wanted: string): Truth =>
  any(
    fields.map((field) =>
      all([isLiteral(at(field, 'Field'), name), any(listOf(at(field, 'Equals')).map((one) => isLiteral(one, wanted)))]),
    ),
  );

/** What has data events, and CloudTrail's names for them. */
const dataTypes = [
  { type: 'AWS::S3::Bucket', event: 'AWS::S3::Object' },
  { type: 'AWS::Lambda::Function', event: 'AWS::Lambda::Function' },
  { type: 'AWS::DynamoDB::Table', event: 'AWS::DynamoDB::Table' },
] as const;

function dataEvidence(graph: Assembly, trails: readonly Resource[], thing: Resource, event: string): Observation {
  const truths = trails.map((trail) =>
    all([
      isTrue(trail.properties.IsLogging),
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

function recordsData(graph: Assembly, { properties }: Resource, thing: Resource, event: string): Truth {
  const advanced = listOf(properties.AdvancedEventSelectors).map((selector) =>
    selects(graph, listOf(at(selector, 'FieldSelectors')), thing, event),
  );
  const basic = listOf(properties.EventSelectors).map((selector) =>
    all([
      isLiteral(at(selector, 'ReadWriteType') ?? 'All', 'All'),
      any(
        listOf(at(selector, 'DataResources')).map((resource) =>
          all([
            isLiteral(at(resource, 'Type'), event),
            any(listOf(at(resource, 'Values')).map((value) => any([isWholeKind(value), holdsWhole(value, thing)]))),
          ]),
        ),
      ),
    ]),
  );
  return any([...advanced, ...basic]);
}

/** `arn:aws:s3`, `arn:aws:lambda`, `arn:aws:dynamodb`: everything of the kind. */
const isWholeKind = (value: Value): boolean => /^arn:[\w-]+:(s3(:::?)?|lambda|dynamodb)$/.test(textOf(value));

/** Whether an advanced selector takes all events of a thing. What a log bucket is written is a log itself, and may be left out. */
const selects = (graph: Assembly, fields: readonly Value[], thing: Resource, event: string): Truth =>
  all([
    hasField(fields, 'eventCategory', 'Data'),
    hasField(fields, 'resources.type', event),
    ...fields.map((field) => textHolds(at(field, 'Field'), () => true) && takes(graph, field, thing)),
  ]);

/** Whether a field of a selector leaves nothing of a thing out. */
function takes(graph: Assembly, field: Value, thing: Resource): Truth {
  switch (at(field, 'Field')) {
    case 'eventCategory':
    case 'resources.type':
      return true;
    case 'resources.ARN':
      return any(
        [...listOf(at(field, 'Equals')), ...listOf(at(field, 'StartsWith'))].map((value) => holdsWhole(value, thing)),
      );
    case 'eventName':
      return (
        logBuckets(graph).includes(thing) &&
        isProperties(field) &&
        Object.keys(field).sort().join() === 'Field,NotEquals' &&
        all(listOf(field.NotEquals).map((name) => isLiteral(name, 'PutObject')))
      );
    default:
      return false;
  }
}
