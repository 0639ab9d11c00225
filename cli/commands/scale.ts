// `hashira scale`: between how many tasks scaling may choose.
import type { Command, Typed } from '../lib/command.ts';
import type { ScaleOptions } from '../lib/day-two/scale.ts';
import { dayTwo, environmentArgument } from '../lib/options.ts';

export const command: Command = {
  name: 'scale',
  about: {
    en: 'change between how many tasks scaling may choose; shows the bounds where none are given',
    ja: 'スケーリングが選べるタスク数の範囲を変える。指定がなければ現在の範囲を表示',
  },
  arguments: [environmentArgument],
  options: [
    { flags: '--min <number>', about: { en: 'fewest tasks', ja: '最小タスク数' } },
    { flags: '--max <number>', about: { en: 'most tasks', ja: '最大タスク数' } },
    { flags: '--template', about: { en: 'back to what the template says', ja: 'テンプレートの値に戻す' } },
    ...dayTwo,
  ],
  exitCodes: {
    0: { en: 'done', ja: '完了' },
    1: { en: 'AWS refused, or it was not done in time', ja: 'AWS が拒否した、または時間内に終わらなかった' },
    2: { en: 'nothing was done', ja: '何もしなかった' },
  },
  async run([environment = '']: Typed, options: ScaleOptions) {
    const { scaleTasks } = await import('../lib/day-two/scale.ts');
    return scaleTasks(environment, options);
  },
};
