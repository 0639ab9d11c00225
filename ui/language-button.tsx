// The button that turns a page to its other language: written in that language, so that those who need it can read it.

export function LanguageButton(props: {
  readonly language: 'ja' | 'en';
  /** Name of the other language, in itself. */
  readonly other: string;
  choose(language: 'ja' | 'en'): void;
}) {
  const next = props.language === 'ja' ? 'en' : 'ja';
  return (
    <button type="button" id="language" lang={next} onClick={() => props.choose(next)}>
      {props.other}
    </button>
  );
}
