// Who may reach whom: security groups as a matrix, rows send and columns receive.

import { Table } from '../../../../ui/table.tsx';
import type { GroupMatrix, GroupRule } from '../../report-data.ts';
import { EnvironmentName, Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useOneEnvironment, useSettings } from '../settings.tsx';

export function SecuritySection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const environment = useOneEnvironment();
  return (
    <Section name="security" current={current} intro={say.security.intro}>
      <EnvironmentName />
      <ul class="legend">
        {(['open', 'closed', 'self'] as const).map((key) => (
          <li key={key}>
            <span class={`swatch way-${key}`} /> {say.security.keys[key]}
          </li>
        ))}
      </ul>
      {data.securityGroups
        .filter((matrix) => matrix.environment === environment)
        .map((matrix) => (
          <Matrix key={matrix.region} matrix={matrix} />
        ))}
    </Section>
  );
}

function Matrix({ matrix: { region, groups, rules } }: { readonly matrix: GroupMatrix }) {
  const { say } = useSettings();
  const others = (end: 'from' | 'to') =>
    [...new Set(rules.map((rule) => rule[end]))].filter((name) => !groups.includes(name));
  const senders = [...others('from'), ...groups];
  const receivers = [...groups, ...others('to')];
  return (
    <>
      <h3>{region}</h3>
      <Table
        label={say.security.matrix(region)}
        head={[say.security.from, ...receivers.map((name) => <GroupName key={name} name={name} />)]}
        class="matrix"
      >
        {senders.map((from) => (
          <tr key={from}>
            <th scope="row">
              <GroupName name={from} />
            </th>
            {receivers.map((to) => (
              <Cell
                key={to}
                rules={rules.filter((rule) => rule.from === from && rule.to === to)}
                groups={groups}
                isSame={from === to}
              />
            ))}
          </tr>
        ))}
      </Table>
    </>
  );
}

const anywhere: readonly string[] = ['0.0.0.0/0', '::/0'];

function GroupName({ name }: { readonly name: string }) {
  return <span class={anywhere.includes(name) ? 'anywhere' : ''}>{name}</span>;
}

function Cell(props: {
  readonly rules: readonly GroupRule[];
  readonly groups: readonly string[];
  readonly isSame: boolean;
}) {
  const { say } = useSettings();
  const { rules, groups, isSame } = props;
  if (rules.length === 0) {
    return (
      <td class={isSame ? 'closed self' : 'closed'}>
        {isSame ? null : <span class="hidden">{say.security.nothing}</span>}
      </td>
    );
  }
  return (
    <td class="open">
      {rules.map(({ from, to, ports, egress, ingress, stated }) => {
        const isWhole =
          (!groups.includes(from) || egress !== undefined) && (!groups.includes(to) || ingress !== undefined);
        const words = [egress, ingress].filter((one) => one !== undefined);
        const half = ingress === undefined ? say.security.egressOnly : say.security.ingressOnly;
        return (
          <div key={ports} class={isWhole ? 'way' : 'way half'}>
            <b>{ports}</b>
            <small>{words.join(' / ')}</small>
            {isWhole ? null : <small class="warn">{half}</small>}
            {stated ? null : <small class="warn">{say.security.unstated}</small>}
          </div>
        );
      })}
    </td>
  );
}
