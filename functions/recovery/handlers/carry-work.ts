// The step `carry-work` as a Lambda function.
import { base } from '../aws/base.ts';
import { awsMessages } from '../aws/messages.ts';
import type { StepEvent } from '../step.ts';
import { carryWork } from '../steps/carry-work.ts';

const always = base();
const ports = { ...always, messages: awsMessages(always.variables) };

export const handler = (event: StepEvent) => carryWork(event, ports);
