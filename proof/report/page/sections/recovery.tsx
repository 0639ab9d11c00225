// What happens when a region fails: the document's promises, and the steps that the last drill took, to scale.

import { count } from '../../../../ui/format.ts';
import { KeyFigure, KeyFigures } from '../../../../ui/key-figures.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { RecoverySummary, RegionDrillSummary } from '../../report-data.ts';
import { duration } from '../format.ts';
import { Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useSettings } from '../settings.tsx';
import { NoRun } from './no-run.tsx';

export function RecoverySection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const { recovery } = data;
  const intro = recovery === null ? say.recovery.none : say.recovery.intro(recovery.from, recovery.to);
  return (
    <Section name="recovery" current={current} intro={intro} switches={false}>
      {recovery === null ? null : (
        <>
          <Promises recovery={recovery} />
          {recovery.drill === null ? (
            <NoRun words={say.recovery.noDrill} commands={[`hashira drill region --environment ${data.production}`]} />
          ) : (
            <Timeline drill={recovery.drill} />
          )}
          <h3>{say.recovery.steps}</h3>
          <ol class="steps" lang={data.design.language}>
            {recovery.steps.map(({ title, details }) => (
              <li key={title}>
                {title}
                {details.length === 0 ? null : <span class="note"> {details.join(' · ')}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
      <OtherDrills />
    </Section>
  );
}

function Promises({ recovery: { rpoSeconds, rtoSeconds, drill } }: { readonly recovery: RecoverySummary }) {
  const { say } = useSettings();
  const rows = [
    { name: say.recovery.rpo, promised: rpoSeconds * 1_000, observed: drill?.rpoMs },
    { name: say.recovery.rto, promised: rtoSeconds * 1_000, observed: drill?.rtoMs },
  ];
  return (
    <KeyFigures class="two">
      {rows.map(({ name, promised, observed }) => (
        <KeyFigure
          key={name}
          title={name}
          value={observed === null ? say.recovery.never : duration(observed ?? promised, say.units)}
          failed={observed === null || (observed ?? 0) > promised}
          note={
            observed === undefined
              ? say.recovery.promised
              : `${say.recovery.observed} · ${say.recovery.promised} ${duration(promised, say.units)}`
          }
        />
      ))}
      {drill === null ? null : (
        <KeyFigure
          title={say.recovery.lost}
          value={count(drill.lostOrders)}
          note={say.recovery.ranIn[drill.target === 'aws' ? 'aws' : 'local'](drill.speed)}
        />
      )}
    </KeyFigures>
  );
}

/** Drills of one platform, of whatever environment. */
function OtherDrills() {
  const { data, language, say, nameOf } = useSettings();
  const names: Readonly<Record<string, string>> = say.scaling.runs;
  const runs = data.runs.flatMap(({ drill, ...run }) => (drill === null ? [] : [{ ...run, drill }]));
  const [first = data.production] = data.environments.map(({ name }) => name);
  if (runs.length === 0) {
    return (
      <>
        <h3>{say.recovery.others}</h3>
        <NoRun
          words={say.recovery.noOthers}
          commands={['task', 'database', 'cache', 'poison', 'surge'].map(
            (name) => `hashira drill ${name} --environment ${first}`,
          )}
        />
      </>
    );
  }
  return (
    <>
      <h3>{say.recovery.others}</h3>
      <Table
        label={say.recovery.others}
        head={[
          say.recovery.drill,
          say.recovery.environment,
          say.recovery.where,
          say.recovery.whole,
          say.recovery.lost,
          say.sections.criteria,
        ]}
        figures={[3, 4]}
      >
        {runs.map(({ name, environment, target, current, criteria, drill: { recoveryMs, lost } }) => (
          <tr key={`${environment} ${name}`}>
            <th scope="row">
              {names[name] ?? name}
              {current ? null : <small>{say.recovery.stale}</small>}
            </th>
            <td class="brief">{nameOf(environment)}</td>
            <td class="brief">{say.recovery.targets[target === 'aws' ? 'aws' : 'local']}</td>
            <td class="figure">{recoveryMs === null ? say.recovery.never : duration(recoveryMs, say.units)}</td>
            <td class="figure">{count(lost)}</td>
            <td>
              {criteria.map(({ id, observed, expected, verdict }) => (
                <small key={id} class={verdict === 'pass' ? '' : 'over'}>
                  {id}: {observed[language]} ({expected[language]})
                </small>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Timeline({ drill }: { readonly drill: RegionDrillSummary }) {
  const { say } = useSettings();
  const total = Math.max(
    1,
    drill.steps.reduce((sum, { ms }) => sum + ms, 0),
  );
  let begin = 0;
  const steps = drill.steps.map((step) => {
    const from = begin;
    begin += step.ms;
    return { ...step, from };
  });
  return (
    <>
      <h3>{say.recovery.timeline}</h3>
      {drill.current ? null : <p class="callout">{say.recovery.stale}</p>}
      {drill.onAws === undefined ? null : (
        <p class="note">
          {say.recovery.onAws(duration(drill.onAws.seconds * 1_000, say.units), drill.onAws.unknown.length)}
        </p>
      )}
      <Table
        label={say.recovery.timeline}
        head={[say.recovery.step, say.recovery.span, say.recovery.begins, say.recovery.time]}
        figures={[2, 3]}
        class="timeline"
      >
        {steps.map(({ name, from, ms }) => (
          <tr key={`${name} ${from}`}>
            <th scope="row">{name}</th>
            <td class="span">
              <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="track" x="0" y="0" width="1000" height="10" />
                <rect
                  class="bar"
                  x={(from / total) * 1000}
                  y="0"
                  width={Math.max(3, (ms / total) * 1000)}
                  height="10"
                />
              </svg>
            </td>
            <td class="figure">{duration(from, say.units)}</td>
            <td class="figure">{duration(ms, say.units)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
