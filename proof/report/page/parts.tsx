// The small things that every section is made of.
import type { ComponentChildren } from 'preact';
import { Mark, type MarkState, StateLabel } from '../../../ui/mark.tsx';
import type { Verdict } from '../../judges/verdict.ts';
import type { EnvironmentCost } from '../report-data.ts';
import { pathParts, usd } from './format.ts';
import type { SectionName } from './section-names.ts';
import { type Choice, useChosen, useOneEnvironment, useSettings } from './settings.tsx';

/** A section with its heading; only one is shown on a screen, all are printed. */
export function Section(props: {
  readonly name: SectionName;
  readonly current: SectionName;
  readonly intro?: string;
  readonly switches?: boolean;
  readonly children: ComponentChildren;
}) {
  const { say } = useSettings();
  const { name, current, intro, switches = true } = props;
  return (
    <section
      id={`section-${name}`}
      class={`section ${name === current ? 'current' : ''}`}
      aria-labelledby={`${name}-title`}
    >
      {/* Where links lead that no program follows: within a PDF, say. */}
      <header class="section-head" id={name}>
        <div>
          <h2 id={`${name}-title`} tabIndex={-1}>
            {say.sections[name]}
          </h2>
          {intro === undefined ? null : <p class="intro">{intro}</p>}
        </div>
        {switches ? <EnvironmentSwitch name={name} /> : null}
      </header>
      {props.children}
    </section>
  );
}

function EnvironmentSwitch({ name }: { readonly name: string }) {
  const { say, data, choice, nameOf } = useSettings();
  const [, choose] = useChosen('environment');
  const names = data.environments.map((environment) => environment.name);
  if (names.length < 2) return null;
  const choices: readonly Choice[] = oneOnly.includes(name) ? names : ['all', ...names];
  const chosen = choices.includes(choice) ? choice : names[0];
  return (
    <fieldset class="segments screen-only">
      <legend class="hidden">{say.environment}</legend>
      {choices.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name={`environment-${name}`}
            checked={one === chosen}
            onChange={() => choose(one === 'all' ? '' : one)}
          />
          <span>{nameOf(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Sections that can show only one environment at a time. */
const oneOnly: readonly string[] = ['architecture', 'security', 'scaling', 'cost'];

/** What a section is about, where only one environment is shown: on paper nobody can switch. */
export function EnvironmentName() {
  const { nameOf } = useSettings();
  return <p class="print-only caption">{nameOf(useOneEnvironment())}</p>;
}

const stateOfVerdict: Readonly<Record<Verdict, MarkState>> = {
  pass: 'carried',
  fail: 'failed',
  'needs-runtime': 'open',
  unresolved: 'open',
  'not-judged': 'open',
  'not-applicable': 'unbound',
};

export function VerdictMark(props: {
  readonly verdict: Verdict;
  readonly deviation?: string;
  readonly short?: boolean;
}) {
  const { say } = useSettings();
  const { verdict, deviation, short } = props;
  // A pass with a decision behind it is a pass; what does not bind because of one is a deviation.
  const state = deviation !== undefined && verdict === 'not-applicable' ? 'deviation' : stateOfVerdict[verdict];
  return (
    <StateLabel state={state} word={(short ? say.shortVerdicts : say.verdicts)[verdict]}>
      {deviation === undefined ? null : <span class="tag">{deviation}</span>}
    </StateLabel>
  );
}

/** A construct path that breaks where a person would break it. */
export function Path({ path }: { readonly path: string }) {
  return <span class="path">{pathParts(path).flatMap((part) => [part, <wbr key={part} />])}</span>;
}

/** Buttons of which any number may be pressed. None pressed means all. */
export function Filter<T extends string>(props: {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly name: ComponentChildren; readonly count?: number }[];
  readonly chosen: readonly T[];
  choose(chosen: readonly T[]): void;
}) {
  const { label, choices, chosen, choose } = props;
  const toggle = (value: T) =>
    choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a form
    <div class="filter screen-only" role="group" aria-label={label}>
      {choices.map(({ value, name, count }) => (
        <button key={value} type="button" aria-pressed={chosen.includes(value)} onClick={() => toggle(value)}>
          {name}
          {count === undefined ? null : <span class="count">{count}</span>}
        </button>
      ))}
    </div>
  );
}

/** A field to search in what a section lists. */
export function Search({ label, section }: { readonly label: string; readonly section: SectionName }) {
  const [words, setWords] = useChosen(`${section}/search`);
  return (
    <input
      type="search"
      class="screen-only"
      placeholder={label}
      aria-label={label}
      value={words}
      onInput={(event) => setWords(event.currentTarget.value)}
    />
  );
}

/** What is searched for in a section, as a question to ask of texts. */
export function useSearch(section: SectionName): {
  readonly isOn: boolean;
  finds(...texts: readonly string[]): boolean;
} {
  const [words] = useChosen(`${section}/search`);
  const wanted = words.trim().toLowerCase();
  return { isOn: wanted !== '', finds: (...texts) => texts.some((text) => text.toLowerCase().includes(wanted)) };
}

/** How many there are of each state; those that there are none of are left out, but for failures. */
export function Counts({ counts }: { readonly counts: readonly (readonly [MarkState, number])[] }) {
  const { say } = useSettings();
  return (
    <span class="counts">
      {counts
        .filter(([state, number]) => number > 0 || state === 'failed')
        .map(([state, number]) => (
          <span key={state} title={say.states[state]}>
            <Mark state={state} />
            <span class="hidden">{say.states[state]}</span> {number}
          </span>
        ))}
    </span>
  );
}

/** What is left of a budget, or how far the cost is over it. */
export function Budget({ budget }: { readonly budget: NonNullable<EnvironmentCost['budget']> }) {
  const { say } = useSettings();
  const { amount, headroom } = budget;
  return (
    <span class={headroom < 0 ? 'over' : ''}>
      {say.summary.budget(usd(amount, 0), usd(Math.abs(headroom), 0), headroom < 0)}
    </span>
  );
}
