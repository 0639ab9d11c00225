// `hashira working-hours start|stop`: morning or evening at another hour.
import type { Command, Typed } from '../lib/command.ts';
import type { DayTwoOptions } from '../lib/day-two/environment.ts';
import { dayTwo, environmentArgument } from '../lib/options.ts';

export const command: Command = {
  name: 'working-hours',
  about: {
    en: "make the calls of the morning's or the evening's schedules now",
    ja: '朝または夜のスケジュールと同じ呼び出しを今行う',
  },
  arguments: [{ name: '<action>', about: { en: 'start or stop', ja: 'start または stop' } }, environmentArgument],
  options: [...dayTwo],
  exitCodes: {
    0: { en: 'done', ja: '完了' },
    1: { en: 'AWS refused, or it was not done in time', ja: 'AWS が拒否した、または時間内に終わらなかった' },
    2: { en: 'nothing was done', ja: '何もしなかった' },
  },
  async run([action = '', environment = '']: Typed, options: DayTwoOptions) {
    const { hours } = await import('../lib/day-two/working-hours.ts');
    return hours(action, environment, options);
  },
};
