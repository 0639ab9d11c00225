// What every step has: the ledger, the time, and where everything is.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Role } from '../ledger.ts';
import { clientOptions, lazily } from './clients.ts';
import { dynamoLedger } from './ledger.ts';
import { type RegionResources, readVariables, resourcesOf } from './variables.ts';

/** Read from the function's environment; throws when that is not complete. */
export function base(environment: NodeJS.ProcessEnv = process.env) {
  const variables = readVariables(environment);
  const client = new DynamoDBClient(clientOptions(resourcesOf(variables, 'standby').region));
  return {
    variables,
    ledger: dynamoLedger(client, variables.LEDGER_TABLE, variables.ENVIRONMENT),
    clock: { now: () => new Date() },
    size: variables.SIZE,
    /** Something of a region, made when that region is first asked for. */
    inRegion: <Made>(make: (place: RegionResources) => Made): ((region: Role) => Made) =>
      lazily((region: Role) => make(resourcesOf(variables, region))),
  };
}
