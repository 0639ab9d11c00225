// The step `smoke-test` as a Lambda function.
import { base } from '../aws/base.ts';
import { loadBalancerDoor } from '../aws/door.ts';
import type { StepEvent } from '../step.ts';
import { smokeTest } from '../steps/smoke-test.ts';

const always = base();
const ports = {
  ...always,
  door: always.inRegion(({ loadBalancer }) => loadBalancerDoor(loadBalancer, always.places.ORIGIN)),
};

export const handler = (event: StepEvent) => smokeTest(event, ports);
