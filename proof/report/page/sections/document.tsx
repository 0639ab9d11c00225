// The design document itself: every line as it stands, with a mark that says what became of it, and what is behind it at a click.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { count } from '../../../../ui/format.ts';
import { Mark } from '../../../../ui/mark.tsx';
import type { ReportLine } from '../../report-data.ts';
import { lineState, type State, states } from '../../state.ts';
import { Counts, Filter, Search, Section, useSearch } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useChosenOf, useSettings } from '../settings.tsx';
import { LineDetails } from './line-details.tsx';

export function DocumentSection({
  current,
  line,
}: {
  readonly current: SectionName;
  readonly line: number | undefined;
}) {
  const { data, say, environments } = useSettings();
  const [wanted, setWanted] = useChosenOf('document/state', states);
  const search = useSearch('document');
  const list = useRef<HTMLOListElement>(null);
  const lit = useMemo(
    () => data.lines.map((one) => ({ line: one, state: lineState(one, environments) })),
    [data, environments.join()],
  );
  const counts = Map.groupBy(lit, ({ state }) => state);
  const isFiltered = wanted.length > 0 || search.isOn;
  const shown = lit.filter(
    ({ line: { text, number }, state }) =>
      number === line || ((wanted.length === 0 || wanted.includes(state)) && search.finds(text)),
  );
  const selected = lit.find(({ line: { number } }) => number === line);
  useEffect(() => {
    if (current !== 'document' || line === undefined) return;
    const place = list.current?.querySelector(`[data-line="${line}"]`);
    place?.scrollIntoView({ block: 'nearest' });
    if (place instanceof HTMLElement && document.activeElement?.closest('.lines, .details') === null) {
      place.scrollIntoView({ block: 'center' });
    }
  }, [current, line]);
  return (
    <Section name="document" current={current} intro={say.document.intro}>
      <div class="bar screen-only">
        <Filter
          label={say.document.filter}
          choices={states
            .filter((state) => state !== 'prose')
            .map((state) => ({
              value: state,
              name: (
                <>
                  <Mark state={state} /> {say.states[state]}
                </>
              ),
              count: counts.get(state)?.length ?? 0,
            }))}
          chosen={wanted}
          choose={setWanted}
        />
        <Search section="document" label={say.document.search} />
        <p class="note" aria-live="polite">
          {isFiltered ? say.document.shown(count(shown.length)) : ''}
        </p>
      </div>
      <div class={`sheet ${selected === undefined ? '' : 'with-details'}`}>
        {shown.length === 0 ? <p class="empty">{say.document.none}</p> : null}
        <ol class="lines" ref={list} lang={data.design.language} onKeyDown={walk}>
          {shown.map(({ line: one, state }) => (
            <LineRow
              key={one.number}
              line={one}
              state={state}
              isCurrent={one.number === line}
              isFirst={one.number === first(shown)}
            />
          ))}
        </ol>
        <aside class="details screen-only" aria-label={say.document.details}>
          {selected === undefined ? <Chapters /> : <LineDetails line={selected.line} state={selected.state} />}
        </aside>
      </div>
    </Section>
  );
}

/** The document's chapters with what became of their lines, to begin with. */
function Chapters() {
  const { data, say, environments } = useSettings();
  const heads = data.lines.filter(({ kind, text }) => kind === 'heading' && /^##\s/.test(text));
  return (
    <>
      <p class="note">{say.document.pick}</p>
      <div class="chapters">
        <h3>{say.document.chapters}</h3>
        <ul>
          {heads.map(({ number, text }, index) => {
            const end = heads[index + 1]?.number ?? data.lines.length + 1;
            const own = data.lines.slice(number - 1, end - 1).map((line) => lineState(line, environments));
            return (
              <li key={number}>
                <a href={`#L${number}`}>
                  <span lang={data.design.language}>{text.replace(/^#+\s*/, '')}</span>
                  <Counts
                    counts={(['carried', 'deviation', 'failed', 'open'] as const)
                      .map((state) => [state, own.filter((one) => one === state).length] as const)
                      .filter(([, number]) => number > 0)}
                  />
                </a>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

/** The line that the Tab key comes to first; from there the arrow keys go on. */
const first = (shown: readonly { readonly line: ReportLine }[]) =>
  shown.find(({ line: { kind } }) => kind === 'statement')?.line.number;

/** Up and down go from one statement to the next. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? buttons.indexOf(activeElement) : -1;
  const next = buttons[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** A line that runs on does so below its own beginning, not at the margin. */
function hanging(text: string): { readonly paddingLeft: string; readonly textIndent: string } {
  const depth = /^[\s│├└─]*(?:[-*]\s+|\d+\.\s+)?/.exec(text)?.[0].length ?? 0;
  return { paddingLeft: `${depth}ch`, textIndent: `-${depth}ch` };
}

interface RowProps {
  readonly line: ReportLine;
  readonly state: State;
  readonly isCurrent: boolean;
  readonly isFirst: boolean;
}

function LineRow({ line: { number, text, kind, statements = [] }, state, isCurrent, isFirst }: RowProps) {
  const { say } = useSettings();
  const level = kind === 'heading' ? (/^#+/.exec(text)?.[0].length ?? 0) : 0;
  const adr = new Set(statements.flatMap(({ verdicts }) => verdicts.flatMap(({ deviation }) => deviation ?? [])));
  const content = (
    <>
      <span class="number" aria-hidden="true">
        {number}
      </span>
      <Mark state={state} />
      <span class="text" style={level > 0 ? {} : hanging(text)}>
        {text === '' ? ' ' : text}
      </span>
      {state === 'deviation' ? <span class="tag">{[...adr].join(' ')}</span> : null}
    </>
  );
  return (
    <li
      class={`line ${state} ${level > 0 ? `heading level-${level}` : ''} ${isCurrent ? 'current' : ''}`}
      value={number}
    >
      {kind === 'statement' ? (
        <a
          href={`#L${number}`}
          data-line={number}
          tabIndex={isCurrent || isFirst ? 0 : -1}
          aria-current={isCurrent ? 'true' : undefined}
        >
          {content}
          <span class="hidden">: {say.states[state]}</span>
        </a>
      ) : (
        <div data-line={number}>{content}</div>
      )}
    </li>
  );
}
