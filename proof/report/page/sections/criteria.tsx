// The acceptance criteria with their verdicts in every environment, and the evidence of each.
import { useState } from 'preact/hooks';
import type { Verdict } from '../../../judges/verdict.ts';
import type { ReportCriterion } from '../../report-data.ts';
import { Filter, Section, VerdictMark } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useChosenOf, useSettings } from '../settings.tsx';
import { VerdictDetails } from './evidence.tsx';

const allVerdicts = [
  'pass',
  'fail',
  'needs-runtime',
  'unresolved',
  'not-applicable',
  'not-judged',
] as const satisfies readonly Verdict[];

export function CriteriaSection({ current }: { readonly current: SectionName }) {
  const { data, say, environments } = useSettings();
  const allGroups = [...new Set(data.criteria.map(({ group }) => group))];
  const [groups, setGroups] = useChosenOf('criteria/group', allGroups);
  const [verdicts, setVerdicts] = useChosenOf<Verdict>('criteria/verdict', allVerdicts);
  const own = data.criteria.map((criterion) => ({
    criterion,
    own: criterion.verdicts.filter(({ environment }) => environments.includes(environment)),
  }));
  const shown = own.filter(
    ({ criterion, own: found }) =>
      (groups.length === 0 || groups.includes(criterion.group)) &&
      (verdicts.length === 0 || found.some(({ verdict }) => verdicts.includes(verdict))),
  );
  const present = allVerdicts.filter((verdict) =>
    own.some(({ own: found }) => found.some((one) => one.verdict === verdict)),
  );
  return (
    <Section name="criteria" current={current} intro={say.criteria.intro}>
      <div class="bar screen-only">
        <Filter
          label={say.criteria.group}
          choices={allGroups.map((group) => ({ value: group, name: group }))}
          chosen={groups}
          choose={setGroups}
        />
        <Filter
          label={say.criteria.verdict}
          choices={present.map((verdict) => ({
            value: verdict,
            name: <VerdictMark verdict={verdict} />,
            count: own.filter(({ own: found }) => found.some((one) => one.verdict === verdict)).length,
          }))}
          chosen={verdicts}
          choose={setVerdicts}
        />
      </div>
      {shown.length === 0 ? <p class="empty">{say.criteria.none}</p> : null}
      <ul class="criteria">
        {shown.map(({ criterion, own: found }) => (
          <li key={criterion.id}>
            <Criterion criterion={criterion} verdicts={found} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Criterion(props: { readonly criterion: ReportCriterion; readonly verdicts: ReportCriterion['verdicts'] }) {
  const { data, say, nameOf } = useSettings();
  // Evidence is drawn when somebody asks for it: there is a lot of it.
  const [isOpen, setOpen] = useState(false);
  const { criterion, verdicts } = props;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="id">{criterion.id}</span>
        <span class="text" lang={data.design.language}>
          {criterion.text}
          <small lang="">
            {say.criteria.patterns[criterion.pattern]}
            {criterion.line === 0 ? null : ` · ${say.criteria.line(criterion.line)}`}
          </small>
        </span>
        <span class="verdicts">
          {verdicts.map(({ environment, verdict, deviation }) => (
            <span key={environment}>
              <small>{nameOf(environment)}</small>
              <VerdictMark verdict={verdict} short {...(deviation === undefined ? {} : { deviation })} />
            </span>
          ))}
        </span>
      </summary>
      {isOpen ? (
        <div class="criterion-evidence">
          {verdicts.map((verdict) => (
            <VerdictDetails key={verdict.environment} verdict={verdict} />
          ))}
          {criterion.line === 0 ? null : <a href={`#L${criterion.line}`}>{say.document.line(criterion.line)} →</a>}
        </div>
      ) : null}
    </details>
  );
}
