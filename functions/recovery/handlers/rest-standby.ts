// The step `rest-standby` as a Lambda function.
import { base } from '../aws/base.ts';
import { auroraCapacity } from '../aws/capacity.ts';
import { fargateService } from '../aws/service.ts';
import type { StepEvent } from '../step.ts';
import { restStandby } from '../steps/rest-standby.ts';

const always = base();
const ports = { ...always, service: always.inRegion(fargateService), capacity: auroraCapacity(always.variables) };

export const handler = (event: StepEvent) => restStandby(event, ports);
