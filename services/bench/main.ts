// The second half of `npm run bench`: what the API does in a second, beside what a bare HTTPS server and a bare query do on the same
// machine in the same run. All cases take turns, round by round, so that a machine that slows down slows all of them.
import { randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { closedLoop, openLoop, percentile, type Sample } from './load.ts';
import { runApi } from './servers.ts';

const rounds = 3;
/** Seconds that a case has in a round. */
const seconds = 4;
/** Requests under way at once. */
const concurrency = 32;
/** AC-PERF: requests a second at which the answer's time is looked at. */
const steadyRate = 120;

const stage = await runApi();
const cases: Readonly<Record<string, () => Promise<void>>> = {
  'bare HTTPS server': () => stage.ask(stage.barePort, 'GET', '/'),
  'cached read': () => stage.ask(stage.apiPort, 'GET', `/orders/${stage.cachedOrder()}`),
  'uncached read': () => stage.ask(stage.plainPort, 'GET', `/orders/${stage.anyOrder()}`),
  'bare query': () => stage.query(),
  write: () => stage.ask(stage.plainPort, 'POST', '/orders', randomUUID()),
};

const samples = new Map<string, Sample>(Object.keys(cases).map((name) => [name, { times: [], seconds: 0 }]));
try {
  for (const work of Object.values(cases)) await closedLoop(work, 1, concurrency);
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(cases)) {
      const { times, seconds: spent } = await closedLoop(work, seconds, concurrency);
      const sample = samples.get(name);
      if (sample !== undefined)
        samples.set(name, { times: [...sample.times, ...times], seconds: sample.seconds + spent });
    }
  }
  const steady = await openLoop(cases['cached read'] ?? (async () => {}), 10, steadyRate);

  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; ${rounds} × ${seconds} s each, ${concurrency} at once; client, servers and database share the machine`,
  );
  for (const [name, sample] of samples)
    console.log(
      `${name.padEnd(20)} ${perSecond(sample).toFixed(0).padStart(6)} /s   p50 ${ms(sample, 0.5)}   p95 ${ms(sample, 0.95)}   p99 ${ms(sample, 0.99)}`,
    );
  const [bare, cached] = [samples.get('bare HTTPS server'), samples.get('cached read')].map((sample) =>
    sample === undefined ? 0 : perSecond(sample),
  );
  console.log(`cached read / bare HTTPS server   ${(((cached ?? 0) / (bare ?? 1)) * 100).toFixed(0)} %`);
  console.log(`cached read at ${steadyRate} /s            p95 ${ms(steady, 0.95)}   p99 ${ms(steady, 0.99)}`);
} finally {
  await stage.stop();
}
process.exit(0);

function perSecond({ times, seconds }: Sample): number {
  return times.length / seconds;
}

function ms({ times }: Sample, share: number): string {
  return `${percentile(times, share).toFixed(1).padStart(6)} ms`;
}
