// The container's entry point: one task, until ECS says that it is over.
import { orExit, readTaskEnvironment } from '../clients/environment.ts';
import { startTask } from './start.ts';

/** ECS kills what is still there 30 s after its signal; milliseconds. */
const timeout = 25_000;

const task = await startTask(orExit(() => readTaskEnvironment(process.env)));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    task.app.log.info({ signal }, 'stopping');
    setTimeout(() => {
      task.app.log.error('stopping took too long');
      process.exit(1);
    }, timeout).unref();
    task.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        task.app.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  });
}
