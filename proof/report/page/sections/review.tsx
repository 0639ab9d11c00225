// What is left for people to decide, after everything that a machine can judge has been judged.
import type { ComponentChildren } from 'preact';
import { count } from '../../../../ui/format.ts';
import { Mark } from '../../../../ui/mark.tsx';
import { lineState, type State } from '../../state.ts';
import { duration, signedPercent, signedUsd } from '../format.ts';
import { useSettings } from '../settings.tsx';
import { statedGroups } from '../stated-groups.ts';

/** Each point leads to where it is told, filtered. */
export function Review() {
  const { say } = useSettings();
  return (
    <>
      <h3>{say.summary.review.title}</h3>
      <ul class="review">
        <JudgedPoints />
        <CostPoint />
        <RecoveryPoint />
      </ul>
    </>
  );
}

function Point(props: {
  readonly state: State;
  readonly href: string;
  readonly words: string;
  readonly children?: ComponentChildren;
}) {
  const { state, href, words, children } = props;
  return (
    <li>
      <Mark state={state} />
      <span>
        <a href={href}>{words}</a> {children === undefined ? null : <span class="note">{children}</span>}
      </span>
    </li>
  );
}

function JudgedPoints() {
  const { data, say, environments } = useSettings();
  const { review } = say.summary;
  const linesOf = (state: State) => data.lines.filter((line) => lineState(line, environments) === state);
  const criteriaOf = (wanted: string) =>
    data.criteria.filter(({ verdicts }) =>
      verdicts.some(({ environment, verdict }) => verdict === wanted && environments.includes(environment)),
    );
  const [failed, deviations, open] = [linesOf('failed'), linesOf('deviation'), linesOf('open')];
  const [unmet, running] = [criteriaOf('fail'), criteriaOf('needs-runtime')];
  const decisions = new Set(
    deviations.flatMap(({ statements = [] }) =>
      statements.flatMap(({ verdicts }) =>
        verdicts.flatMap(({ environment, deviation }) => (environments.includes(environment) ? (deviation ?? []) : [])),
      ),
    ),
  );
  return (
    <>
      {failed.length + unmet.length === 0 ? null : (
        <Point
          state="failed"
          href={failed.length > 0 ? '#document?state=failed&search=' : '#criteria?verdict=fail&group='}
          words={review.failed(count(failed.length), unmet.length)}
        />
      )}
      {deviations.length === 0 ? null : (
        <Point
          state="deviation"
          href="#document?state=deviation&search="
          words={review.deviations(count(deviations.length), decisions.size)}
        />
      )}
      {running.length === 0 ? null : (
        <Point state="open" href="#criteria?verdict=needs-runtime&group=" words={review.running(running.length)}>
          {running.map(({ id }) => id).join(', ')}
        </Point>
      )}
      {open.length === 0 ? null : (
        <Point state="open" href="#document?state=open&search=" words={review.open(count(open.length))}>
          {review.openWhat}
        </Point>
      )}
    </>
  );
}

/** Only where the document states a cost that is not the estimate's. */
function CostPoint() {
  const { data, say, environments, nameOf } = useSettings();
  const { review } = say.summary;
  const [first] = environments;
  const cost = data.cost.environments.find(({ environment }) => environment === first);
  if (cost === undefined || Math.abs(cost.monthly - cost.stated) < 1) return null;
  const stated = statedGroups(first === data.production ? data.cost.document : null);
  const [most] = cost.groups
    .map(({ name, monthly }) => ({ name, difference: monthly - (stated.get(name) ?? monthly) }))
    .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
  return (
    <Point
      state={(cost.budget?.headroom ?? 0) < 0 ? 'failed' : 'deviation'}
      href="#cost"
      words={review.cost(signedUsd(cost.monthly - cost.stated), signedPercent(cost.monthly / cost.stated - 1))}
    >
      {first === undefined ? null : nameOf(first)}
      {most === undefined || most.difference === 0 ? null : ` · ${review.most(most.name, signedUsd(most.difference))}`}
    </Point>
  );
}

function RecoveryPoint() {
  const { data, say, environments } = useSettings();
  const { review } = say.summary;
  const { recovery } = data;
  if (recovery === null || !environments.includes(data.production)) return null;
  const { drill, rpoSeconds, rtoSeconds } = recovery;
  const time = (ms: number) => duration(ms, say.units);
  const goals = review.goals(time(rpoSeconds * 1_000), time(rtoSeconds * 1_000));
  if (drill === null || !drill.current) {
    return (
      <Point state="open" href="#recovery" words={review.noDrill}>
        {goals}
      </Point>
    );
  }
  // What one machine shows in time proves nothing of AWS; what it shows of failing does.
  const isMet = drill.rtoMs !== null && drill.rtoMs <= rtoSeconds * 1_000 && drill.rpoMs <= rpoSeconds * 1_000;
  return (
    <Point
      state={isMet ? (drill.target === 'aws' ? 'carried' : 'open') : 'failed'}
      href="#recovery"
      words={review.drilled(drill.rtoMs === null ? say.recovery.never : time(drill.rtoMs))}
    >
      {goals} · {say.recovery.ranIn[drill.target === 'aws' ? 'aws' : 'local'](drill.speed)}
    </Point>
  );
}
