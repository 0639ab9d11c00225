// Beside every section: what the page is about, the way to the others, language and theme.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import { LanguageButton } from '../../../ui/language-button.tsx';
import { lineState } from '../state.ts';
import { type SectionName, sectionNames } from './section-names.ts';
import { useSettings } from './settings.tsx';

export function Sidebar({
  current,
  chooseLanguage,
}: {
  readonly current: SectionName;
  chooseLanguage(language: Language): void;
}) {
  const { data, say, language } = useSettings();
  const { design } = data;
  const alerts = useAlerts();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the list is a row that runs out of it.
    list.current?.querySelector(`a[href="#${current}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <header class="sidebar">
      <a class="brand" href="#summary">
        <Pillar />
        <span>{say.brand}</span>
      </a>
      <div class="subject">
        <h1>{design.feature}</h1>
        <p>
          {design.id} · {say.version} {design.version}
        </p>
        <p>{design.created}</p>
      </div>
      <nav aria-label={say.navigation} ref={list}>
        <ul>
          {sectionNames.map((name) => (
            <li key={name}>
              <a href={`#${name}`} aria-current={name === current ? 'page' : undefined}>
                {say.sections[name]}
                {(alerts[name] ?? 0) === 0 ? null : <span class="alert">{alerts[name]}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="tools">
        <LanguageButton language={language} other={say.otherLanguage} choose={chooseLanguage} />
        <ThemeButton />
        <button type="button" onClick={() => print()}>
          {say.print}
        </button>
      </div>
    </header>
  );
}

/** How much has failed in a section. */
function useAlerts(): Partial<Record<SectionName, number>> {
  const { data, environments } = useSettings();
  const failed = data.criteria.filter(({ verdicts }) => verdicts.some(({ verdict }) => verdict === 'fail')).length;
  return {
    document: data.lines.filter((line) => lineState(line, environments) === 'failed').length,
    criteria: failed,
  };
}

function ThemeButton() {
  const { say } = useSettings();
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const turn = () => {
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
    setDark(!isDark);
  };
  return (
    <button type="button" onClick={turn}>
      {isDark ? say.toLight : say.toDark}
    </button>
  );
}

/** A pillar on its base: what the tool is called. */
function Pillar() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d="M2 2h16v2.6H2zM5.4 5.4h9.2v1.4H5.4zM6.4 7.4h1.8v5.8H6.4zM9.1 7.4h1.8v5.8H9.1zM11.8 7.4h1.8v5.8h-1.8zM5.4 13.8h9.2v1.2H5.4zM2 15.8h16V18H2z" />
    </svg>
  );
}
