// A task stops: the platform must put another in its place, and nobody has to ask for it (AC-REL-3).
import { judge } from '../criterion-result.ts';
import { figuresOf } from '../figures.ts';
import { said } from '../words.ts';
import { type Drill, easyRate, faultOf, mendedAt } from './drill.ts';

/** Seconds that the platform has; the document says that it must happen, not how fast. */
const limit = 300;

export const taskDrill: Drill = {
  name: 'task',
  needs: ['killTask'],
  calmRate: easyRate,
  async run({ target, tell, momentWhen }) {
    const before = new Set(await target.tasks());
    tell('fault');
    const since = performance.now();
    const victim = await faultOf(target, 'killTask')();
    tell('waiting');
    const moment = await momentWhen(limit, async () => {
      const now = await target.tasks();
      return !now.includes(victim) && now.length >= before.size && now.some((task) => !before.has(task));
    });
    return { since, ...mendedAt(moment) };
  },
  judge: ({ design }, { mended }, { recoveryMs, lost }) => [
    judge(
      'AC-REL-3',
      figuresOf(design, 'AC-REL-3') === undefined ? undefined : 1,
      mended === undefined ? said.noNewTask({ seconds: limit }) : said.newTask({ ms: recoveryMs }),
      () => said.newTaskUnasked,
      () => mended !== undefined && lost === 0,
    ),
  ],
};
