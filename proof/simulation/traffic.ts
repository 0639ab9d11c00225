// Traffic to try a scaling policy with: requests a second, minute by minute. Made by arithmetic alone, so that a curve is the same
// every time.

export interface Trace {
  readonly name: 'ramp' | 'spikes' | 'day';
  /** Mean requests a second of each minute. */
  readonly requestsPerSecond: readonly number[];
}

/**
 * Three traces, in multiples of the traffic that is expected:
 * - `ramp`: up to three times of it within half an hour, there for half an hour, down to a tenth and there until all has come to rest;
 * - `spikes`: four bursts, from one and a half to five times of it, one of them shorter than any alarm can see;
 * - `day`: a working day, quiet at four in the morning, twice the expected at nine in the evening.
 *
 * @param expected requests a second
 */
export function traces(expected: number): readonly Trace[] {
  const of = (name: Trace['name'], shares: readonly number[]): Trace => ({
    name,
    requestsPerSecond: shares.map((share) => Math.round(share * expected * 10) / 10),
  });
  return [of('ramp', ramp()), of('spikes', spikes()), of('day', day())];
}

const minutes = (count: number, share: (minute: number) => number) =>
  Array.from({ length: count }, (_, minute) => share(minute));

function ramp(): readonly number[] {
  return [
    ...minutes(30, (minute) => (3 * minute) / 30),
    ...minutes(30, () => 3),
    ...minutes(10, (minute) => 3 - (2.9 * minute) / 10),
    ...minutes(140, () => 0.1),
  ];
}

function spikes(): readonly number[] {
  const bursts = [
    { from: 20, until: 30, share: 1.5 },
    { from: 70, until: 72, share: 4 },
    { from: 110, until: 125, share: 5 },
    { from: 200, until: 210, share: 2.5 },
  ];
  return minutes(330, (minute) => bursts.find(({ from, until }) => minute >= from && minute < until)?.share ?? 0.3);
}

function day(): readonly number[] {
  const least = 4 * 60;
  const most = 21 * 60;
  return minutes(24 * 60, (minute) => {
    const since = (minute - least + 24 * 60) % (24 * 60);
    const rising = most - least;
    const phase = since < rising ? since / rising : 1 - (since - rising) / (24 * 60 - rising);
    return 0.1 + 1.9 * ((1 - Math.cos(Math.PI * phase)) / 2) ** 2;
  });
}
