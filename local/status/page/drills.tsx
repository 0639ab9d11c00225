// A button for each drill, with what it is doing or what its last run has shown.

import { useState } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import { figure } from '../../../ui/format.ts';
import { type MarkState, StateLabel } from '../../../ui/mark.tsx';
import type { DrillState } from '../source.ts';
import type { Say } from './say.ts';

interface DrillsProps {
  readonly drills: readonly DrillState[];
  /** Empty: nobody may start one from this address. */
  readonly token: string;
  readonly language: Language;
  readonly say: Say;
}

export function Drills({ drills, token, language, say }: DrillsProps) {
  // Until the next view says that it runs.
  const [asked, setAsked] = useState<readonly DrillState[]>();
  const isBusy = asked === drills || drills.some(({ step, busy }) => step !== undefined || busy !== undefined);
  const start = (name: string) => {
    setAsked(drills);
    void fetch(`drills/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{}',
    });
  };
  return (
    <section aria-labelledby="drills-title">
      <h2 id="drills-title">{say('drills')}</h2>
      <p class="note" id="drills-note">
        {say(token === '' ? 'drillsKey' : 'drillsNote')}
      </p>
      <ul id="drills">
        {drills.map((drill) => (
          <li key={drill.name} data-drill={drill.name}>
            <button type="button" disabled={token === '' || isBusy || !drill.able} onClick={() => start(drill.name)}>
              {say(`drill-${drill.name}`)}
            </button>
            <p class="note">
              <Outcome drill={drill} language={language} say={say} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const marks: Readonly<Record<string, MarkState>> = { pass: 'carried', fail: 'failed' };

function Outcome({ drill, language, say }: { readonly drill: DrillState } & Pick<DrillsProps, 'language' | 'say'>) {
  const { able, step, progress, lasts, busy, disturbed = false, result, criteria = [], failure } = drill;
  if (!able) return <>{say('unable')}</>;
  if (step !== undefined)
    return (
      <>
        … {say(`step-${step}`)} {progress === undefined ? '' : say('progress', { ...progress })}
      </>
    );
  if (busy !== undefined) return <>{say('busy', { run: busy })}</>;
  if (failure !== undefined) return <>{say('failure', { reason: failure[language] })}</>;
  if (result === undefined) return <>{lasts === undefined ? '' : say('lasts', { seconds: lasts })}</>;
  const { recoveryMs, failedRequests: failed, ...orders } = result;
  return (
    <>
      {recoveryMs === null
        ? say('notRecovered', { ...orders, failed })
        : say('result', { ...orders, failed, recovery: `${figure(recoveryMs / 1000, 1)} s` })}
      {disturbed ? ` ${say('disturbed')}` : ''}
      {criteria.map(({ id, verdict }) => (
        <StateLabel key={id} state={marks[verdict] ?? 'open'} word={`${id} ${say(`verdict-${verdict}`)}`} />
      ))}
    </>
  );
}
