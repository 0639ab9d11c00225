// Waits until the name that people's requests go by leads to the region. Without a domain there is no name to move: the report says then
// what a person has to do.
import { step, until } from '../step.ts';

export const awaitTraffic = step<'traffic'>('await-traffic', async ({ to }, { traffic }) => {
  const region = await traffic.goesTo();
  until(
    region === to || region === 'by-hand',
    `the name leads to ${region ?? 'neither region alone'}, not yet to ${to}`,
  );
  return { traffic: region };
});
