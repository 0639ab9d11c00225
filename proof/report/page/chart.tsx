// A chart of Observable Plot within the page, drawn again when its element gets wider or narrower.
import { useEffect, useRef, useState } from 'preact/hooks';

export function Chart(props: {
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  readonly draw: (width: number) => Element;
  /** What the drawing depends on. */
  readonly on: readonly unknown[];
}) {
  const { label, draw, on } = props;
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      // Hidden sections have no width; on paper the chart is scaled.
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const drawn = draw(width || usual);
    // The chart as a whole is one picture with one description; its parts have none of their own.
    for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    element.current?.replaceChildren(drawn);
  }, [width, ...on]);
  return <div class="chart" ref={element} role="img" aria-label={label} />;
}

/** Pixels, before the element has any. */
const usual = 960;
