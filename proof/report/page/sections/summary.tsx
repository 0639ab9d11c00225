// The first screen: what a person has to know before looking at anything else.
import type { Environment } from '../../../../design/schema.ts';
import { count } from '../../../../ui/format.ts';
import { KeyFigure, KeyFigures } from '../../../../ui/key-figures.tsx';
import { Mark } from '../../../../ui/mark.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { ReportLine } from '../../report-data.ts';
import { lineState, type State, states } from '../../state.ts';
import { signedPercent, usd } from '../format.ts';
import { Budget, Counts, Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useSettings } from '../settings.tsx';
import { Review } from './review.tsx';

export function SummarySection({ current }: { readonly current: SectionName }) {
  const { data, say, environments } = useSettings();
  const statements = data.lines.filter(({ kind }) => kind === 'statement');
  const failed = statements.filter((line) => lineState(line, environments) === 'failed').length;
  return (
    <Section name="summary" current={current}>
      <p class="lead">
        {say.summary.lead(count(data.lines.length), count(statements.length))}{' '}
        <strong class={failed > 0 ? 'failed' : ''}>
          {failed === 0 ? say.summary.allWell : say.summary.someFail(count(failed), failed === 1)}
        </strong>
      </p>
      <Strip />
      <Figures />
      <Review />
      <EnvironmentTable />
      <p class="note">{say.summary.unproven}</p>
    </Section>
  );
}

/** All lines of the document as a row of marks, with the chapters below. */
function Strip() {
  const { data, say, environments } = useSettings();
  const all = data.lines.map((line) => ({ line, state: lineState(line, environments) }));
  const counts = Map.groupBy(all, ({ state }) => state);
  const statements = data.lines.filter(({ kind }) => kind === 'statement');
  const chapters = data.lines.filter(({ kind, text }) => kind === 'heading' && /^##\s/.test(text));
  const width = all.length;
  const go = (strip: Element, x: number) => {
    const { left, width: drawn } = strip.getBoundingClientRect();
    const at = ((x - left) / drawn) * width;
    // A line is about a pixel wide: the nearest statement is meant.
    const distance = (one: ReportLine) => Math.abs(one.number - 0.5 - at);
    const nearest = statements.reduce((best, one) => (distance(one) < distance(best) ? one : best));
    location.hash = `#L${nearest.number}`;
  };
  return (
    <figure class="strip">
      <figcaption class="hidden">{say.summary.stripTitle}</figcaption>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the section of the document has the same lines for the keyboard */}
      <svg
        viewBox={`0 0 ${width} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say.summary.strip}
        onClick={(event) => go(event.currentTarget, event.clientX)}
      >
        <rect class="ground" x="0" y="0" width={width} height="40" />
        {runs(all.map(({ state }) => state)).map(({ state, from, length }) => (
          <rect key={from} class={state} x={from} y={0} width={length} height="40" />
        ))}
        {chapters.map(({ number }) => (
          <path key={number} class="chapter" d={`M${number - 1} 0v40`} />
        ))}
      </svg>
      <ul class="legend">
        {states.map((state) => (
          <li key={state}>
            {state === 'prose' ? <span class="swatch" /> : <Mark state={state} />}
            {say.states[state]} <b>{count(counts.get(state)?.length ?? 0)}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Neighbours of one state as one piece; prose is the ground. */
function runs(
  list: readonly State[],
): readonly { readonly state: State; readonly from: number; readonly length: number }[] {
  const pieces: { state: State; from: number; length: number }[] = [];
  for (const [from, state] of list.entries()) {
    const last = pieces.at(-1);
    if (last?.state === state) last.length++;
    else pieces.push({ state, from, length: 1 });
  }
  return pieces.filter(({ state }) => state !== 'prose');
}

function Figures() {
  const { data, say, environments, choice, nameOf } = useSettings();
  const [first] = environments;
  const criteria = data.criteria.flatMap(({ verdicts }) => verdicts.filter(({ environment }) => environment === first));
  const passed = criteria.filter(({ verdict }) => verdict === 'pass').length;
  const others = [...Map.groupBy(criteria, ({ verdict }) => verdict)]
    .filter(([verdict]) => verdict !== 'pass')
    .map(([verdict, found]) => [verdict, found.length] as const);
  const cost = data.cost.environments.find(({ environment }) => environment === first);
  const stacks = data.environments.filter(({ name }) => environments.includes(name)).flatMap((one) => one.stacks);
  const name = first === undefined ? '' : nameOf(first);
  return (
    <KeyFigures>
      <KeyFigure
        title={
          <>
            {say.summary.criteria} <small>{name}</small>
          </>
        }
        value={
          <a href="#criteria">
            {passed}
            <small> / {criteria.length}</small>
          </a>
        }
        note={others.map(([verdict, number]) => `${say.verdicts[verdict]} ${number}`).join(' · ')}
      />
      <KeyFigure
        title={
          <>
            {say.summary.cost} <small>{name}</small>
          </>
        }
        value={cost === undefined ? undefined : <a href="#cost">{usd(cost.monthly, 0)}</a>}
        note={
          cost === undefined ? (
            say.summary.noCost
          ) : (
            <>
              {say.summary.stated(usd(cost.stated, 0))} ({signedPercent(cost.monthly / cost.stated - 1)})
              {cost.budget === undefined ? null : (
                <>
                  <br />
                  <Budget budget={cost.budget} />
                </>
              )}
            </>
          )
        }
      />
      <KeyFigure
        title={say.summary.findings}
        value={data.findings.length}
        failed={data.findings.length > 0}
        note={
          data.findings.length === 0
            ? say.summary.noFindings
            : data.findings
                .slice(0, 3)
                .map(({ rule, resource }) => `${rule}: ${resource}`)
                .join(' · ')
        }
      />
      <KeyFigure
        title={
          <>
            {say.summary.resources} <small>{nameOf(choice)}</small>
          </>
        }
        value={<a href="#architecture">{count(stacks.reduce((sum, { resources }) => sum + resources, 0))}</a>}
        note={say.summary.inStacks(stacks.length, new Set(stacks.map(({ region }) => region)).size)}
      />
    </KeyFigures>
  );
}

function EnvironmentTable() {
  const { data, say, nameOf } = useSettings();
  const { columns } = say.summary;
  return (
    <>
      <h3>{say.summary.perEnvironment}</h3>
      <Table
        label={say.summary.perEnvironment}
        head={[
          say.environment,
          columns.stacks,
          columns.resources,
          columns.statements,
          columns.criteria,
          columns.monthly,
        ]}
        figures={[1, 2, 5]}
      >
        {data.environments.map(({ name, stacks }) => {
          const cost = data.cost.environments.find(({ environment }) => environment === name);
          return (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td class="figure">{stacks.length}</td>
              <td class="figure">{count(stacks.reduce((sum, { resources }) => sum + resources, 0))}</td>
              <td>
                <LineCounts environment={name} />
              </td>
              <td>
                <CriteriaCounts environment={name} />
              </td>
              <td class="figure">{cost === undefined ? '–' : usd(cost.monthly)}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}

function LineCounts({ environment }: { readonly environment: Environment }) {
  const { data } = useSettings();
  const counts = Map.groupBy(data.lines, (line) => lineState(line, [environment]));
  return (
    <Counts
      counts={states.filter((state) => state !== 'prose').map((state) => [state, counts.get(state)?.length ?? 0])}
    />
  );
}

function CriteriaCounts({ environment }: { readonly environment: Environment }) {
  const { data } = useSettings();
  const own = data.criteria.flatMap(({ verdicts }) => verdicts.filter((one) => one.environment === environment));
  const of = (...verdicts: readonly string[]) => own.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return (
    <Counts
      counts={[
        ['carried', of('pass')],
        ['failed', of('fail')],
        ['open', of('needs-runtime', 'unresolved', 'not-judged')],
        ['unbound', of('not-applicable')],
      ]}
    />
  );
}
