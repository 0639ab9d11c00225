// How many tasks run under traffic that varies: traffic as an area, tasks as steps above it, one chart for each trace.
import { areaY, axisX, axisY, gridY, lineY, plot, ruleY, text } from '@observablehq/plot';
import { count } from '../../../../ui/format.ts';
import type { Simulation } from '../../../simulation/simulate-environment.ts';
import type { RuntimeSummary } from '../../report-data.ts';
import { Chart } from '../chart.tsx';
import { duration } from '../format.ts';
import { EnvironmentName, Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useOneEnvironment, useSettings } from '../settings.tsx';
import type { Texts } from '../texts.ts';
import { NoRun } from './no-run.tsx';

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
      {simulations.length === 0 ? null : <Measured environment={environment} />}
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
      <p class="note">{say.scaling.simulated}</p>
      {traces.map((trace) => (
        <figure key={trace.name} class="trace">
          <figcaption>
            <h3>{say.scaling.traces[trace.name]}</h3>
            <p class="note">{most(trace, say)}</p>
          </figcaption>
          <Chart
            label={`${say.scaling.traces[trace.name]}: ${most(trace, say)}`}
            on={[trace, say]}
            draw={(width) => drawn(trace, policy, width, say)}
          />
        </figure>
      ))}
    </>
  );
}

type Trace = Simulation['traces'][number];

const most = ({ tasks, requestsPerSecond }: Trace, say: Texts) =>
  say.scaling.most(Math.max(...tasks), count(Math.max(...requestsPerSecond)));

/** Runs that tell something of scaling. */
const measuring: readonly string[] = ['load', 'surge'];

function Measured({ environment }: { readonly environment: string }) {
  const { data, say } = useSettings();
  const runs = data.runs.filter((run) => run.environment === environment && measuring.includes(run.name));
  return (
    <>
      <h3>{say.scaling.measured}</h3>
      {runs.length === 0 ? (
        <NoRun
          words={say.scaling.noRun}
          commands={[`hashira load --environment ${environment}`, `hashira drill surge --environment ${environment}`]}
        />
      ) : null}
      {runs.map((run) => (
        <MeasuredRun key={run.name} run={run} />
      ))}
    </>
  );
}

function MeasuredRun({ run }: { readonly run: RuntimeSummary }) {
  const { language, say } = useSettings();
  const names: Readonly<Record<string, string>> = say.scaling.runs;
  const { name, target, load, criteria, tasks, current } = run;
  const time = (ms: number) => duration(ms, say.units);
  const title = `${names[name] ?? name} · ${say.recovery.targets[target === 'aws' ? 'aws' : 'local']}`;
  return (
    <figure class="trace">
      <figcaption>
        <h4>{title}</h4>
        {current ? null : <p class="callout">{say.recovery.stale}</p>}
        {load === null ? null : (
          <p class="note">
            {say.scaling.load({
              rps: count(load.rps),
              requests: count(load.requests),
              errors: count(load.errors),
              p50: time(load.p50),
              p95: time(load.p95),
              p99: time(load.p99),
            })}
          </p>
        )}
        {criteria.map(({ id, observed, expected, verdict }) => (
          <p key={id} class={verdict === 'pass' ? 'note' : 'note over'}>
            {id}: {observed[language]} ({expected[language]})
          </p>
        ))}
      </figcaption>
      {tasks.length < 2 ? null : (
        <Chart
          label={`${title}: ${changes(tasks)
            .map(([second, number]) => `${say.scaling.seconds(second)} ${number}`)
            .join(', ')}`}
          on={[run, say]}
          draw={(width) => counted(run, width, say)}
        />
      )}
    </figure>
  );
}

/** Where the number is another than before. */
const changes = (tasks: RuntimeSummary['tasks']) =>
  tasks.filter(([, number], index) => tasks[index - 1]?.[1] !== number);

/** The tasks that took traffic, second by second. */
function counted({ tasks }: RuntimeSummary, width: number, say: Texts): Element {
  const points = tasks.map(([second, number]) => ({ second, tasks: number }));
  return plot({
    width,
    height: 130,
    marginLeft: 44,
    marginRight: 28,
    marginTop: 22,
    marginBottom: 30,
    style: { fontSize: '12px', background: 'none' },
    x: { label: null },
    y: { domain: [0, Math.max(...points.map((point) => point.tasks)) + 1], label: null },
    marks: [
      gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 3, tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : ''), label: null }),
      areaY(points, { x: 'second', y: 'tasks', curve: 'step-after', fill: 'var(--accent)', fillOpacity: 0.12 }),
      lineY(points, { x: 'second', y: 'tasks', curve: 'step-after', stroke: 'var(--accent)', strokeWidth: 2 }),
      ruleY([0], { stroke: 'var(--soft)' }),
      axisX({ ticks: ticksIn(width), tickFormat: (second: number) => say.scaling.seconds(second), label: null }),
      title(say.scaling.tasks),
    ],
  });
}

/** Two scales in one frame would have to be explained; two frames, one above the other, share their time and need no words. */
function drawn(
  { name, tasks, requestsPerSecond }: Trace,
  { maximum, requestsPerTask }: Simulation['policy'],
  width: number,
  say: Texts,
): Element {
  const points = tasks.map((number, minute) => ({
    minute,
    tasks: number,
    rate: requestsPerSecond[minute] ?? 0,
    capacity: (number * requestsPerTask) / 60,
  }));
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
      lineY(points, {
        x: 'minute',
        y: 'capacity',
        curve: 'step-after',
        stroke: 'var(--accent)',
        strokeWidth: 1.25,
        strokeDasharray: '4 3',
      }),
      ruleY([0], { stroke: 'var(--soft)' }),
      axisX({
        ticks: inHours ? [0, 6, 12, 18, 24].map((hour) => Math.min(hour * 60, points.length - 1)) : ticksIn(width),
        tickFormat: (minute: number) =>
          inHours ? say.scaling.hours(Math.round(minute / 60)) : say.scaling.minutes(minute),
        label: null,
      }),
      title(`${say.scaling.requests}  ·  ┄ ${say.scaling.capacity}`),
    ],
  });
  const both = document.createElement('div');
  both.append(above, below);
  return both;
}

/** Their words must not run into one another. */
const ticksIn = (width: number) => (width < 500 ? 3 : 6);

const title = (words: string) =>
  text([words], {
    frameAnchor: 'top-left',
    dy: -18,
    dx: -40,
    textAnchor: 'start',
    fill: 'var(--soft)',
    fontWeight: 600,
  });
