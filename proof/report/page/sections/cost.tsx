// What it costs: the estimate by group with the document's figures beside it, why they differ, and other ways to have the same.

import { axisX, barX, gridX, plot, ruleX, tickX } from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { purposes, unitIn } from '../../../../design/words/price-units.ts';
import { figure } from '../../../../ui/format.ts';
import { KeyFigure, KeyFigures } from '../../../../ui/key-figures.tsx';
import { Table } from '../../../../ui/table.tsx';
import type { DocumentReport } from '../../../cost/report.ts';
import type { EnvironmentCost } from '../../report-data.ts';
import { Chart } from '../chart.tsx';
import { signedPercent, signedUsd, usd } from '../format.ts';
import { Budget, EnvironmentName, Path, Search, Section, useSearch } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useOneEnvironment, useSettings } from '../settings.tsx';
import { statedGroups } from '../stated-groups.ts';

export function CostSection({ current }: { readonly current: SectionName }) {
  const { data, say, language } = useSettings();
  const environment = useOneEnvironment();
  const { cost } = data;
  const own = cost.environments.find((one) => one.environment === environment);
  const isProduction = environment === data.production;
  return (
    <Section name="cost" current={current} intro={say.cost.intro}>
      <EnvironmentName />
      {own === undefined ? (
        <>
          <p class="empty">{say.cost.none}</p>
          <ul>
            {cost.problems.map((message) => (
              <li key={message.en}>{message[language]}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <Head cost={own} />
          <Groups cost={own} document={isProduction ? cost.document : null} />
          {isProduction && cost.document !== null ? <Beside document={cost.document} /> : null}
          {isProduction ? <Scenarios /> : null}
          {isProduction && cost.document !== null ? <Totals document={cost.document} /> : null}
          <Lines cost={own} />
        </>
      )}
    </Section>
  );
}

function Head({ cost }: { readonly cost: EnvironmentCost }) {
  const { say } = useSettings();
  const { monthly, yearly, stated, budget } = cost;
  return (
    <KeyFigures class="three">
      <KeyFigure
        title={say.cost.computed}
        value={usd(monthly)}
        note={`${say.cost.monthly} · ${say.cost.yearly(usd(yearly, 0))}`}
      />
      <KeyFigure
        title={say.cost.document}
        value={usd(stated)}
        note={`${say.cost.difference} ${signedUsd(monthly - stated)} (${signedPercent(monthly / stated - 1)})`}
      />
      {budget === undefined ? null : (
        <KeyFigure
          title={
            <>
              {say.cost.budget} {budget.criterion === undefined ? null : <small>{budget.criterion}</small>}
            </>
          }
          value={usd(budget.amount, 0)}
          note={<Budget budget={budget} />}
        />
      )}
    </KeyFigures>
  );
}

function Groups({ cost, document }: { readonly cost: EnvironmentCost; readonly document: DocumentReport | null }) {
  const { say } = useSettings();
  const stated = statedGroups(document);
  const names = cost.groups.map(({ name }) => name);
  const label = cost.groups.map(({ name, monthly }) => `${name} ${usd(monthly)}`).join(', ');
  return (
    <>
      <h3>{say.cost.groups}</h3>
      {stated.size === 0 ? null : (
        <p class="keys note" aria-hidden="true">
          <i class="key-bar" /> {say.cost.computed} <i class="key-tick" /> {say.cost.document}
        </p>
      )}
      <Chart
        label={label}
        on={[cost, document]}
        draw={(width) =>
          plot({
            width,
            height: 34 * names.length + 40,
            marginLeft: width < 500 ? 128 : 150,
            marginRight: 24,
            marginTop: 4,
            style: { fontSize: '13px', background: 'none' },
            x: { label: null },
            y: { domain: names, label: null, padding: 0.45 },
            marks: [
              gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
              axisX({
                anchor: 'bottom',
                tickFormat: (value: number) => usd(value, 0),
                ticks: width < 500 ? 3 : 6,
                label: null,
              }),
              barX(cost.groups, { x: 'monthly', y: 'name', fill: 'var(--accent)' }),
              tickX(
                cost.groups.filter(({ name }) => stated.has(name)),
                {
                  x: ({ name }: { name: string }) => stated.get(name) ?? 0,
                  y: 'name',
                  stroke: 'var(--ink)',
                  strokeWidth: 2.5,
                  insetTop: -4,
                  insetBottom: -4,
                },
              ),
              ruleX([0], { stroke: 'var(--soft)' }),
            ],
          })
        }
      />
      <Table
        label={say.cost.groups}
        head={[
          say.cost.group,
          say.cost.computed,
          ...(stated.size === 0 ? [] : [say.cost.document, say.cost.difference]),
        ]}
        figures={[1, 2, 3]}
      >
        {cost.groups.map(({ name, monthly }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="figure">{usd(monthly)}</td>
            {stated.size === 0 ? null : <Difference computed={monthly} stated={stated.get(name)} />}
          </tr>
        ))}
        <tr class="total">
          <th scope="row">{say.cost.total}</th>
          <td class="figure">{usd(cost.monthly)}</td>
          {stated.size === 0 ? null : <Difference computed={cost.monthly} stated={cost.stated} />}
        </tr>
      </Table>
    </>
  );
}

function Difference({ computed, stated }: { readonly computed: number; readonly stated: number | undefined }) {
  return (
    <>
      <td class="figure">{stated === undefined ? '–' : usd(stated)}</td>
      <td class="figure">{stated === undefined ? '–' : signedUsd(computed - stated)}</td>
    </>
  );
}

/** Cents that are not worth a line. */
const shownFrom = 0.05;
/** On a screen; on paper there are all. */
const shownAtFirst = 10;

const offBy = ({ computed = 0, stated = 0 }: DocumentReport['lines'][number]) => computed - stated;

/** An item of the estimate; the region that it ends with, if any, below it. */
function What({ words }: { readonly words: string }) {
  const [, item = words, region] = /^(.*?)(?: ([a-z]{2}(?:-[a-z]+)+-\d))?$/.exec(words) ?? [];
  return (
    <>
      {item}
      {region === undefined ? null : <small>{region}</small>}
    </>
  );
}

function Beside({ document }: { readonly document: DocumentReport }) {
  const { say, language } = useSettings();
  const stated = document.lines.filter(({ path }) => path !== undefined);
  const same = stated.filter(({ verdict }) => verdict === 'same').length;
  const rows = document.lines
    .filter(({ verdict, computed = 1 }) => verdict !== 'same' && computed >= shownFrom)
    .toSorted((one, other) => Math.abs(offBy(other)) - Math.abs(offBy(one)));
  const others = document.lines.filter(({ path, verdict }) => path === undefined && verdict !== 'same');
  const sum = others.reduce((total, { computed = 0 }) => total + computed, 0);
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <h3>{say.cost.beside}</h3>
      <p class="note">{say.cost.same(same, stated.length, others.length, usd(sum))}</p>
      {rows.length === 0 ? null : (
        <Table
          label={say.cost.beside}
          head={[say.cost.what, say.cost.document, say.cost.computed, say.cost.reason]}
          figures={[1, 2]}
        >
          {rows.map(({ what, line, stated: said, computed, reasons }, index) => (
            <tr key={`${what} ${index}`} class={isWhole || index < shownAtFirst ? '' : 'print-row'}>
              <th scope="row">{line === undefined ? <What words={what} /> : <a href={`#L${line}`}>{what}</a>}</th>
              <td class="figure">{said === undefined ? '–' : usd(said)}</td>
              <td class="figure">{computed === undefined ? '–' : usd(computed)}</td>
              <td class="reasons">
                {reasons.map(({ message }) => (
                  <span key={message.en}>{message[language]}</span>
                ))}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isWhole || rows.length <= shownAtFirst ? null : (
        <button type="button" class="more screen-only" onClick={() => setWhole(true)}>
          {say.evidence.more(rows.length - shownAtFirst)}
        </button>
      )}
      {document.slips.length === 0 ? null : (
        <>
          <h3>{say.cost.slips}</h3>
          <ul class="slips">
            {document.slips.map(({ message, line }) => (
              <li key={message.en}>
                {line === undefined ? null : <a href={`#L${line}`}>{say.document.line(line)}</a>} {message[language]}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Scenarios() {
  const { data, say, language } = useSettings();
  const { scenarios } = data.cost;
  if (scenarios.length === 0) return null;
  return (
    <>
      <h3>{say.cost.scenarios}</h3>
      <Table
        label={say.cost.scenarios}
        head={[say.cost.scenario, say.cost.amount, say.cost.difference, say.cost.judged]}
        figures={[1, 2]}
      >
        {scenarios.map(({ name, change, monthly, difference, breakEven, lost }) => (
          <tr key={name} class={name === 'lean' ? 'total' : ''}>
            <th scope="row">
              {change[language]}
              {breakEven === undefined ? null : <small>{breakEven[language]}</small>}
            </th>
            <td class="figure">{usd(monthly)}</td>
            <td class={`figure ${difference < 0 ? 'saves' : ''}`}>{signedUsd(difference)}</td>
            <td class="note">
              {lost === undefined ? say.cost.unjudged : lost.length > 0 ? say.cost.lost(lost.length) : say.cost.kept}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Totals({ document }: { readonly document: DocumentReport }) {
  const { say, nameOf } = useSettings();
  const names: Readonly<Record<string, string>> = say.cost.names;
  return (
    <>
      <h3>{say.cost.totals}</h3>
      <Table
        label={say.cost.totals}
        head={[say.cost.what, say.cost.document, say.cost.fromAmounts, say.cost.fromFigures]}
        figures={[1, 2, 3]}
      >
        {document.totals.map(({ what, path, line, stated, fromAmounts, fromFigures }) => (
          <tr key={path}>
            <th scope="row">
              {line === undefined ? (
                (names[what] ?? nameOf(what))
              ) : (
                <a href={`#L${line}`}>{names[what] ?? nameOf(what)}</a>
              )}
            </th>
            {[stated, fromAmounts, fromFigures].map((amount, index) => (
              <td key={index} class="figure">
                {usd(amount)}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </>
  );
}

function Lines({ cost }: { readonly cost: EnvironmentCost }) {
  const { language, say } = useSettings();
  const { finds, isOn } = useSearch('cost');
  // An address that searches shows what it finds.
  const [isOpen] = useState(isOn);
  const purposeOf = ({ purpose }: EnvironmentCost['lines'][number]) =>
    purpose === undefined ? '' : purposes[purpose][language];
  const found = cost.lines.filter((line) => finds(line.group, line.item, line.region, line.resource, purposeOf(line)));
  return (
    <>
      <details class="words screen-only" open={isOpen}>
        <summary>
          {say.cost.lines} <small>{cost.lines.length}</small>
        </summary>
        <div class="bar">
          <Search section="cost" label={say.cost.search} />
          <p class="note" aria-live="polite">
            {isOn ? say.differences.count(found.length) : ''}
          </p>
        </div>
        <Table
          label={say.cost.lines}
          head={[
            say.cost.what,
            say.cost.resource,
            say.cost.quantity,
            say.cost.unitPrice,
            say.cost.amount,
            say.cost.confidence,
          ]}
          figures={[2, 3, 4]}
        >
          {found.map((line, index) => (
            <tr key={`${line.group} ${line.item} ${line.region} ${line.resource} ${index}`}>
              <th scope="row">
                {line.item}
                <small>{[line.region, purposeOf(line)].filter((part) => part !== '').join(' · ')}</small>
              </th>
              <td>
                <Path path={line.resource} />
              </td>
              <td class="figure">
                {figure(line.quantity, 3)} <small>{unitIn(line.unit, language)}</small>
              </td>
              <td class="figure">${figure(line.unitPrice, 10)}</td>
              <td class="figure">{usd(line.monthly)}</td>
              <td>{line.confidence}</td>
            </tr>
          ))}
        </Table>
        <p class="note">
          {say.cost.assumed}:{' '}
          {cost.assumed
            .map(({ key, value, unit }) => `${key} ${figure(value, 3)} ${unitIn(unit, language)}`)
            .join(' · ')}
        </p>
      </details>
      <p class="note">{say.cost.prices(cost.prices.oldest)}</p>
    </>
  );
}
