// The whole page: the list of sections at the side, one section at a time beside it, all of them on paper.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import type { ReportData } from '../report-data.ts';
import { type SectionName, sectionNames } from './parts.tsx';
import { AlarmsSection } from './sections/alarms.tsx';
import { ArchitectureSection } from './sections/architecture.tsx';
import { CostSection } from './sections/cost.tsx';
import { CriteriaSection } from './sections/criteria.tsx';
import { DifferencesSection } from './sections/differences.tsx';
import { DocumentSection } from './sections/document.tsx';
import { RecoverySection } from './sections/recovery.tsx';
import { ScalingSection } from './sections/scaling.tsx';
import { SecuritySection } from './sections/security.tsx';
import { SummarySection } from './sections/summary.tsx';
import { type Choice, SettingsContext } from './settings.tsx';
import { Sidebar } from './sidebar.tsx';
import { texts } from './texts.ts';

export function App({ data }: { readonly data: ReportData }) {
  const [language, setLanguage] = useState<Language>(data.design.language);
  const [choice, choose] = useState<Choice>('all');
  const place = usePlace();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${data.design.feature} – ${texts[language].sections[place.section]} – Hashira`;
  }, [language, place.section, data]);
  const settings = useMemo(() => ({ data, language, choice, choose }), [data, language, choice]);
  const { section: current, line } = place;
  return (
    <SettingsContext.Provider value={settings}>
      <button type="button" class="skip" onClick={() => document.getElementById(`${current}-title`)?.focus()}>
        {texts[language].skip}
      </button>
      <Sidebar current={current} switchLanguage={() => setLanguage(language === 'ja' ? 'en' : 'ja')} />
      <main id="content">
        <SummarySection current={current} />
        <DocumentSection current={current} line={line} />
        <CriteriaSection current={current} />
        <ArchitectureSection current={current} />
        <SecuritySection current={current} />
        <AlarmsSection current={current} />
        <ScalingSection current={current} />
        <RecoverySection current={current} />
        <CostSection current={current} />
        <DifferencesSection current={current} />
      </main>
    </SettingsContext.Provider>
  );
}

interface Place {
  readonly section: SectionName;
  /** A line of the document that is looked at. */
  readonly line: number | undefined;
}

/** `#cost`, or `#L521` for a line of the document: a place can be sent to somebody. */
function placeOf(hash: string): Place {
  const line = /^#L(\d+)$/.exec(hash)?.[1];
  if (line !== undefined) return { section: 'document', line: Number(line) };
  const section = sectionNames.find((name) => `#${name}` === hash);
  return { section: section ?? 'summary', line: undefined };
}

function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (place.line === undefined) scrollTo(0, 0);
  }, [place.section, place.line]);
  return place;
}
