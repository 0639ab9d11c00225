// The step `resume-orders` as a Lambda function.
import { base } from '../aws/base.ts';
import { fargateOneOff } from '../aws/one-off.ts';
import type { StepEvent } from '../step.ts';
import { resumeOrders } from '../steps/resume-orders.ts';

const always = base();
const ports = { ...always, oneOff: always.inRegion(fargateOneOff) };

export const handler = (event: StepEvent) => resumeOrders(event, ports);
