// The step `freeze-writers` as a Lambda function.
import { base } from '../aws/base.ts';
import { auroraFollowers } from '../aws/followers.ts';
import { fargateService } from '../aws/service.ts';
import { loadBalancerTargets } from '../aws/targets.ts';
import type { StepEvent } from '../step.ts';
import { freezeWriters } from '../steps/freeze-writers.ts';

const always = base();
const ports = {
  ...always,
  service: always.inRegion(fargateService),
  targets: always.inRegion(loadBalancerTargets),
  followers: auroraFollowers(always.variables),
};

export const handler = (event: StepEvent) => freezeWriters(event, ports);
