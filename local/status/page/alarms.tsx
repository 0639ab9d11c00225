// The alarms of the templates, on what is measured here: those that ring first.
import { figure } from '../../../ui/format.ts';
import { type MarkState, StateLabel } from '../../../ui/mark.tsx';
import { Table } from '../../../ui/table.tsx';
import type { AlarmRow, Limit } from '../view.ts';
import type { Say } from './say.ts';

const marks: Readonly<Record<Exclude<AlarmRow['state'], 'no-data'>, MarkState>> = {
  ok: 'carried',
  warning: 'deviation',
  critical: 'failed',
};

export function Alarms({ alarms, say }: { readonly alarms: readonly AlarmRow[]; readonly say: Say }) {
  const ringing = alarms.filter(({ state }) => state === 'warning' || state === 'critical').length;
  const others = alarms.filter(({ state }) => state === 'no-data').map(({ title, member }) => `${title} (${member})`);
  return (
    <section aria-labelledby="alarms-title" id="alarms">
      <h2 id="alarms-title">
        {say('alarms')}{' '}
        {ringing === 0 ? null : (
          <span class="tag failed" id="ringing">
            {say('alarmsRinging', { count: ringing })}
          </span>
        )}
      </h2>
      <p class="note">{say('alarmsNote')}</p>
      <Table
        label={say('alarms')}
        head={[say('metric'), say('now'), say('warning'), say('critical'), say('state')]}
        figures={[1, 2, 3]}
      >
        {alarms.map(({ title, member, metric, value, warning, critical, state }) =>
          state === 'no-data' ? null : (
            <tr key={`${title} ${member} ${metric}`}>
              <td>
                {title}
                <small>{member}</small>
                {/* For windows without room for their columns. */}
                <small class="limits">
                  {say('warning')} {limitOf(metric, warning)} · {say('critical')} {limitOf(metric, critical)}
                </small>
              </td>
              <td class="figure">{value === undefined ? '–' : inPeoplesUnit(metric, value)}</td>
              <td class="figure limit">{limitOf(metric, warning)}</td>
              <td class="figure limit">{limitOf(metric, critical)}</td>
              <td>
                <StateLabel state={marks[state]} word={say(`state-${state}`)} />
              </td>
            </tr>
          ),
        )}
      </Table>
      {others.length === 0 ? null : (
        <details id="unmeasured">
          <summary>{say('unmeasured', { count: others.length })}</summary>
          <p class="note">{others.join(', ')}</p>
        </details>
      )}
    </section>
  );
}

const limitOf = (metric: string, limit: Limit | undefined): string =>
  limit === undefined ? '–' : `${limit.below ? '<' : '>'} ${inPeoplesUnit(metric, limit.threshold)}`;

/** CloudWatch's figure in the unit that people use. */
function inPeoplesUnit(metric: string, value: number): string {
  if (/Utilization|Percentage/.test(metric)) return `${figure(value, 1)} %`;
  if (metric === 'TargetResponseTime') return value < 1 ? `${figure(value * 1000, 0)} ms` : `${figure(value, 2)} s`;
  if (metric === 'Duration') return value < 1000 ? `${figure(value, 0)} ms` : `${figure(value / 1000, 1)} s`;
  if (/Lag/.test(metric)) return `${figure(value, 0)} ms`;
  if (/Storage|Memory/.test(metric)) return `${figure(value / 2 ** 30, 1)} GiB`;
  return figure(value, 2);
}
