// In which order the regions of a global database come to another engine version, and whether a deployment keeps it: the first region's
// stack is deployed before those that follow it, and a minor version wants the followers first, a major one all at once
// (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html).
import { compareEngineVersions, isSameMajor } from '../../aws/engine-version.ts';
import { finding, type PreflightFinding } from './result.ts';

export interface Cluster {
  readonly region: string;
  /** Id of its stack. */
  readonly stack: string;
  readonly engine: string;
  /** The template's version; `undefined`: whichever AWS takes. */
  readonly wanted: string | undefined;
  /** Whether it follows the cluster of another region. */
  readonly follows: boolean;
  /** Absent where it is still to be made. */
  readonly there?: {
    readonly name: string;
    readonly status: string;
    readonly version: string;
    /** Whether the deployment changes the cluster or an instance of it. */
    readonly changes: boolean;
    /** Whether the template that it was deployed with says another version: only then is RDS told of one. */
    readonly versionChanges: boolean;
  };
}

/** @param global name of the global database that is there; `undefined`: there is none */
export function engineFinding(cluster: Cluster, all: readonly Cluster[], global: string | undefined): PreflightFinding {
  const { region, wanted, there, engine } = cluster;
  if (there === undefined) return newcomer(cluster, all);
  const step = wanted === undefined ? 0 : compareEngineVersions(wanted, there.version);
  if (wanted === undefined || step === 0)
    return finding('engineSame', 'ok', { cluster: there.name, region, version: there.version });
  const facts = { cluster: there.name, region, from: there.version, to: wanted };
  if (!there.versionChanges) return finding('engineOther', 'warn', facts);
  if (step < 0) return finding('engineDowngrade', 'fail', facts);
  if (global === undefined) return finding('engineUpgrade', 'warn', facts);
  if (!isSameMajor(engine, there.version, wanted)) return finding('engineMajorOfGlobal', 'fail', { ...facts, global });
  const late = cluster.follows ? [] : all.filter((each) => each.follows && isBehind(each, wanted));
  return late.length === 0
    ? finding('engineUpgrade', 'warn', facts)
    : finding('engineFollowersFirst', 'fail', {
        ...facts,
        global,
        followers: late.map(({ region, there }) => `${there?.name} (${region}): ${there?.version}`).join(', '),
        stacks: late.map(({ stack }) => stack).join(' '),
      });
}

const isBehind = ({ there }: Cluster, wanted: string): boolean =>
  there !== undefined && compareEngineVersions(there.version, wanted) < 0;

/** A cluster that is still to be made. One that follows must be of the version of what it follows. */
function newcomer({ region, stack, wanted, follows }: Cluster, all: readonly Cluster[]): PreflightFinding {
  const first = follows ? all.find((each) => !each.follows)?.there : undefined;
  if (
    wanted === undefined ||
    first === undefined ||
    first.versionChanges ||
    compareEngineVersions(wanted, first.version) === 0
  )
    return finding('databaseToCome', 'ok', { stack, region, version: wanted ?? null });
  return finding('engineOfNewcomer', 'fail', { stack, region, from: first.version, to: wanted });
}
