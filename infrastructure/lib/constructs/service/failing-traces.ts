// How many requests are traced, and a view of those that went wrong (AC-OPS-3).

import { CfnGroup } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { isProduction } from '../../../../design/environments.ts';
import type { Design, Environment } from '../../../../design/schema.ts';

/**
 * Shares of requests that the API traces. Production's is what an estimate of a million traces in 52.56 million requests a month pays
 * for; the others have little traffic, and every request of theirs is worth a look. Tasks are told theirs by their environment. Functions
 * sample by Lambda's own rule, the first call of a second and 5 % of the others, which no rule of X-Ray changes
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html).
 */
export const tracedShare = (design: Design, environment: Environment): number =>
  isProduction(design, environment) ? 0.02 : 1;

export interface FailingTracesProps {
  /** The group's name, of the account: it names the environment, so that one account can hold them all. */
  readonly groupName: string;
  /** The API's whole name in X-Ray. */
  readonly api: string;
}

/**
 * Traces of requests that failed or were slow, as a group of X-Ray.
 *
 * Day 2: while a fault is hunted, `tracedShare` of production is raised and its ComputeStack deployed.
 *
 * @cost $5.00 per million traces after the first 100,000: 2 % of 52.56 million requests are 1.05 million, $4.76 a month; a function that
 * is called every second adds up to 2.63 million, $13.14.
 */
export class FailingTraces extends Construct {
  constructor(scope: Construct, id: string, { groupName, api }: FailingTracesProps) {
    super(scope, id);
    new CfnGroup(this, 'Failing', {
      groupName,
      filterExpression: `service("${api}") { fault = true OR responsetime > 1 }`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
  }
}
