// How many tasks run under traffic that varies: traffic as an area, tasks as steps above it, one chart for each trace.
import { areaY, axisX, gridY, lineY, plot, ruleY, text } from '@observablehq/plot';
import type { Simulation } from '../../../simulation/simulate-environment.ts';
import { Chart } from '../chart.tsx';
import { count } from '../format.ts';
import { EnvironmentName, Section, type SectionName } from '../parts.tsx';
import { useOneEnvironment, useSettings } from '../settings.tsx';
import type { Texts } from '../texts.ts';

export function ScalingSection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const environment = useOneEnvironment();
  const simulations = data.scaling.filter((one) => one.environment === environment);
  return (
    <Section name="scaling" current={current} intro={say.scaling.intro}>
      <EnvironmentName />
      {simulations.length === 0 ? <p class="empty">{say.scaling.none}</p> : null}
      {simulations.map((simulation) => (
        <Service key={simulation.service} simulation={simulation} />
      ))}
    </Section>
  );
}

function Service({ simulation: { policy, traces } }: { readonly simulation: Simulation }) {
  const { say } = useSettings();
  const { minimum, maximum, requestsPerTask, scaleOutCooldown, scaleInCooldown } = policy;
  return (
    <>
      <p class="policy">
        {say.scaling.policy({
          minimum,
          maximum,
          perTask: count(requestsPerTask),
          out: scaleOutCooldown,
          in: scaleInCooldown,
        })}
      </p>
      {traces.map((trace) => (
        <figure key={trace.name} class="trace">
          <figcaption>
            <h3>{say.scaling.traces[trace.name]}</h3>
            <p class="note">{most(trace, say)}</p>
          </figcaption>
          <Chart
            label={`${say.scaling.traces[trace.name]}: ${most(trace, say)}`}
            on={[trace, say]}
            draw={(width) => drawn(trace, maximum, width, say)}
          />
        </figure>
      ))}
    </>
  );
}

type Trace = Simulation['traces'][number];

const most = ({ tasks, requestsPerSecond }: Trace, say: Texts) =>
  say.scaling.most(Math.max(...tasks), count(Math.max(...requestsPerSecond)));

/** Two scales in one frame would have to be explained; two frames, one above the other, share their time and need no words. */
function drawn({ name, tasks, requestsPerSecond }: Trace, maximum: number, width: number, say: Texts): Element {
  const points = tasks.map((number, minute) => ({ minute, tasks: number, rate: requestsPerSecond[minute] ?? 0 }));
  const inHours = name === 'day';
  const shared = { width, marginLeft: 44, marginRight: 28, style: { fontSize: '12px', background: 'none' } };
  const x = { domain: [0, points.length - 1], label: null };
  const above = plot({
    ...shared,
    height: 110,
    marginBottom: 8,
    marginTop: 22,
    x: { ...x, axis: null },
    y: { domain: [0, maximum], label: null, ticks: 4, tickFormat: (value: number) => String(value) },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      ruleY([0], { stroke: 'var(--soft)' }),
      areaY(points, { x: 'minute', y: 'tasks', curve: 'step-after', fill: 'var(--accent)', fillOpacity: 0.12 }),
      lineY(points, { x: 'minute', y: 'tasks', curve: 'step-after', stroke: 'var(--accent)', strokeWidth: 2 }),
      title(say.scaling.tasks),
    ],
  });
  const below = plot({
    ...shared,
    height: 130,
    marginTop: 22,
    marginBottom: 30,
    x,
    y: { label: null, ticks: 4, zero: true },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      areaY(points, { x: 'minute', y: 'rate', fill: 'var(--soft)', fillOpacity: 0.2 }),
      lineY(points, { x: 'minute', y: 'rate', stroke: 'var(--soft)', strokeWidth: 1.25 }),
      ruleY([0], { stroke: 'var(--soft)' }),
      axisX({
        ticks: inHours ? [0, 6, 12, 18, 24].map((hour) => Math.min(hour * 60, points.length - 1)) : 6,
        tickFormat: (minute: number) =>
          inHours ? say.scaling.hours(Math.round(minute / 60)) : say.scaling.minutes(minute),
        label: null,
      }),
      title(say.scaling.requests),
    ],
  });
  const both = document.createElement('div');
  both.append(above, below);
  return both;
}

const title = (words: string) =>
  text([words], {
    frameAnchor: 'top-left',
    dy: -18,
    dx: -40,
    textAnchor: 'start',
    fill: 'var(--soft)',
    fontWeight: 600,
  });
