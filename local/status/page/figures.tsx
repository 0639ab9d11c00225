// The key figures of the platform as it runs.
import { figure } from '../../../ui/format.ts';
import { KeyFigure, KeyFigures } from '../../../ui/key-figures.tsx';
import type { View } from '../view.ts';
import { percent, type Say } from './say.ts';

export function Figures({ view, say }: { readonly view: View; readonly say: Say }) {
  const { requests, tasks, cache, queues, orders } = view.counts;
  const sum = (key: 'waiting' | 'held' | 'deadLetters') => queues.reduce((total, queue) => total + queue[key], 0);
  const dead = sum('deadLetters');
  return (
    <section class="wide">
      <KeyFigures class="six">
        <KeyFigure
          name="requestsPerSecond"
          title={say('requestsPerSecond')}
          value={figure(view.rate, 1)}
          note={say('requests-note', requests)}
        />
        <KeyFigure
          name="hitRate"
          title={say('hitRate')}
          value={percent(view.hitRate)}
          note={cache.engine === 'absent' ? say('noCache') : say('cache-note', cache)}
        />
        <KeyFigure
          name="tasks"
          title={say('tasks')}
          value={figure(tasks.healthy, 0)}
          failed={tasks.healthy === 0}
          note={say('tasks-note', tasks)}
        />
        <KeyFigure
          name="waiting"
          title={say('waiting')}
          value={figure(sum('waiting'), 0)}
          note={say('waiting-note', { held: sum('held') })}
        />
        <KeyFigure
          name="deadLetters"
          title={say('deadLetters')}
          value={figure(dead, 0)}
          failed={dead > 0}
          note={queues.map(({ name, deadLetters }) => `${name} ${figure(deadLetters, 0)}`).join(', ')}
        />
        <KeyFigure
          name="ordersFulfilled"
          title={say('ordersFulfilled')}
          value={figure(orders.fulfilled, 0)}
          note={say('orders-note', orders)}
        />
      </KeyFigures>
    </section>
  );
}
