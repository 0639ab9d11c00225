// The diagram that the build has drawn, to be looked at closely: zoom and pan by mouse, touch and keyboard.

import { useEffect, useRef, useState } from 'preact/hooks';
import { inLanguage } from '../../../../design/messages/words.ts';
import { Table } from '../../../../ui/table.tsx';
import type { Architecture } from '../../report-data.ts';
import { Section } from '../parts.tsx';
import type { SectionName } from '../section-names.ts';
import { useOneEnvironment, useSettings } from '../settings.tsx';

export function ArchitectureSection({ current }: { readonly current: SectionName }) {
  const { data, say, language, nameOf } = useSettings();
  const environment = useOneEnvironment();
  const drawing = data.architecture.find((one) => one.environment === environment);
  return (
    <Section name="architecture" current={current} intro={say.architecture.intro}>
      {/* On paper every environment has its diagram; on a screen the chosen one. */}
      {data.architecture.map((one) => (
        <div key={one.environment} class={one === drawing ? '' : 'print-only'}>
          <p class="print-only caption">{nameOf(one.environment)}</p>
          <Diagram drawing={one} name={nameOf(one.environment)} />
        </div>
      ))}
      {drawing === undefined ? null : (
        <details class="words screen-only">
          <summary>{say.architecture.paths}</summary>
          <Table
            label={say.architecture.paths}
            head={[say.architecture.from, say.architecture.to, say.architecture.what]}
          >
            {drawing.paths.map((path) => {
              const [from, to, what] = [path.from, path.to, path.what].map((said) => inLanguage(said, language));
              return (
                <tr key={`${from} ${to} ${what}`}>
                  <th scope="row">{from}</th>
                  <td>{to}</td>
                  <td>{what}</td>
                </tr>
              );
            })}
          </Table>
        </details>
      )}
    </Section>
  );
}

interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const whole: View = { x: 0, y: 0, scale: 1 };

function Diagram({ drawing, name }: { readonly drawing: Architecture; readonly name: string }) {
  const { say } = useSettings();
  const { svg, width, height } = drawing;
  const [view, setView] = useState(whole);
  const place = useRef<HTMLDivElement>(null);
  const dragged = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  useEffect(() => {
    const box = [view.x, view.y, width / view.scale, height / view.scale].join(' ');
    place.current?.querySelector('svg')?.setAttribute('viewBox', box);
  }, [view, width, height]);
  const zoom = (factor: number, at = middle) => setView((old) => zoomed(old, factor, { width, height }, at));
  const move = (x: number, y: number) =>
    setView((old) => bounded({ ...old, x: old.x + x, y: old.y + y }, width, height));
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => zoom(1.4),
    '-': () => zoom(1 / 1.4),
    '0': () => setView(whole),
    ArrowLeft: () => move(-60 / view.scale, 0),
    ArrowRight: () => move(60 / view.scale, 0),
    ArrowUp: () => move(0, -60 / view.scale),
    ArrowDown: () => move(0, 60 / view.scale),
  };
  /** Units of the drawing that a pixel of the screen is. */
  const unit = () => width / view.scale / (place.current?.clientWidth || width);
  return (
    <figure class="diagram">
      <div class="diagram-tools screen-only">
        <button type="button" onClick={() => zoom(1.4)} aria-label={say.architecture.zoomIn}>
          +
        </button>
        <button type="button" onClick={() => zoom(1 / 1.4)} aria-label={say.architecture.zoomOut}>
          −
        </button>
        <button type="button" onClick={() => setView(whole)}>
          {say.architecture.reset}
        </button>
        <span class="note">{say.architecture.hint}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing that is moved about with the keyboard is no image alone */}
      <div
        class={`canvas ${view.scale > 1 ? 'zoomed' : ''}`}
        ref={place}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the drawing
        tabIndex={0}
        aria-label={say.architecture.label(name)}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          act();
        }}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          const { left, top, width: wide, height: high } = event.currentTarget.getBoundingClientRect();
          const at = { x: (event.clientX - left) / wide, y: (event.clientY - top) / high };
          zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, at);
        }}
        onPointerDown={(event) => {
          if (view.scale === 1) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={(event) => {
          const from = dragged.current;
          if (from === undefined) return;
          dragged.current = { x: event.clientX, y: event.clientY };
          move((from.x - event.clientX) * unit(), (from.y - event.clientY) * unit());
        }}
        onPointerUp={() => {
          dragged.current = undefined;
        }}
        onPointerCancel={() => {
          dragged.current = undefined;
        }}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </figure>
  );
}

/** In shares of what is seen. */
const middle = { x: 0.5, y: 0.5 };

/** Around a place that stays where it is. */
function zoomed(
  { x, y, scale }: View,
  factor: number,
  { width, height }: { readonly width: number; readonly height: number },
  at: { readonly x: number; readonly y: number },
): View {
  const next = Math.min(6, Math.max(1, scale * factor));
  const gained = 1 / scale - 1 / next;
  return bounded({ x: x + width * gained * at.x, y: y + height * gained * at.y, scale: next }, width, height);
}

/** Nobody gets lost: the drawing never leaves the frame. */
function bounded({ x, y, scale }: View, width: number, height: number): View {
  const within = (value: number, size: number) => Math.min(size - size / scale, Math.max(0, value));
  return { x: within(x, width), y: within(y, height), scale };
}
