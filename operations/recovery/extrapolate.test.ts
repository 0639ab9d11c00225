import { expect, test } from 'vitest';
import { extrapolate } from './extrapolate.ts';

const pace = {
  endpointLost: 30,
  alarmRaised: 180,
  told: 120,
  endpointBack: 30,
  targetInterval: 10,
  answerKept: 60,
  bounds: { Claim: 30, PromoteDatabase: 1_200, AwaitTargets: 900, AwaitTraffic: 900 },
};

test('adds up what somebody says of a step, names its source, and names the steps that nobody says anything of', () => {
  const { steps, seconds, unknown } = extrapolate(pace, ['Claim', 'PromoteDatabase', 'AwaitTargets', 'AwaitTraffic']);
  expect(steps.map(({ name, seconds: each, most }) => [name, each, most])).toEqual([
    // Both the load balancer and the database must be found lost, and then the alarm on both calls somebody.
    ['Detect', 300, null],
    ['Claim', null, 30],
    ['PromoteDatabase', 60, 1_200],
    ['AwaitTargets', 10, 900],
    ['AwaitTraffic', 30, 900],
    ['Serve', 60, null],
  ]);
  expect(seconds).toBe(460);
  expect(unknown).toEqual(['Claim']);
  expect(steps.every(({ source }) => source !== '')).toBe(true);
});
