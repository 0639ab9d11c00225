// What every step has: the ledger, the time, and where everything is.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Role } from '../ledger.ts';
import { clientOptions, lazily } from './clients.ts';
import { dynamoLedger } from './ledger.ts';
import { type Place, placeOf, readPlaces } from './places.ts';

/** Read from the function's environment; throws when that is not complete. */
export function base(environment: NodeJS.ProcessEnv = process.env) {
  const places = readPlaces(environment);
  const client = new DynamoDBClient(clientOptions(placeOf(places, 'standby').region));
  return {
    places,
    ledger: dynamoLedger(client, places.LEDGER_TABLE, places.ENVIRONMENT),
    clock: { now: () => new Date() },
    size: places.SIZE,
    /** Something of a region, made when that region is first asked for. */
    inRegion: <Made>(make: (place: Place) => Made): ((region: Role) => Made) =>
      lazily((region: Role) => make(placeOf(places, region))),
  };
}
