// The step `promote-database` as a Lambda function.
import { base } from '../aws/base.ts';
import { auroraDatabase } from '../aws/database.ts';
import type { StepEvent } from '../step.ts';
import { promoteDatabase } from '../steps/promote-database.ts';

const always = base();
const ports = { ...always, database: auroraDatabase(always.variables) };

export const handler = (event: StepEvent) => promoteDatabase(event, ports);
