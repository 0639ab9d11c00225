// Claims about asking twice: what is begun once counts as begun, and a no is a no.
import { expect, test } from 'vitest';
import { AwsFault } from './fault.ts';
import { retryingCloudFormation } from './retry.ts';
import { scriptedClock, scriptedCloudFormation } from './testing/scripted-cloudformation.ts';

const place = { name: 'Shop', region: 'eu-west-1' };
const clock = scriptedClock();
const limits = { throttled: 60_000, expired: 60_000, lost: 60_000 };

/** The port whose answers to `execute` and `delete` are these faults, one after the other, and then good ones. */
function port(...faults: readonly AwsFault[]) {
  const left = [...faults];
  const answer = async () => {
    const fault = left.shift();
    if (fault !== undefined) throw fault;
  };
  const scripted = { ...scriptedCloudFormation(clock).port, execute: answer, delete: answer };
  return retryingCloudFormation(scripted, { clock, limits, tell: () => {} });
}

const lost = new AwsFault('lost', 'ECONNRESET', 'no answer');
const no = (code: string) => new AwsFault('refused', code, 'no');

test.each(['InvalidChangeSetStatusException', 'TokenAlreadyExistsException'])(
  'a lost answer and then %s: the first question arrived (DEP-4)',
  async (code) => {
    await expect(port(lost, no(code)).execute(place, 'changes', 'token')).resolves.toBeUndefined();
    await expect(port(lost, lost, no(code)).delete(place, 'token')).resolves.toBeUndefined();
  },
);

test.each([
  ['a no to the first question', [no('InvalidChangeSetStatusException')], 'InvalidChangeSetStatusException'],
  ['another no to the second', [lost, no('AccessDenied')], 'AccessDenied'],
])('%s is passed on', async (_, faults, code) => {
  await expect(port(...faults).execute(place, 'changes', 'token')).rejects.toMatchObject({ kind: 'refused', code });
});
