// The usage profile of an environment: what a file says, else what the document says, else what follows from its traffic.

import { monthHours } from '../../../aws/schedule.ts';
import { perEnvironment, rests, shareOf } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { knownLine } from '../../../design/words/cost-lines.ts';
import type { UsageKey } from '../../../design/words/usage-keys.ts';
import { refuse } from '../problem.ts';
import { usageKeys } from './keys.ts';

export type UsageOverrides = Partial<Readonly<Record<UsageKey, number>>>;

/** A figure of use, with where it comes from. */
export interface UsageFigure {
  readonly key: UsageKey;
  readonly value: number;
  readonly unit: string;
  readonly origin: 'file' | 'document' | 'derived';
  readonly why: Readonly<Record<Language, string>>;
}

export interface Usage {
  /** @throws CostError when the figure is not known. */
  readonly read: (key: UsageKey) => number;
  /** The figures read so far, by key. */
  readonly figures: () => readonly UsageFigure[];
}

export interface UsageInput {
  readonly environment: Environment;
  /** Absent for an assembly without its document. */
  readonly design?: Design;
  readonly overrides?: UsageOverrides;
  /** Whether the templates hold what stops the environment outside working hours. */
  readonly stopsAtNight: boolean;
}

const hoursPerWeek = 168;

export function usageOf(input: UsageInput): Usage {
  const known = new Map<UsageKey, UsageFigure>();
  const read = (key: UsageKey): number => {
    const figure = known.get(key) ?? figureOf(key, input, read);
    known.set(key, figure);
    return figure.value;
  };
  return { read, figures: () => [...known.values()].sort((one, other) => (one.key < other.key ? -1 : 1)) };
}

function figureOf(key: UsageKey, input: UsageInput, read: (key: UsageKey) => number): UsageFigure {
  const { unit, derive, why, kind } = usageKeys[key];
  const figure = (value: number, origin: UsageFigure['origin'], reason = why): UsageFigure => ({
    key,
    value: Number(value.toPrecision(12)),
    unit,
    origin,
    why: reason,
  });
  const given = input.overrides?.[key];
  if (given !== undefined) return figure(given, 'file', { en: 'given', ja: '指定' });
  const { design } = input;
  if (design === undefined)
    return derive === undefined
      ? refuse('missing-usage', { key, unit })
      : figure(derive(basis(input, read)), 'derived');
  if (key === 'hoursPerWeek') return figure(hoursOf(input, design), 'derived', hoursReason(input, design));
  if (key === 'freeTierShare' && design.inputs.accounts === 'one')
    return figure(1 / design.environments.length, 'derived', sharedAccount(design.environments.length));
  const stated = statedInDocument(design, key);
  const whole = stated?.value ?? (key === 'requests' ? design.requestsPerSecond * monthHours * 3600 : undefined);
  if (whole !== undefined) {
    const scaled = whole * scaleOf(kind, input, design, read);
    return figure(
      scaled,
      stated === undefined ? 'derived' : 'document',
      stated === undefined ? why : labelReason(stated.label),
    );
  }
  return derive === undefined ? refuse('missing-usage', { key, unit }) : figure(derive(basis(input, read)), 'derived');
}

const basis = ({ design, environment }: UsageInput, read: (key: UsageKey) => number) => ({
  read,
  logDays: (design && perEnvironment(design.logs, environment)) ?? { application: 30, albAccess: 30 },
});

/** What a document's cost lines state of a figure; production's. */
export function statedInDocument(
  { cost }: Design,
  key: UsageKey,
): { readonly value: number; readonly label: string } | undefined {
  for (const { services } of cost.groups) {
    for (const { name, lines } of services) {
      for (const line of lines) {
        const unit = knownLine(name, line.label)?.usage?.[key];
        const factor = unit && line.factors.find((one) => !one.unit.startsWith('$') && unit.test(one.unit));
        if (factor !== undefined) return { value: factor.value, label: `${name}: ${line.label}` };
      }
    }
  }
  return undefined;
}

/** An environment's share of production's use: that of its size, and of the hours it runs. */
function scaleOf(
  kind: 'traffic' | 'stock' | 'setting',
  { environment }: UsageInput,
  design: Design,
  read: (key: UsageKey) => number,
): number {
  if (kind === 'setting') return 1;
  const share = shareOf(design, environment);
  return kind === 'stock' ? share : share * (read('hoursPerWeek') / hoursPerWeek);
}

/** Hours a week that an environment runs: five days of working hours where the document wants that and the templates do it. */
function hoursOf({ environment, stopsAtNight }: UsageInput, design: Design): number {
  return rests(design, environment) && stopsAtNight ? workingHoursOf(design) : hoursPerWeek;
}

/** Five days from start to stop; an end past midnight counts into the next day. */
export function workingHoursOf({ inputs: { workingHours } }: Design): number {
  const hours = (time: string) => Number(time.split(':')[0]) + Number(time.split(':')[1] ?? 0) / 60;
  const day = hours(workingHours.stop) - hours(workingHours.start);
  return 5 * (day > 0 ? day : day + 24);
}

function hoursReason({ environment, stopsAtNight }: UsageInput, design: Design): UsageFigure['why'] {
  if (!rests(design, environment)) return usageKeys.hoursPerWeek.why;
  return stopsAtNight
    ? { en: 'stopped at night and at weekends', ja: '夜間と週末は停止' }
    : {
        en: 'the document wants it stopped at night, and no template does that',
        ja: '設計書は夜間停止を求めるが、停止させるものがテンプレートにない',
      };
}

const sharedAccount = (count: number) => ({
  en: `${count} environments share one account`,
  ja: `${count}環境が1アカウントを共用`,
});
const labelReason = (label: string) => ({ en: `the document's line ${label}`, ja: `設計書の行 ${label}` });
