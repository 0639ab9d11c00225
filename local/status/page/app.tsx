// The page of a platform that runs: each view that it sends, in the language of the reader.

import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../../design/problem.ts';
import { LanguageButton } from '../../../ui/language-button.tsx';
import type { PageTexts } from '../texts.ts';
import type { View } from '../view.ts';
import { Alarms } from './alarms.tsx';
import { Diagram } from './diagram.tsx';
import { Drills } from './drills.tsx';
import { Figures } from './figures.tsx';
import { nodesOf } from './nodes.ts';
import { Orders } from './orders.tsx';
import { type Say, sayIn } from './say.ts';
import { Trend } from './trend.tsx';

/** Lets whoever has the whole address start drills; a browser sends it to nobody by itself. */
const key = location.hash.slice(1);

/** What the reader chose the last time. */
function chosenBefore(): Language | undefined {
  const chosen = localStorage.getItem('language');
  return chosen === 'ja' || chosen === 'en' ? chosen : undefined;
}

type Connection = 'connecting' | 'live' | 'lost';

export function App({ language: usual, texts }: PageTexts) {
  const [language, setLanguage] = useState(() => chosenBefore() ?? usual);
  const [view, connection] = useViews();
  const say = sayIn(texts[language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.title = view === undefined ? 'Hashira' : `${view.feature} · ${say('title')}`;
  }, [view, language]);
  const choose = (chosen: typeof language) => {
    localStorage.setItem('language', chosen);
    setLanguage(chosen);
  };
  return (
    <>
      <header>
        <h1>
          {view?.feature ?? 'Hashira'} {view === undefined ? null : <span class="tag">{view.environment}</span>}
        </h1>
        <p class={`connection ${connection}`} role="status">
          {say(connection)}
        </p>
        <LanguageButton language={language} other={say('otherLanguage')} choose={choose} />
      </header>
      {view === undefined ? null : <Sections view={view} language={language} say={say} />}
    </>
  );
}

/** The newest view, and whether more will come. */
function useViews(): readonly [View | undefined, Connection] {
  const [view, setView] = useState<View>();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const events = new EventSource('events');
    events.addEventListener('message', ({ data }) => {
      setView(JSON.parse(data));
      setConnection('live');
    });
    events.addEventListener('error', () => setConnection('lost'));
    return () => events.close();
  }, []);
  return [view, connection];
}

interface SectionsProps {
  readonly view: View;
  readonly language: Language;
  readonly say: Say;
}

function Sections({ view, language, say }: SectionsProps) {
  return (
    <main>
      <Figures view={view} say={say} />
      <section class="wide" aria-labelledby="architecture">
        <h2 id="architecture">{say('architecture')}</h2>
        <Diagram nodes={nodesOf(view, say)} label={say('architecture')} flows={view.rate > 0} />
        <Trend history={view.history} say={say} />
      </section>
      <Alarms alarms={view.alarms} say={say} />
      <div class="column">
        <Drills drills={view.drills} token={key} language={language} say={say} />
        <Orders orders={view.orders} say={say} />
        <section aria-labelledby="addresses-title">
          <h2 id="addresses-title">{say('addresses')}</h2>
          <dl id="addresses">
            {view.addresses.flatMap(({ name, address }) => [
              <dt key={name}>{name}</dt>,
              <dd key={`${name} ${address}`}>
                {/^https?:/.test(address) ? (
                  <a href={address} rel="noreferrer">
                    {address}
                  </a>
                ) : (
                  address
                )}
              </dd>,
            ])}
          </dl>
        </section>
      </div>
    </main>
  );
}
