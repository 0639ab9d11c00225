// The publication of the latch as a Lambda function, once a minute.
import { base } from '../aws/base.ts';
import { metricLatch } from '../aws/latch.ts';
import { publishLatch } from '../steps/publish-latch.ts';

const always = base();
const ports = { ...always, latch: metricLatch(always.variables) };

export const handler = () => publishLatch({}, ports);
