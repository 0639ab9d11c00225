// The step `await-targets` as a Lambda function.
import { base } from '../aws/base.ts';
import { loadBalancerTargets } from '../aws/targets.ts';
import type { StepEvent } from '../step.ts';
import { awaitTargets } from '../steps/await-targets.ts';

const always = base();
const ports = { ...always, targets: always.inRegion(loadBalancerTargets) };

export const handler = (event: StepEvent) => awaitTargets(event, ports);
