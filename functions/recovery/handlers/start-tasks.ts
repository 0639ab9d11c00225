// The step `start-tasks` as a Lambda function.
import { base } from '../aws/base.ts';
import { fargateService } from '../aws/service.ts';
import type { StepEvent } from '../step.ts';
import { startTasks } from '../steps/start-tasks.ts';

const always = base();
const ports = { ...always, service: always.inRegion(fargateService) };

export const handler = (event: StepEvent) => startTasks(event, ports);
