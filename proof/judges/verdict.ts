// What judges see and what comes of it, as plain data.
import type { Value } from '../../assembly/graph.ts';
import type { Language } from '../../design/problem.ts';

/** What comes of judging a line or a criterion; `unresolved`: the templates do not settle it. */
export type Verdict = 'pass' | 'fail' | 'not-applicable' | 'needs-runtime' | 'unresolved' | 'not-judged';

export const verdictWords: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
  en: {
    pass: 'pass',
    fail: 'fail',
    'not-applicable': 'not applicable',
    'needs-runtime': 'needs runtime',
    unresolved: 'unresolved',
    'not-judged': 'not judged',
  },
  ja: {
    pass: '合格',
    fail: '不合格',
    'not-applicable': '対象外',
    'needs-runtime': '要実測',
    unresolved: '未確定',
    'not-judged': '未判定',
  },
};

/** One property looked at. */
export interface Evidence {
  /** Construct path; empty when the finding is that there is no such resource. */
  readonly resource: string;
  readonly logicalId: string;
  /** Stack id. */
  readonly stack: string;
  /** Template file, relative to the assembly; for a claim about the source tree, that file. */
  readonly template: string;
  /** JSON pointer within the template; empty for the file as a whole. */
  readonly property: string;
  /** A value of the template, or what is said of it. */
  readonly observed: unknown;
  readonly expected: unknown;
  readonly verdict: 'pass' | 'fail' | 'unresolved';
  /** Parameters whose defaults were taken for it: a deployment may give others. */
  readonly defaults?: readonly { readonly parameter: string; readonly value: Value }[];
}

/** Evidence as a judge gives it: the file of a stack's template is the engine's to add. */
export type Observation = Omit<Evidence, 'template'> & { readonly template?: string | undefined };
