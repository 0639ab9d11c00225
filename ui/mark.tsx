// The mark of a state: shape and colour, so that neither has to be seen alone.
import type { ComponentChildren } from 'preact';

/** `carried`: as it should be. `deviation`: otherwise, and worth a look. `failed`: wrong. `open`: not known. `unbound`: does not apply. `prose`: no statement, and no mark. */
export type MarkState = keyof typeof shapes;

const shapes = {
  carried: <circle cx="6" cy="6" r="4.5" />,
  deviation: <path d="M6 .8 11.2 6 6 11.2.8 6z" />,
  failed: <path d="M1.5 1.5h9v9h-9z" />,
  open: <circle class="ring" cx="6" cy="6" r="4" />,
  unbound: <path d="M2 5.2h8v1.6H2z" />,
  prose: null,
};

export function Mark({ state }: { readonly state: MarkState }) {
  return (
    <svg class={`mark ${state}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}

/** A mark with its word, and with what stands behind it. */
export function StateLabel(props: {
  readonly state: MarkState;
  readonly word: string;
  readonly children?: ComponentChildren;
}) {
  const { state, word, children } = props;
  return (
    <span class={`state-label ${state}`}>
      <Mark state={state} />
      <span>{word}</span>
      {children}
    </span>
  );
}
