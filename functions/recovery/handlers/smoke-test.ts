// The step `smoke-test` as a Lambda function.
import { base } from '../aws/base.ts';
import { loadBalancerIn } from '../aws/load-balancer.ts';
import type { StepEvent } from '../step.ts';
import { smokeTest } from '../steps/smoke-test.ts';

const always = base();
const ports = {
  ...always,
  loadBalancer: always.inRegion(({ loadBalancer }) => loadBalancerIn(loadBalancer, always.variables.ORIGIN)),
};

export const handler = (event: StepEvent) => smokeTest(event, ports);
