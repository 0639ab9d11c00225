// The step `raise-capacity` as a Lambda function.
import { base } from '../aws/base.ts';
import { auroraCapacity } from '../aws/capacity.ts';
import type { StepEvent } from '../step.ts';
import { raiseCapacity } from '../steps/raise-capacity.ts';

const always = base();
const ports = { ...always, capacity: auroraCapacity(always.variables) };

export const handler = (event: StepEvent) => raiseCapacity(event, ports);
