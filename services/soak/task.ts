// A task as a process of its own that the soak may kill: the API's, but for a queue whose messages come back after five seconds.

import { startTask } from '../api/start.ts';
import { orExit, readTaskEnvironment } from '../clients/environment.ts';

const task = await startTask(
  orExit(() => readTaskEnvironment(process.env)),
  {
    host: '127.0.0.1',
    timing: { visibilityTimeout: 5, waitTimeSeconds: 1 },
  },
);
process.once('SIGTERM', () => void task.stop().then(() => process.exit(0)));
