// Which events the trails of CloudTrail record, by selectors of the older kind and of the newer.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
import { type Assembly, at, isProperties, type Resource, textOf, type Value } from '../graph.ts';
import { isLiteral, isTrue } from '../properties.ts';
import { holdsWhole, listOf, ofType, regionOf, textHolds } from '../relations.ts';
import { all, any, not, type Truth } from '../truth.ts';
import { logBuckets } from './buckets.ts';

export const trailsOf = (graph: Assembly): readonly Resource[] => ofType(graph, 'AWS::CloudTrail::Trail');

/** Whether a trail records every management event, of reading and writing, of every service; and whether it records none at all. */
export function managementEventsOf({ properties }: Resource): { readonly all: Truth; readonly none: Truth } {
  const { IsLogging, AdvancedEventSelectors, EventSelectors } = properties;
  const advanced = listOf(AdvancedEventSelectors).map((selector) => {
    const fields = listOf(at(selector, 'FieldSelectors'));
    const isMeant = hasField(fields, 'eventCategory', 'Management');
    return { isMeant, isWhole: all([isMeant, fields.length === 1]) };
  });
  const basic = listOf(EventSelectors).map((selector) => {
    const isMeant = isTrue(at(selector, 'IncludeManagementEvents') ?? true);
    const isEverything = isLiteral(at(selector, 'ReadWriteType') ?? 'All', 'All');
    return { isMeant, isWhole: all([isMeant, isEverything, isEmpty(at(selector, 'ExcludeManagementEventSources'))]) };
  });
  const selectors = advanced.length > 0 ? advanced : basic;
  const isOn = isTrue(IsLogging);
  return {
    all: all([isOn, selectors.length === 0 || any(selectors.map(({ isWhole }) => isWhole))]),
    none: any([not(isOn), all([selectors.length > 0, ...selectors.map(({ isMeant }) => not(isMeant))])]),
  };
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

/** A trail of all regions has what is global with it; one of a single region is asked whether it takes that too. */
export function servesRegion(graph: Assembly, trail: Resource, region: string): Truth {
  const { IsMultiRegionTrail, IncludeGlobalServiceEvents } = trail.properties;
  const home = regionOf(graph, trail);
  const isEverywhere = isTrue(IsMultiRegionTrail);
  const isHome = home === 'unknown-region' ? undefined : home === region;
  return any([
    all([isEverywhere, not(isLiteral(IncludeGlobalServiceEvents, 'false'))]),
    all([not(isEverywhere), isHome]),
  ]);
}

/** Whether a trail records all data events of a thing. @param event CloudTrail's name for its kind */
export function recordsData(graph: Assembly, { properties }: Resource, thing: Resource, event: string): Truth {
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
  return all([isTrue(properties.IsLogging), any([...advanced, ...basic])]);
}

/** Whether a trail records data events of anything. */
export const hasDataEvents = ({ properties }: Resource): Truth =>
  any([
    ...listOf(properties.AdvancedEventSelectors).map((selector) =>
      hasField(listOf(at(selector, 'FieldSelectors')), 'eventCategory', 'Data'),
    ),
    ...listOf(properties.EventSelectors).map((selector) => not(isEmpty(at(selector, 'DataResources')))),
  ]);

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
