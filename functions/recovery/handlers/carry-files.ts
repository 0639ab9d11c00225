// The step `carry-files` as a Lambda function.
import { base } from '../aws/base.ts';
import { awsFiles } from '../aws/files.ts';
import type { StepEvent } from '../step.ts';
import { carryFiles } from '../steps/carry-files.ts';

const always = base();
const ports = { ...always, files: awsFiles(always.variables) };

export const handler = (event: StepEvent) => carryFiles(event, ports);
