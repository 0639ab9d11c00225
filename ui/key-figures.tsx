// Key figures side by side, each with its name above and a note below.
import type { ComponentChildren } from 'preact';

export function KeyFigures(props: { readonly class?: string; readonly children: ComponentChildren }) {
  return <dl class={props.class === undefined ? 'figures' : `figures ${props.class}`}>{props.children}</dl>;
}

export function KeyFigure(props: {
  /** For tests and styles: which figure it is. */
  readonly name?: string;
  readonly title: ComponentChildren;
  /** Absent: there is none, and the note says why. */
  readonly value?: ComponentChildren;
  readonly failed?: boolean;
  readonly note?: ComponentChildren;
}) {
  const { name, title, value, failed = false, note } = props;
  return (
    <div data-figure={name}>
      <dt>{title}</dt>
      {value === undefined ? null : <dd class={failed ? 'failed' : undefined}>{value}</dd>}
      {note === undefined ? null : <dd class="note">{note}</dd>}
    </div>
  );
}
