// The step `claim` as a Lambda function.
import { base } from '../aws/base.ts';
import { stepFunctions } from '../aws/executions.ts';
import { type ClaimEvent, claim } from '../steps/claim.ts';

const always = base();
const ports = { ...always, executions: stepFunctions(always.variables.PLACES.standby.region) };

export const handler = (event: ClaimEvent) => claim(event, ports);
