// What was looked at for a verdict: the resource, the property, what stood there, and the template's own lines.
import { useState } from 'preact/hooks';
import type { Language } from '../../../../design/problem.ts';
import { Mark } from '../../../../ui/mark.tsx';
import { type Decision, type ReportData, type ReportText, type ReportVerdict, seen } from '../../report-data.ts';
import { Path, VerdictMark } from '../parts.tsx';
import { useSettings } from '../settings.tsx';

const shownAtFirst = 6;

/** A verdict with its reason, the decision behind it and its evidence. */
export function VerdictDetails({ verdict }: { readonly verdict: ReportVerdict }) {
  const { data, say, nameOf } = useSettings();
  const [isWhole, setWhole] = useState(false);
  const { evidence, reason, deviation, environment } = verdict;
  const decision = data.decisions.find(({ id }) => id === deviation);
  // What is wrong comes first.
  const rows = evidence.toSorted((one, other) => gravity(data.evidence[one]?.[5]) - gravity(data.evidence[other]?.[5]));
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  return (
    <div class="verdict-details">
      <p class="verdict-head">
        <b>{nameOf(environment)}</b>
        <VerdictMark verdict={verdict.verdict} {...(deviation === undefined ? {} : { deviation })} />
      </p>
      {reason === undefined ? null : (
        <p class="reason">
          <span>{say.evidence.reason}</span> <Reason reason={reason} />
        </p>
      )}
      {decision === undefined ? null : <DecisionNote decision={decision} />}
      {rows.length === 0 ? null : (
        <ul class="evidence" aria-label={say.evidence.title(rows.length)}>
          {shown.map((row) => (
            <EvidenceItem key={row} row={row} />
          ))}
        </ul>
      )}
      {shown.length < rows.length ? (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          {say.evidence.more(rows.length - shown.length)}
        </button>
      ) : null}
    </div>
  );
}

/** A judge of a team's own may give a reason in one language alone. */
function Reason({ reason }: { readonly reason: ReportText }) {
  const { language } = useSettings();
  return <span class="said">{textIn(reason, language)}</span>;
}

const gravity = (place: number | undefined) => ({ fail: 0, unresolved: 1, pass: 2 })[seen[place ?? 0] ?? 'pass'];

function DecisionNote({ decision }: { readonly decision: Decision }) {
  return (
    <div class="decision">
      <b>
        {decision.id} <span lang="en">{decision.title}</span>
      </b>
      {decision.summary === '' ? null : (
        <p lang={/[\u3041-\u30fa]/.test(decision.summary) ? 'ja' : 'en'}>{decision.summary}</p>
      )}
      {decision.file === '' ? null : <code>{decision.file}</code>}
    </div>
  );
}

function EvidenceItem({ row }: { readonly row: number }) {
  const { data, say, language } = useSettings();
  const found = data.evidence[row];
  if (found === undefined) return null;
  const [resource, ...others] = found;
  const [pointer = '', observed = '', expected = '', excerpt = ''] = others.map((place) =>
    textAt(data, place, language),
  );
  const { path = '', type = '', file: place = -1, logicalId = '' } = data.resources[resource] ?? {};
  const file = textAt(data, place, language);
  const verdict = seen[found[5]] ?? 'unresolved';
  const isTemplate = file.endsWith('.template.json');
  const whole = keysOf(pointer.startsWith('/Resources/') || logicalId === '' ? pointer : `/${logicalId}${pointer}`);
  return (
    <li class={verdict}>
      <div class="where">
        {verdict === 'pass' ? (
          <span class="verdict carried">
            <Mark state="carried" />
            <span class="hidden">{say.verdicts.pass}</span>
          </span>
        ) : (
          <VerdictMark verdict={verdict} short />
        )}
        {type === '' ? null : <span class="type">{type.replace('AWS::', '')}</span>}
        <Path path={path === '' ? file : path} />
      </div>
      <dl class="pair">
        <dt>{say.evidence.expected}</dt>
        <dd>{expected}</dd>
        <dt>{say.evidence.observed}</dt>
        <dd>{observed}</dd>
      </dl>
      {isTemplate && whole.length > 1 ? (
        <pre class="excerpt">
          <span class="file">{file}</span>
          {excerpt === '' ? `${nested(whole, '')}\n# ${say.evidence.absent}` : nested(whole, excerpt)}
        </pre>
      ) : file === '' ? null : (
        <p class="file-note">
          {file.startsWith('runtime/') ? `${say.evidence.runtime}: ` : ''}
          {file}
        </p>
      )}
    </li>
  );
}

const textIn = (text: ReportText, language: Language) => (typeof text === 'string' ? text : text[language]);

/** A text of the data's list, in the language of the page. */
const textAt = ({ texts }: ReportData, place: number, language: Language): string =>
  textIn(texts[place] ?? '', language);

/** The keys of a JSON pointer within a template, from the resource's logical id on. */
function keysOf(pointer: string): readonly string[] {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys[0] === 'Resources' ? keys.slice(1) : keys;
}

/** An excerpt under the keys that lead to it, as it stands in the template. */
function nested(keys: readonly string[], excerpt: string): string {
  const last = keys.length - 1;
  const lines = keys.map((key, depth) => {
    const isItem = /^\d+$/.test(key);
    const indent = '  '.repeat(depth);
    if (depth < last || excerpt === '') return isItem ? `${indent}- # [${key}]` : `${indent}${key}:`;
    const isShort = !excerpt.includes('\n') && !/^[\w"'/]+:(\s|$)/.test(excerpt) && !excerpt.startsWith('- ');
    const name = isItem ? '-' : `${key}:`;
    if (isShort) return `${indent}${name} ${excerpt}`;
    const inner = excerpt.split('\n').map((line) => `${indent}  ${line}`);
    return [`${indent}${name}${isItem ? ` # [${key}]` : ''}`, ...inner].join('\n');
  });
  return lines.join('\n');
}
