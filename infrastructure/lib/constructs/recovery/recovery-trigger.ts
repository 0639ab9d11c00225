// Where the document wants a failover without a person: the bus on which this region hears that the other one is lost (DR-2).
import { Duration } from 'aws-cdk-lib';
import { CfnEventBus, EventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { only } from './recovery-places.ts';

/** News of a loss that could not be acted on for so long is left to people: the region may be well again by then. */
const freshFor = Duration.minutes(15);

/**
 * A bus of its own, to which the edge's region alone sends, and only the change of one alarm: so whatever says ALARM on it starts the
 * state machine. A second start while one runs, or when this region serves already, is refused by the first step.
 *
 * Detection lies in us-east-1, where Route 53 measures. A platform whose first region that is does not fail over by itself when the whole
 * region is gone; a person's start needs nothing of it.
 *
 * Day 2: `failover: manual` in the document takes this away again; `aws events disable-rule` does so at once.
 *
 * @cost $1.00 per million events: nothing.
 */
export class RecoveryTrigger extends Construct {
  /** For the edge's region. */
  readonly busArn: string;

  constructor(scope: Construct, id: string, { stateMachine }: { readonly stateMachine: StateMachine }) {
    super(scope, id);
    const bus = new EventBus(this, 'Bus', { description: 'What the edge says of the other region' });
    this.busArn = only(bus, CfnEventBus.isCfnEventBus).attrArn;
    const role = new Role(this, 'Role', {
      description: 'Lets the loss of the other region start the failover',
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'StartFailover',
        actions: ['states:StartExecution'],
        resources: [stateMachine.stateMachineArn],
      }),
    );
    new Rule(this, 'PrimaryLost', {
      description: 'The primary region is lost: fail over without waiting for a person',
      eventBus: bus,
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { state: { value: ['ALARM'] } },
      },
      targets: [
        new SfnStateMachine(stateMachine, {
          role: role.withoutPolicyUpdates(),
          maxEventAge: freshFor,
          input: RuleTargetInput.fromObject({
            action: 'failover',
            reason: 'Route 53 finds the primary region not ready, and its database sends nothing',
          }),
        }),
      ],
    });
  }
}
