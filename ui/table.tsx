// A table that scrolls by itself where it is wider than the page.
import type { ComponentChildren } from 'preact';

export function Table(props: {
  readonly label: string;
  readonly head: readonly ComponentChildren[];
  /** Columns with figures. */
  readonly figures?: readonly number[];
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  const { label, head, figures = [], children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
    <section class="table" aria-label={label} tabIndex={0}>
      <table class={props.class ?? ''}>
        <thead>
          <tr>
            {head.map((title, index) => (
              <th key={index} scope="col" class={figures.includes(index) ? 'figure' : ''}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
