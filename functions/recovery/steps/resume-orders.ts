// Sends the orders again that were accepted and not fulfilled: their messages lie in the other region's queues. Who reads them does not
// mind a message twice.
import { note, step, until } from '../step.ts';

export const resumeOrders = step<'oneOff'>('resume-orders', async (run, ports) => {
  const { to, execution, resumeTask, resumeFailures = 0 } = run;
  const oneOff = ports.oneOff(to);
  const task = resumeTask ?? (await oneOff.start('resume-orders.mjs', `${execution} ${resumeFailures}`));
  if (resumeTask === undefined) await note(execution, ports, () => ({ resumeTask: task }));
  const outcome = await oneOff.outcome(task);
  until(outcome !== 'running', `${task} still sends orders`);
  if (outcome === 'failed') {
    // The next try is another task, and has another token.
    await note(execution, ports, () => ({ resumeTask: undefined, resumeFailures: resumeFailures + 1 }));
    throw new Error(`${task} ended without having sent all orders; its log says why`);
  }
  return { task };
});
