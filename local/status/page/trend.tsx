// The last two minutes: requests a second as an area, tasks as steps; each on its own scale from nought.
import { figure } from '../../../ui/format.ts';
import type { View } from '../view.ts';
import type { Say } from './say.ts';

const [width, height, seconds] = [1000, 90, 120];

export function Trend({ history: { rate, tasks }, say }: { readonly history: View['history']; readonly say: Say }) {
  const curve = pointsOf(rate, Math.max(10, ...rate));
  const steps = pointsOf(tasks, Math.max(4, ...tasks));
  const line = curve.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
  const label = `${say('trend')}: ${figure(rate.at(-1) ?? 0, 1)}, ${figure(tasks.at(-1) ?? 0, 0)}`;
  return (
    <figure>
      <svg id="trend" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {curve.length < 2 ? null : (
          <>
            <path class="area" d={`M${curve[0]?.[0]} ${height}L${line}L${width} ${height}Z`} />
            <path class="rate" d={`M${line}`} />
            <path
              class="tasks"
              d={`M${steps.map(([x, y], index) => (index === 0 ? `${x} ${y}` : `H${x}V${y}`)).join('')}`}
            />
          </>
        )}
      </svg>
      <figcaption class="note">{say('trend')}</figcaption>
    </figure>
  );
}

const pointsOf = (values: readonly number[], most: number): readonly (readonly [x: number, y: number])[] =>
  values.map((value, index) => [
    width - (values.length - 1 - index) * (width / (seconds - 1)),
    height - 3 - (value / most) * (height - 8),
  ]);
