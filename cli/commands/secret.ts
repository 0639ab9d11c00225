// `hashira secret rotate`: a secret replaced while everything runs.
import type { Command, Typed } from '../lib/command.ts';
import type { DayTwoOptions } from '../lib/day-two/environment.ts';
import { dayTwo, environmentArgument } from '../lib/options.ts';

export const command: Command = {
  name: 'secret',
  about: { en: 'replace a secret while everything runs', ja: '稼働したままシークレットを取り替える' },
  arguments: [
    { name: '<action>', about: { en: 'rotate', ja: 'rotate' } },
    { name: '<secret>', about: { en: 'database, cache or origin', ja: 'database、cache、origin のいずれか' } },
    environmentArgument,
  ],
  options: [...dayTwo],
  exitCodes: {
    0: { en: 'done', ja: '完了' },
    1: { en: 'AWS refused, or it was not done in time', ja: 'AWS が拒否した、または時間内に終わらなかった' },
    2: { en: 'nothing was done', ja: '何もしなかった' },
  },
  async run([action = '', name = '', environment = '']: Typed, options: DayTwoOptions) {
    const { secret } = await import('../lib/day-two/secret.ts');
    return secret(action, name, environment, options);
  },
};
