// The step `await-traffic` as a Lambda function.
import { base } from '../aws/base.ts';
import { resolvedTraffic } from '../aws/traffic.ts';
import type { StepEvent } from '../step.ts';
import { awaitTraffic } from '../steps/await-traffic.ts';

const always = base();
const ports = { ...always, traffic: resolvedTraffic(always.variables) };

export const handler = (event: StepEvent) => awaitTraffic(event, ports);
