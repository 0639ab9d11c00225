// Where the environments are not alike: what only some of them have, and what has another value.

import { Table } from '../../../../ui/table.tsx';
import type { Difference } from '../../report-data.ts';
import { Path, Search, Section, useSearch } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useSettings } from '../settings.tsx';

export function DifferencesSection({ current }: { readonly current: SectionName }) {
  const { data, say } = useSettings();
  const { finds, isOn } = useSearch('differences');
  const found = data.differences.filter(({ resource, type, property, values }) =>
    finds(resource, type, property, ...values.map((value) => value ?? '')),
  );
  const values = found.filter(({ property }) => property !== '');
  const presence = found.filter(({ property }) => property === '');
  return (
    <Section name="differences" current={current} intro={say.differences.intro} switches={false}>
      {data.environments.length < 2 ? <p class="empty">{say.differences.one}</p> : null}
      {data.differences.length === 0 ? null : (
        <div class="bar screen-only">
          <Search section="differences" label={say.differences.search} />
          <p class="note" aria-live="polite">
            {isOn ? say.differences.count(found.length) : ''}
          </p>
        </div>
      )}
      <Differences title={say.differences.values} differences={values} />
      <Differences title={say.differences.presence} differences={presence} />
    </Section>
  );
}

function Differences({ title, differences }: { readonly title: string; readonly differences: readonly Difference[] }) {
  const { data, say, nameOf } = useSettings();
  if (differences.length === 0) return null;
  const stacks = [...Map.groupBy(differences, ({ resource }) => resource.split('/')[0] ?? '')];
  const names = data.environments.map(({ name }) => nameOf(name));
  const hasValues = differences.some(({ property }) => property !== '');
  const head = [say.differences.resource, ...(hasValues ? [say.differences.property] : []), ...names];
  return (
    <>
      <h3>
        {title} <small>{say.differences.count(differences.length)}</small>
      </h3>
      <Table label={title} head={head} class="differences">
        {stacks.map(([stack, found]) => [
          <tr key={stack} class="group">
            <th scope="rowgroup" colSpan={head.length}>
              {stack}
            </th>
          </tr>,
          ...found.map(({ resource, type, property, values }, index) => (
            <tr key={`${resource} ${property}`}>
              <th scope="row">
                {found[index - 1]?.resource === resource ? (
                  <span class="hidden">{resource}</span>
                ) : (
                  <>
                    {resource === stack ? say.differences.wholeStack : <Path path={resource.slice(stack.length + 1)} />}
                    <small>{type.replace('AWS::', '')}</small>
                  </>
                )}
              </th>
              {hasValues ? <td class="property">{property.replaceAll('.', '.\u200b')}</td> : null}
              {values.map((value, place) => (
                <td key={place} class={value === null ? 'none' : ''}>
                  {value === null ? say.differences.absent : value === '' ? say.differences.present : value}
                </td>
              ))}
            </tr>
          )),
        ])}
      </Table>
    </>
  );
}
