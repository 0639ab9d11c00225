// AC-SEC-7: what is done with AWS's interface is on record. Read as: every management event, in every region that has a stack, and the
// data events of every bucket, function and table in use; CloudTrail knows no "all" beyond that (ADR-024).

import { isOfEnvironment } from '../../../assembly/environments.ts';
import {
  type Assembly,
  at,
  isList,
  isProperties,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../assembly/graph.ts';
import { usersOfTrail } from '../../../assembly/questions/key-users.ts';
import { listOf, ofType, pointsAt, regionOf } from '../../../assembly/relations.ts';
import { environmentKeys, isProduction, productionOf } from '../../../design/environments.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { logBuckets } from '../storage.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { grantsTo } from './key-policies.ts';
import { isTrue, suffixOf } from './resources.ts';

export const auditTrail: CriterionJudge = {
  id: 'AC-SEC-7',
  about: ['trail'],
  deviation: () => 'ADR-024',
  judge: judgeTrails,
};

function judgeTrails(criterionCase: CriterionCase): Finding {
  const { everywhere: graph } = criterionCase;
  const own = trailsOf(graph);
  if (own.length === 0 && !sharesTrail(criterionCase)) return [nothing('a trail that records')];
  return [
    ...own.flatMap((trail) => [loggingEvidence(graph, trail), ...keyEvidence(graph, trail)]),
    ...managementEvidence(criterionCase),
    ...dataTypes.flatMap(({ type, event }) =>
      ofType(graph, type).map((thing) => dataEvidence(graph, own, thing, event)),
    ),
  ];
}

const trailsOf = (graph: Assembly) => ofType(graph, 'AWS::CloudTrail::Trail');

const loggingEvidence = (graph: Assembly, trail: Resource): Evidence =>
  seen(graph, trail, ['IsLogging'], trail.properties.IsLogging, true, isTrue(trail.properties.IsLogging));

/** CloudTrail makes no trail and writes no file unless the keys of its files and of its bucket let it. */
function keyEvidence(graph: Assembly, trail: Resource): readonly Evidence[] {
  const users = usersOfTrail(graph, trail);
  const { KMSKeyId } = trail.properties;
  const elsewhere = KMSKeyId !== undefined && !users.some(({ use }) => use === 'a trail encrypts files');
  return [
    ...(elsewhere
      ? [seen(graph, trail, ['KMSKeyId'], KMSKeyId, 'a key whose policy the templates hold', undefined)]
      : []),
    ...users.map((user) => {
      const { missing, unsure } = grantsTo(graph, user);
      const lacking = [...missing, ...unsure];
      const observed = lacking.length === 0 ? 'it may' : `it may not ${lacking.join(', ')}`;
      const holds = missing.length > 0 ? false : unsure.length > 0 ? undefined : true;
      return seen(graph, user.key, ['KeyPolicy'], observed, `CloudTrail may use the key: ${user.use}`, holds);
    }),
  ];
}

/** Environments of one account need one trail of management events between them: a second copy is paid for. */
const sharesTrail = ({ design, environment }: CriterionCase) =>
  design.inputs.accounts === 'one' && !isProduction(design, environment);

/** Management events of each region that has a stack of the environment. */
function managementEvidence(criterionCase: CriterionCase): readonly Evidence[] {
  const { everywhere, whole, design } = criterionCase;
  const shared = sharesTrail(criterionCase);
  const graph = shared ? whole : everywhere;
  const trails = trailsOf(graph).filter(
    ({ properties }) => isTrue(properties.IsLogging) && recordsManagement(properties),
  );
  const regions = [...new Set(everywhere.stacks.map(({ region }) => region))].filter(
    (region) => region !== 'unknown-region',
  );
  if (shared && !whole.stacks.some(isOfEnvironment(productionOf(design), environmentKeys(design)))) {
    return [{ ...nothing("production's trail, which serves every environment of the account"), verdict: 'unresolved' }];
  }
  const [first] = trails;
  if (first === undefined) return [nothing('a trail of every management event')];
  return (regions.length === 0 ? [design.region] : regions).map((region) => {
    const trail = trails.find((candidate) => serves(graph, candidate, region));
    const observed = trail === undefined ? 'no trail' : trail.path;
    return seen(
      graph,
      trail ?? first,
      ['IsMultiRegionTrail'],
      observed,
      `management events of ${region}`,
      trail !== undefined,
    );
  });
}

/** A trail of all regions has what is global with it; one of a single region is asked whether it takes that too. */
function serves(graph: Assembly, trail: Resource, region: string): boolean {
  if (isTrue(trail.properties.IsMultiRegionTrail))
    return String(literal(trail.properties.IncludeGlobalServiceEvents)) !== 'false';
  const home = regionOf(graph, trail);
  return home === region || home === 'unknown-region';
}

/** Whether a trail has every management event, of reading and writing, of every service. */
function recordsManagement({ AdvancedEventSelectors, EventSelectors }: Resource['properties']): boolean {
  if (isList(AdvancedEventSelectors) && AdvancedEventSelectors.length > 0) {
    return AdvancedEventSelectors.some((selector) => {
      const fields = listOf(at(selector, 'FieldSelectors'));
      return fields.length === 1 && fieldOf(fields, 'eventCategory').includes('Management');
    });
  }
  const selectors = listOf(EventSelectors);
  return (
    selectors.length === 0 ||
    selectors.some(
      (selector) =>
        String(literal(at(selector, 'IncludeManagementEvents')) ?? true) === 'true' &&
        String(literal(at(selector, 'ReadWriteType')) ?? 'All') === 'All' &&
        listOf(at(selector, 'ExcludeManagementEventSources')).length === 0,
    )
  );
}

const fieldOf = (fields: readonly Value[], name: string): readonly Value[] =>
  listOf(
    at(
      fields.find((field) => at(field, 'Field') === name),
      'Equals',
    ),
  );

/** What has data events, and CloudTrail's names for them. */
const dataTypes = [
  { type: 'AWS::S3::Bucket', event: 'AWS::S3::Object' },
  { type: 'AWS::Lambda::Function', event: 'AWS::Lambda::Function' },
  { type: 'AWS::DynamoDB::Table', event: 'AWS::DynamoDB::Table' },
] as const;

function dataEvidence(graph: Assembly, trails: readonly Resource[], thing: Resource, event: string): Evidence {
  const working = trails.filter(({ properties }) => isTrue(properties.IsLogging));
  const trail = working.find((candidate) => recordsData(graph, candidate, thing, event));
  const observed = trail === undefined ? 'on no record' : `recorded by ${trail.path}`;
  const sure = trail?.condition === undefined ? trail !== undefined : undefined;
  return seen(graph, thing, [], observed, `data events of ${event}`, sure);
}

function recordsData(graph: Assembly, { properties }: Resource, thing: Resource, event: string): boolean {
  const advanced = listOf(properties.AdvancedEventSelectors).some((selector) =>
    selects(graph, listOf(at(selector, 'FieldSelectors')), thing, event),
  );
  const basic = listOf(properties.EventSelectors).some(
    (selector) =>
      String(literal(at(selector, 'ReadWriteType')) ?? 'All') === 'All' &&
      listOf(at(selector, 'DataResources')).some(
        (resource) =>
          at(resource, 'Type') === event &&
          listOf(at(resource, 'Values')).some((value) => isWhole(value, thing) || isWholeKind(textOf(value))),
      ),
  );
  return advanced || basic;
}

/** Whether a value is a thing with all that is in it, and not a part of it. */
const isWhole = (value: Value, thing: Resource) => pointsAt(value, thing) && ['', '/'].includes(suffixOf(value) ?? '');

/** `arn:aws:s3`, `arn:aws:lambda`, `arn:aws:dynamodb`: everything of the kind. */
const isWholeKind = (text: string) => /^arn:[\w-]+:(s3(:::?)?|lambda|dynamodb)$/.test(text);

/** Whether an advanced selector takes all events of a thing. What a log bucket is written is a log itself, and may be left out. */
function selects(graph: Assembly, fields: readonly Value[], thing: Resource, event: string): boolean {
  if (!fieldOf(fields, 'eventCategory').includes('Data') || !fieldOf(fields, 'resources.type').includes(event))
    return false;
  return fields.every((field) => {
    switch (at(field, 'Field')) {
      case 'eventCategory':
      case 'resources.type':
        return true;
      case 'resources.ARN':
        return [...listOf(at(field, 'Equals')), ...listOf(at(field, 'StartsWith'))].some((value) =>
          isWhole(value, thing),
        );
      case 'eventName':
        return (
          logBuckets(graph).includes(thing) &&
          isProperties(field) &&
          Object.keys(field).sort().join() === 'Field,NotEquals' &&
          listOf(field.NotEquals).every((name) => name === 'PutObject')
        );
      default:
        return false;
    }
  });
}
