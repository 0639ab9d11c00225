// What happens when a region fails: the document's promises, and the steps that the last drill took, to scale.
import type { Drill, Recovery } from '../../report-data.ts';
import { count, duration } from '../format.ts';
import { Section, type SectionName, Table } from '../parts.tsx';
import { useSettings } from '../settings.tsx';

export function RecoverySection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const { recovery } = data;
  const intro = recovery === null ? say.recovery.none : say.recovery.intro(recovery.from, recovery.to);
  return (
    <Section name="recovery" current={current} intro={intro} switches={false}>
      {recovery === null ? null : (
        <>
          <Promises recovery={recovery} />
          {recovery.drill === null ? <NoDrill /> : <Timeline drill={recovery.drill} />}
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
    </Section>
  );
}

function Promises({ recovery: { rpoSeconds, rtoSeconds, drill } }: { readonly recovery: Recovery }) {
  const { say } = useSettings();
  const rows = [
    { name: say.recovery.rpo, promised: rpoSeconds * 1_000, observed: drill?.rpoMs },
    { name: say.recovery.rto, promised: rtoSeconds * 1_000, observed: drill?.rtoMs },
  ];
  return (
    <dl class="figures two">
      {rows.map(({ name, promised, observed }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={observed === null || (observed ?? 0) > promised ? 'failed' : ''}>
            {observed === null ? say.recovery.never : duration(observed ?? promised, say.units)}
          </dd>
          <dd class="note">
            {observed === undefined
              ? say.recovery.promised
              : `${say.recovery.observed} · ${say.recovery.promised} ${duration(promised, say.units)}`}
          </dd>
        </div>
      ))}
      {drill === null ? null : (
        <div>
          <dt>{say.recovery.lost}</dt>
          <dd>{count(drill.lostOrders)}</dd>
          <dd class="note">{say.recovery.where[drill.target === 'aws' ? 'aws' : 'local'](drill.speed)}</dd>
        </div>
      )}
    </dl>
  );
}

function NoDrill() {
  const { say } = useSettings();
  return (
    <div class="callout">
      <p>{say.recovery.noDrill}</p>
      <pre>hashira drill region --environment production</pre>
    </div>
  );
}

function Timeline({ drill }: { readonly drill: Drill }) {
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
