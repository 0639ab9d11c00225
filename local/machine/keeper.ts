// A small process beside the platform that outlives it: when the platform ends without a word (`kill -9`), it ends what is left.
import { until } from '../../common/until.ts';
import { cleanUp } from './ledger.ts';

const [file = ''] = process.argv.slice(2);
// What ends the platform by its terminal is not for us: the platform ends us by closing this pipe.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.resume();
process.stdin.once('close', async () => {
  // A process that is just ending may still look alive.
  const isClean = () =>
    cleanUp(file).then(
      () => true,
      () => false,
    );
  await until(isClean, (clean) => clean, { within: 2_000, every: 100 });
});
