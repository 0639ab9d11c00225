// How many requests are traced, and a view of those that went wrong (AC-OPS-3).
import { CfnGroup, CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import type { Environment } from '../../../design/schema.ts';

/**
 * Shares of requests that are traced. Production's is what an estimate of a million traces in 52.56 million requests a month pays for;
 * the others have little traffic, and every request of theirs is worth a look.
 */
export const tracedShare: Readonly<Record<Environment, number>> = { production: 0.02, staging: 1, development: 1 };

export interface TraceSamplingProps {
  readonly environment: Environment;
  /** What the names of the environment's services in X-Ray begin with, at most 32 letters: tasks are told theirs, functions have their own. */
  readonly prefix: string;
  /** The API's whole name. */
  readonly api: string;
}

/**
 * The rule is for functions, whose calls Lambda samples; tasks are told the same share by their environment. Whoever begins a trace
 * decides, what is called on the way follows. Rules and groups are the account's: both name the environment, so that one account can
 * hold all three.
 *
 * Day 2: a rule is changed at run time, without a deployment: `aws xray update-sampling-rule` with a rate of 1 while a fault is hunted.
 *
 * @cost $5.00 per million traces after the first 100,000: 2 % of 52.56 million requests are 1.05 million, $4.76 a month.
 */
export class TraceSampling extends Construct {
  constructor(scope: Construct, id: string, { environment, prefix, api }: TraceSamplingProps) {
    super(scope, id);
    new CfnSamplingRule(this, 'Rule', {
      samplingRule: {
        ruleName: prefix,
        version: 1,
        priority: 100,
        // One in every second whatever the share is would be 2.6 million a month.
        reservoirSize: 0,
        fixedRate: tracedShare[environment],
        serviceName: `${prefix}*`,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
      },
    });
    new CfnGroup(this, 'Failing', {
      groupName: prefix,
      filterExpression: `service("${api}") { fault = true OR responsetime > 1 }`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
  }
}
