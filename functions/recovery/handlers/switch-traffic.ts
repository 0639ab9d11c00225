// The step `switch-traffic` as a Lambda function.
import { base } from '../aws/base.ts';
import { metricLatch } from '../aws/latch.ts';
import type { StepEvent } from '../step.ts';
import { switchTraffic } from '../steps/switch-traffic.ts';

const always = base();
const ports = { ...always, latch: metricLatch(always.variables) };

export const handler = (event: StepEvent) => switchTraffic(event, ports);
