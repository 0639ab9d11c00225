// What the page shows, as one plain object: made once by `hashira build`, embedded as JSON, read by the page. Whatever is said often
// (texts, resources, evidence) is said once, in a list of its own, and named by its place there: three environments have to fit.

import type { LineKind, StatementKind } from '../../design/lines.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Language } from '../../design/problem.ts';
import type { Criterion, Environment, Threshold } from '../../design/schema.ts';
import type { CostEntry, DocumentReport } from '../cost/report.ts';
import type { Scenario } from '../cost/scenarios/scenarios.ts';
import type { Verdict } from '../judges/verdict.ts';
import type { Simulation } from '../simulation/simulate-environment.ts';

export interface ReportData {
  readonly design: {
    readonly id: string;
    readonly feature: string;
    readonly title: string;
    readonly version: string;
    readonly created: string;
    /** File name of the document. */
    readonly source: string;
    readonly region: string;
    readonly language: Language;
  };
  /** Those that were built. */
  readonly environments: readonly EnvironmentOverview[];
  /** What people call each of the design's. */
  readonly environmentNames: Readonly<Record<Environment, Readonly<Record<Language, string>>>>;
  /** The one that serves people. */
  readonly production: Environment;
  /** What the validator and cdk-nag found and nobody acknowledged. */
  readonly findings: readonly { readonly rule: string; readonly description: string; readonly resource: string }[];
  readonly texts: readonly ReportText[];
  readonly resources: readonly ReportResource[];
  readonly evidence: readonly EvidenceRow[];
  readonly lines: readonly ReportLine[];
  readonly criteria: readonly ReportCriterion[];
  readonly decisions: readonly Decision[];
  readonly architecture: readonly Architecture[];
  readonly securityGroups: readonly GroupMatrix[];
  readonly alarms: readonly AlarmRow[];
  readonly scaling: readonly Simulation[];
  readonly runs: readonly RuntimeSummary[];
  readonly recovery: RecoverySummary | null;
  readonly cost: ReportCost;
  readonly differences: readonly Difference[];
}

/** A text as it stands, or a sentence in both languages. */
export type ReportText = string | Readonly<Record<Language, string>>;

export interface EnvironmentOverview {
  readonly name: Environment;
  readonly stacks: readonly { readonly id: string; readonly region: string; readonly resources: number }[];
}

export interface ReportResource {
  /** Construct path; what was looked at, where it is no resource of a template. */
  readonly path: string;
  /** Empty where it is no resource of a template, as its logical id. */
  readonly type: string;
  readonly logicalId: string;
  /** Place in `texts` of the template file, or of the file of what was observed at run time. */
  readonly file: number;
}

export const seen = ['pass', 'fail', 'unresolved'] as const;

/**
 * One property looked at: places in `resources`, and in `texts` of the JSON pointer (within the resource, where it is one of a
 * template), of what was observed, of what was expected, of the template's excerpt; last the place in `seen`.
 */
export type EvidenceRow = readonly [
  resource: number,
  pointer: number,
  observed: number,
  expected: number,
  excerpt: number,
  seen: number,
];

/** A verdict in one environment. */
export interface ReportVerdict {
  readonly environment: Environment;
  readonly verdict: Verdict;
  /** Places in `evidence`. */
  readonly evidence: readonly number[];
  readonly deviation?: string;
  readonly reason?: ReportText;
}

export interface ReportStatement {
  readonly kind: StatementKind;
  /** Path in the design. */
  readonly path: string;
  /** Requirement id. */
  readonly id?: string;
  readonly verdicts: readonly ReportVerdict[];
}

export interface ReportLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly kind: LineKind;
  readonly statements?: readonly ReportStatement[];
}

export interface ReportCriterion extends Pick<Criterion, 'id' | 'group' | 'pattern' | 'text'> {
  /** Line of the document, from 1; 0 when it has none. */
  readonly line: number;
  readonly verdicts: readonly ReportVerdict[];
}

/** A decision (ADR) that a verdict refers to. */
export interface Decision {
  readonly id: string;
  readonly title: string;
  /** Its own summary, in the language that it is written in; empty when it has none. */
  readonly summary: string;
  /** Relative to the project. */
  readonly file: string;
}

/** The diagram of an environment. */
export interface Architecture {
  readonly environment: Environment;
  /** A whole SVG element, with the texts of both languages where they differ. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The same in words: who sends what to whom. */
  readonly paths: readonly {
    readonly from: Words | string;
    readonly to: Words | string;
    readonly what: Words | string;
  }[];
}

/** Who may reach whom among the security groups of a region. */
export interface GroupMatrix {
  readonly environment: Environment;
  readonly region: string;
  readonly groups: readonly string[];
  readonly rules: readonly GroupRule[];
}

export interface GroupRule {
  /** Name of a group, or an address range. */
  readonly from: string;
  readonly to: string;
  /** `tcp 443`. */
  readonly ports: string;
  /** The rule's own words at either end; absent where that end has no such rule. */
  readonly egress?: string;
  readonly ingress?: string;
  /** Whether the document has it too. */
  readonly stated: boolean;
}

export interface AlarmRow {
  /** 0 when no line states it. */
  readonly line: number;
  readonly service: string;
  /** The document's name of the metric. */
  readonly metric: string;
  /** CloudWatch's. */
  readonly measured: string;
  readonly unit: string;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly warning?: Threshold;
  readonly critical?: Threshold;
  /** Decision that says where the alarm is not as the row has it. */
  readonly deviation?: string;
  /** None in an environment that the row does not bind. */
  readonly members: readonly AlarmMember[];
}

export interface AlarmMember {
  readonly environment: Environment;
  /** Construct path of what is watched, with its node where it has several. */
  readonly of: string;
  /** In the metric's unit: what the document comes to, and what the template has. */
  readonly warning?: { readonly wanted?: number; readonly built?: number };
  readonly critical?: { readonly wanted?: number; readonly built?: number };
}

/** What a load or a drill of one platform has shown. */
export interface RuntimeSummary {
  readonly environment: Environment;
  /** `load`, or the drill's name: `task`, `surge` … */
  readonly name: string;
  /** Where it ran: `local` or `aws`. */
  readonly target: string;
  /** Whether it was of these very templates. */
  readonly current: boolean;
  readonly criteria: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly observed: Said;
    readonly expected: Said;
  }[];
  /** Whole seconds since the start, and the tasks that took traffic then. */
  readonly tasks: readonly (readonly [second: number, tasks: number])[];
  /** Requests a second, and waits in milliseconds. */
  readonly load: {
    readonly rps: number;
    readonly requests: number;
    readonly errors: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  } | null;
  /** `null` as a time: the platform was never whole again. */
  readonly drill: { readonly lost: number; readonly recoveryMs: number | null } | null;
}

export interface RecoverySummary {
  readonly strategy: string;
  readonly from: string;
  readonly to: string;
  readonly rpoSeconds: number;
  readonly rtoSeconds: number;
  /** The steps of the document. */
  readonly steps: readonly { readonly title: string; readonly details: readonly string[] }[];
  /** What the last drill has shown; `null` when there has been none. */
  readonly drill: RegionDrillSummary | null;
}

export interface RegionDrillSummary {
  /** Where it ran: `local` or `aws`. */
  readonly target: string;
  /** Whether it was of these very templates. */
  readonly current: boolean;
  /** How many times faster than in AWS the waits of checks and scalers passed; 1 for a drill in AWS. */
  readonly speed: number;
  readonly rpoMs: number;
  /** What the same steps would take in AWS, reckoned and not measured; of some nobody says how long they take. */
  readonly onAws?: { readonly seconds: number; readonly unknown: readonly string[] };
  /** `null`: new orders were never taken again. */
  readonly rtoMs: number | null;
  readonly lostOrders: number;
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
}

export interface ReportCost {
  readonly environments: readonly EnvironmentCost[];
  /** Production's estimate beside the document's. */
  readonly document: DocumentReport | null;
  readonly scenarios: readonly Scenario[];
  /** Why there is no estimate. */
  readonly problems: readonly Readonly<Record<Language, string>>[];
}

export interface EnvironmentCost
  extends Pick<CostEntry, 'environment' | 'monthly' | 'yearly' | 'groups' | 'budget' | 'prices'> {
  /** USD a month as the document states it. */
  readonly stated: number;
  readonly lines: readonly Pick<
    CostEntry['lines'][number],
    'group' | 'item' | 'region' | 'unit' | 'quantity' | 'unitPrice' | 'monthly' | 'resource' | 'confidence' | 'purpose'
  >[];
  /** Figures of use that no document states. */
  readonly assumed: readonly { readonly key: string; readonly value: number; readonly unit: string }[];
}

/** A property that is not the same in every environment. */
export interface Difference {
  /** Without the environment's name: `ComputeStack/Api/Service`. */
  readonly resource: string;
  readonly type: string;
  /** Empty where the resource as a whole is in some environments only. */
  readonly property: string;
  /** In the order of the environments; `null` where it is not there. */
  readonly values: readonly (string | null)[];
}
