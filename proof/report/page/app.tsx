// The whole page: the list of sections at the side, one section at a time beside it, all of them on paper.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReportData } from '../report-data.ts';
import { addressOf, type PageView, viewOf } from './page-view.ts';
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
import { languageOf, SettingsContext } from './settings.tsx';
import { Sidebar } from './sidebar.tsx';
import { texts } from './texts.ts';

export function App({ data }: { readonly data: ReportData }) {
  const [view, choose] = usePlace();
  const language = languageOf(data, view);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${data.design.feature} – ${texts[language].sections[view.section]} – Hashira`;
  }, [language, view.section, data]);
  const settings = useMemo(() => ({ data, view, choose }), [data, view]);
  const { section: current, line } = view;
  return (
    <SettingsContext.Provider value={settings}>
      <button type="button" class="skip" onClick={() => document.getElementById(`${current}-title`)?.focus()}>
        {texts[language].skip}
      </button>
      <Sidebar current={current} chooseLanguage={(chosen) => choose('lang', chosen)} />
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

/** Typing changes the address with every letter; browsers bound how often it may change. */
const addressDelayMs = 150;

/** Where the reader is. A link that says nothing of what was chosen leaves it as it was. */
function usePlace(): readonly [PageView, (key: string, value: string) => void] {
  const [view, setPlace] = useState(() => viewOf(location.hash));
  // What is drawn lags behind what was chosen; the address must not.
  const latest = useRef(view);
  const writing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const go = (next: PageView) => {
    latest.current = next;
    setPlace(next);
  };
  useEffect(() => {
    const follow = () => {
      clearTimeout(writing.current);
      const next = viewOf(location.hash);
      go({ ...next, chosen: { ...latest.current.chosen, ...next.chosen } });
      writeAddress(latest.current);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (view.line === undefined) scrollTo(0, 0);
  }, [view.section, view.line]);
  const choose = (key: string, value: string) => {
    go({ ...latest.current, chosen: { ...latest.current.chosen, [key]: value } });
    const before = location.hash;
    clearTimeout(writing.current);
    writing.current = setTimeout(() => {
      // Another address by now is a link whose event is still to come: it goes before.
      if (location.hash === before) writeAddress(latest.current);
    }, addressDelayMs);
  };
  return [view, choose];
}

function writeAddress(view: PageView): void {
  const address = addressOf(view);
  if (location.hash !== address) history.replaceState(null, '', address);
}
