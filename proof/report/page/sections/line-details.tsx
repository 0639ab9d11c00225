// What is behind a line of the document: what it says, in which environment it holds, and by what.

import { Mark } from '../../../../ui/mark.tsx';
import type { ReportLine } from '../../report-data.ts';
import type { State } from '../../state.ts';
import { useSettings } from '../settings.tsx';
import { VerdictDetails } from './evidence.tsx';

export function LineDetails({ line, state }: { readonly line: ReportLine; readonly state: State }) {
  const { data, say, environments } = useSettings();
  const statements = line.statements ?? [];
  return (
    <>
      <header>
        <p class="details-head" aria-live="polite">
          <b>{say.document.line(line.number)}</b>
          {state === 'prose' ? null : (
            <span class={`verdict ${state}`}>
              <Mark state={state} />
              <span>{say.states[state]}</span>
            </span>
          )}
          <a class="close" href="#document">
            {say.document.close}
          </a>
        </p>
        <blockquote lang={data.design.language}>{line.text.trim()}</blockquote>
      </header>
      {statements.length === 0 ? <p class="empty">{say.states.prose}</p> : null}
      {statements.map(({ kind, path, id, verdicts }) => (
        <section key={`${kind} ${path}`} class="statement">
          <p class="statement-head">
            <span class="tag">{say.kinds[kind]}</span>
            {id === undefined ? null : <span class="tag">{id}</span>}
            <code>{path}</code>
          </p>
          {verdicts
            .filter(({ environment }) => environments.includes(environment))
            .map((verdict) => (
              <VerdictDetails key={verdict.environment} verdict={verdict} />
            ))}
        </section>
      ))}
    </>
  );
}
