// Asks the region itself, past all names, whether orders can be placed there: it says so only when its database takes writes. This is a
// check and no gate: Route 53 asks the same question and sends people on by its own judgement.
import { step, until } from '../step.ts';

/** Answers in a row, so that more than one task is likely to have been asked. */
const inARow = 5;

export const smokeTest = step<'loadBalancer'>('smoke-test', async ({ to }, { loadBalancer }) => {
  const region = loadBalancer(to);
  for (let asked = 0; asked < inARow; asked++) {
    const status = await region.ask('/health/ready');
    until(
      status === 200,
      `the ${to} region answered ${status === 0 ? 'nothing' : status} when asked whether it is ready`,
    );
  }
  return { answers: inARow };
});
