// From a failover on this machine to one on AWS: what the drill measured of the steps is about this machine, so each step is taken for
// what AWS publishes of it and for what the templates allow it at most. An extrapolation, and no measurement.

/** What the templates say of the time that things take; seconds. */
export interface Pace {
  /** Of the endpoint check that finds the primary lost: interval times threshold. */
  readonly endpointLost: number;
  /** Of the alarm that stands beside it: period times periods. */
  readonly alarmRaised: number;
  /** Until the alarm on both calls somebody: period times periods. */
  readonly told: number;
  /** Of the check of the second region's endpoint: interval times threshold. */
  readonly endpointBack: number;
  /** Between two looks of the load balancer at a task. */
  readonly targetInterval: number;
  /** For which resolvers keep the old answer. */
  readonly answerKept: number;
  /** For each state of the state machine, the pauses between all its tries together. */
  readonly bounds: Readonly<Record<string, number>>;
}

interface ExtrapolatedStep {
  readonly name: string;
  /** As published or as the templates have it; null where nobody says. */
  readonly seconds: number | null;
  /** After so long the state machine gives up and calls somebody; null where nothing bounds it. */
  readonly most: number | null;
  readonly source: string;
}

export interface Extrapolation {
  readonly steps: readonly ExtrapolatedStep[];
  /** Of the steps that somebody says something of. */
  readonly seconds: number;
  /** Names of those that nobody does. */
  readonly unknown: readonly string[];
}

interface Published {
  readonly seconds: number | null;
  readonly source: string;
}

const ofTemplate = 'template';

/** By the state's name; what is not here is a call or two of an API, and of those AWS publishes no times. */
const published = (pace: Pace): Readonly<Record<string, Published>> => ({
  PromoteDatabase: {
    seconds: 60,
    source: 'https://aws.amazon.com/rds/aurora/global-database/ (in under a minute; the user guide speaks of minutes)',
  },
  AwaitTargets: {
    // One good answer makes a new target healthy.
    seconds: pace.targetInterval,
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  },
  AwaitTraffic: {
    seconds: pace.endpointBack,
    source:
      'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html',
  },
});

/** `states`: those that a failover goes through, in order. */
export function extrapolate(pace: Pace, states: readonly string[]): Extrapolation {
  const known = published(pace);
  const steps: readonly ExtrapolatedStep[] = [
    {
      name: 'Detect',
      seconds: Math.max(pace.endpointLost, pace.alarmRaised) + pace.told,
      most: null,
      source: ofTemplate,
    },
    ...states.map((name) => ({
      name,
      most: pace.bounds[name] ?? null,
      ...(known[name] ?? { seconds: null, source: 'AWS publishes none' }),
    })),
    {
      name: 'Serve',
      seconds: pace.answerKept,
      most: null,
      source: 'https://aws.amazon.com/route53/faqs/ (an alias of a load balancer is kept for 60 s)',
    },
  ];
  return {
    steps,
    seconds: steps.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    unknown: steps.filter(({ seconds }) => seconds === null).map(({ name }) => name),
  };
}
