// The document's alarms: for each metric where warning and critical begin, and whether the templates have them there.
import type { Threshold } from '../../../../design/schema.ts';
import { count, figure } from '../../../../ui/format.ts';
import { Mark } from '../../../../ui/mark.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { AlarmMember, AlarmRow } from '../../report-data.ts';
import { Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useSettings } from '../settings.tsx';

export function AlarmsSection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const names: Readonly<Record<string, string>> = say.alarms.services;
  const services = [...new Set(data.alarms.map(({ service }) => service))];
  return (
    <Section name="alarms" current={current} intro={say.alarms.intro}>
      <ul class="legend">
        {(['fine', 'warn', 'crit'] as const).map((key) => (
          <li key={key}>
            <svg class="zones swatch" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
              <rect class={key} width="1" height="1" />
            </svg>
            {say.alarms.keys[key]}
          </li>
        ))}
      </ul>
      <Table
        label={say.alarms.thresholds}
        head={[
          say.alarms.metric,
          say.alarms.range,
          say.alarms.warning,
          say.alarms.critical,
          say.alarms.rule,
          say.alarms.built,
        ]}
        class="alarms"
      >
        {services.map((service) => [
          <tr key={service} class="group">
            <th scope="rowgroup" colSpan={6}>
              {names[service] ?? service}
            </th>
          </tr>,
          ...data.alarms.filter((row) => row.service === service).map((row) => <Row key={row.metric} row={row} />),
        ])}
      </Table>
    </Section>
  );
}

function Row({ row }: { readonly row: AlarmRow }) {
  const { say, environments } = useSettings();
  const { metric, measured, line, warning, critical, periodSeconds, evaluationPeriods, deviation } = row;
  const isRenamed = !measured.endsWith(` ${metric}`);
  const { statistic } = warning ?? critical ?? { statistic: 'Average' };
  const members = row.members.filter(({ environment }) => environments.includes(environment));
  return (
    <tr>
      <th scope="row">
        {line === 0 ? metric : <a href={`#L${line}`}>{metric}</a>}{' '}
        {deviation === undefined ? null : <span class="tag">{deviation}</span>}
        {isRenamed ? <small>{say.alarms.measured(measured)}</small> : null}
      </th>
      <td class="scale">
        <Scale row={row} />
      </td>
      <td>
        {warning === undefined ? '–' : <Limit threshold={warning} built={members.map((one) => one.warning?.built)} />}
      </td>
      <td>
        {critical === undefined ? (
          '–'
        ) : (
          <Limit threshold={critical} built={members.map((one) => one.critical?.built)} />
        )}
      </td>
      <td class="rule">
        {say.alarms.times(say.alarms.minutes(periodSeconds / 60), evaluationPeriods)}
        <small>{say.alarms.statistics[statistic]}</small>
      </td>
      <td>
        <Built members={members} />
      </td>
    </tr>
  );
}

/** The document's limit; where it is a share of something, also what that comes to in the templates. */
function Limit(props: { readonly threshold: Threshold; readonly built: readonly (number | undefined)[] }) {
  const { say } = useSettings();
  const { comparison, value, unit } = props.threshold;
  const built = [...new Set(props.built.filter((one) => one !== undefined))].map((one) => figure(one, 0));
  return (
    <>
      <span class="limit">
        {comparison} {figure(value)}
        {unit === 'count' ? '' : ` ${unit}`}
      </span>
      {unit === '% of max' && built.length > 0 ? <small>{say.alarms.comesTo(built.join(' · '))}</small> : null}
    </>
  );
}

/** Where it is well, where it warns and where it is critical, drawn to scale. */
function Scale({ row: { warning, critical } }: { readonly row: AlarmRow }) {
  const either = warning ?? critical;
  if (either === undefined) return null;
  const rises = either.comparison.startsWith('>');
  const values = [warning?.value, critical?.value].filter((value) => value !== undefined);
  const top = ['%', '% of max'].includes(either.unit) ? 100 : Math.max(...values) * 1.6 || 1;
  const at = (value: number) => Math.min(100, (value / top) * 100);
  const zone = (name: string, from: number, to: number) => (
    <rect key={name} class={name} x={from} y="0" width={Math.max(0, to - from)} height="8" />
  );
  const warn = at(warning?.value ?? critical?.value ?? 0);
  const crit = at(critical?.value ?? (rises ? top : 0));
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" class="zones">
      {rises
        ? [zone('fine', 0, warn), zone('warn', warn, crit), zone('crit', crit, 100)]
        : [zone('crit', 0, critical === undefined ? 0 : crit), zone('warn', crit, warn), zone('fine', warn, 100)]}
    </svg>
  );
}

function Built({ members }: { readonly members: readonly AlarmMember[] }) {
  const { say } = useSettings();
  const limits = members.flatMap(({ of, environment, warning, critical }) =>
    [warning, critical].flatMap((limit) => (limit === undefined ? [] : [{ of, environment, ...limit }])),
  );
  if (limits.length === 0) return <span class="note">{say.alarms.noMember}</span>;
  const wrong = limits.filter(
    ({ wanted, built }) => wanted === undefined || built === undefined || !near(wanted, built),
  );
  if (wrong.length === 0) {
    return (
      <span class="verdict carried">
        <Mark state="carried" />
        <span>{say.alarms.asStated(limits.length)}</span>
      </span>
    );
  }
  return (
    <>
      <span class="verdict failed">
        <Mark state="failed" />
        <span>{say.alarms.otherwise(wrong.length, limits.length)}</span>
      </span>
      {wrong.slice(0, 4).map(({ of, built, wanted }) => (
        <small key={`${of} ${wanted}`}>
          {of}: {built === undefined ? say.alarms.missing : count(built)}
        </small>
      ))}
    </>
  );
}

/** Whole connections and bytes are counted; less than one of them is rounding. */
const near = (one: number, other: number) => Math.abs(one - other) < (other >= 10 ? 1 : 1e-9);
