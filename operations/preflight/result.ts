// What a check before a deploy can find, as data: each finding with the facts that its sentence needs. The sentences, and what to do, are
// the command's (cli/lib/checks/messages.ts).
import type { Words } from '../../design/messages/words.ts';
import type { Environment } from '../../design/schema.ts';
import type { AccessKind } from '../aws/access-problem.ts';

export const preflightChecks = [
  'identity',
  'bootstrap',
  'roles',
  'stacks',
  'quotas',
  'domain',
  'image',
  'database',
  'backup',
  'opt-in',
  'budget',
] as const;
export type PreflightCheck = (typeof preflightChecks)[number];

/** `unknown`: it could not be found out, which is never the same as well. */
export type CheckVerdict = 'ok' | 'warn' | 'fail' | 'unknown';

export type QuotaName =
  | 'vpcs'
  | 'internetGateways'
  | 'natGatewaysPerZone'
  | 'networkInterfaces'
  | 'elasticIps'
  | 'loadBalancers'
  | 'fargateVcpus'
  | 'cacheNodes'
  | 'dbClusters'
  | 'dbInstances'
  | 'functionConcurrency';

interface QuotaFigures {
  readonly quota: QuotaName;
  readonly region: string;
  /** Needed beyond what is there already. */
  readonly need: number;
  /** The same while one version of the tasks replaces another under full load, or a waiting region has taken over. */
  readonly most: number;
  readonly free: number;
  readonly limit: number;
}

interface EngineStep {
  readonly cluster: string;
  readonly region: string;
  /** What runs. */
  readonly from: string;
  /** What the template says. */
  readonly to: string;
}

/** Every finding, with its facts. */
export interface PreflightFindings {
  readonly signedIn: { readonly account: string; readonly arn: string };
  readonly rootUser: { readonly account: string };
  readonly otherAccount: { readonly account: string; readonly expected: string };
  readonly sharedAccount: { readonly account: string; readonly environment: Environment; readonly stack: string };
  /** `kind` is null where AWS was not reached at all. */
  readonly notSignedIn: { readonly why: string; readonly kind: AccessKind | null };

  readonly bootstrapped: { readonly region: string; readonly version: number; readonly needed: number };
  readonly notBootstrapped: { readonly region: string; readonly account: string };
  readonly oldBootstrap: {
    readonly region: string;
    readonly account: string;
    readonly version: number;
    readonly needed: number;
  };

  readonly noRoleNeeded: Readonly<Record<never, never>>;
  readonly roleThere: { readonly role: string };
  readonly roleMade: { readonly role: string };
  readonly roleMissing: { readonly role: string; readonly service: string };

  readonly stacksWell: { readonly there: number; readonly absent: number };
  readonly stackTakenBack: { readonly stack: string; readonly region: string; readonly status: string };
  readonly stackBusy: { readonly stack: string; readonly region: string; readonly status: string };
  readonly stackToDelete: { readonly stack: string; readonly region: string; readonly status: string };
  readonly stackStuck: {
    readonly stack: string;
    readonly region: string;
    readonly status: string;
    readonly reason: string;
  };

  readonly room: QuotaFigures;
  readonly tightRoom: QuotaFigures;
  readonly noRoom: QuotaFigures;

  readonly noDomain: Readonly<Record<never, never>>;
  readonly zoneFound: { readonly domain: string; readonly zone: string; readonly id: string };
  readonly noZone: { readonly domain: string };
  readonly noNamedZone: { readonly domain: string; readonly id: string };
  readonly notDelegated: { readonly zone: string; readonly expected: string; readonly found: string };
  readonly recordsByHand: { readonly names: string };

  readonly noImage: Readonly<Record<never, never>>;
  readonly imagePublished: { readonly image: string; readonly region: string };
  readonly imageBuildable: { readonly image: string; readonly builder: string; readonly version: string };
  readonly imageOtherPlatform: {
    readonly image: string;
    readonly builder: string;
    readonly platform: string;
    readonly host: string;
  };
  readonly noBuilder: { readonly image: string; readonly builder: string; readonly why: string };
  readonly noRecipe: { readonly image: string; readonly directory: string };

  readonly noDatabase: Readonly<Record<never, never>>;
  /** `version` is null where the template leaves it to AWS. */
  readonly databaseToCome: { readonly stack: string; readonly region: string; readonly version: string | null };
  readonly databaseRests: { readonly cluster: string; readonly region: string; readonly status: string };
  /** `environment` is null where no working hours start the cluster. */
  readonly databaseStopped: {
    readonly cluster: string;
    readonly region: string;
    readonly status: string;
    readonly environment: Environment | null;
  };
  readonly engineSame: { readonly cluster: string; readonly region: string; readonly version: string };
  readonly engineUpgrade: EngineStep;
  /** The template said so before: CloudFormation tells RDS nothing. */
  readonly engineOther: EngineStep;
  readonly engineDowngrade: EngineStep;
  readonly engineMajorOfGlobal: EngineStep & { readonly global: string };
  readonly engineFollowersFirst: EngineStep & {
    readonly global: string;
    /** Name, region and version of each. */
    readonly followers: string;
    /** Ids of their stacks. */
    readonly stacks: string;
  };
  readonly engineOfNewcomer: Omit<EngineStep, 'cluster'> & { readonly stack: string };

  readonly noBackupPlan: Readonly<Record<never, never>>;
  readonly optedIn: { readonly region: string; readonly types: string };
  readonly optedOut: { readonly region: string; readonly type: string };
  readonly optedOutOfCopies: { readonly region: string; readonly type: string };

  readonly noData: Readonly<Record<never, never>>;
  readonly backupFresh: { readonly what: string; readonly hours: number };
  readonly backupOld: { readonly what: string; readonly hours: number; readonly limit: number };
  readonly backupOfStopped: { readonly what: string; readonly hours: number };
  readonly backupMissing: { readonly what: string };

  readonly noBudget: Readonly<Record<never, never>>;
  readonly budgetToCome: { readonly limit: string };
  readonly budgetRoom: { readonly limit: number; readonly spent: number; readonly forecast: number | null };
  readonly budgetForecastOver: { readonly limit: number; readonly spent: number; readonly forecast: number };
  readonly budgetSpent: { readonly limit: number; readonly spent: number };

  /** AWS, or something on the way there, did not let the check look. */
  readonly unread: { readonly why: Words | string };
  /** Nothing was looked at, since nobody is signed in. */
  readonly notLooked: Readonly<Record<never, never>>;
}

/** One finding: its name, its facts, and what they amount to. */
export type PreflightFinding<K extends keyof PreflightFindings = keyof PreflightFindings> = {
  readonly [P in K]: { readonly is: P; readonly verdict: CheckVerdict; readonly facts: PreflightFindings[P] };
}[K];

export type PreflightResult = PreflightFinding & { readonly check: PreflightCheck };

export const finding = <K extends keyof PreflightFindings>(
  is: K,
  verdict: CheckVerdict,
  facts: PreflightFindings[K],
): { readonly is: K; readonly verdict: CheckVerdict; readonly facts: PreflightFindings[K] } => ({ is, verdict, facts });
