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

interface Case {
  readonly name: string;
  /** The server that answers, where one of ours does. */
  readonly port?: number;
  work(): Promise<void>;
}

interface Result extends Sample {
  /** Seconds of processor time that the server had. */
  readonly processor?: number;
}

const stage = await runApi();
const { barePort, apiPort, plainPort } = stage;
const bare: Case = { name: 'bare HTTPS server', port: barePort, work: () => stage.ask(barePort, 'GET', '/') };
const cached: Case = {
  name: 'cached read',
  port: apiPort,
  work: () => stage.ask(apiPort, 'GET', `/orders/${stage.cachedOrder()}`),
};
const cases: readonly Case[] = [
  bare,
  cached,
  { name: 'uncached read', port: plainPort, work: () => stage.ask(plainPort, 'GET', `/orders/${stage.anyOrder()}`) },
  { name: 'bare query', work: () => stage.query() },
  { name: 'write', port: plainPort, work: () => stage.ask(plainPort, 'POST', '/orders', randomUUID()) },
];

try {
  for (const { work } of cases) await closedLoop(work, 1, concurrency);
  const results = new Map<Case, Result[]>(cases.map((one) => [one, []]));
  for (let round = 0; round < rounds; round++) for (const one of cases) results.get(one)?.push(await measure(one));
  const steady = await openLoop(cached.work, 10, steadyRate);

  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; ${rounds} × ${seconds} s each, ${concurrency} at once; client, servers and database share the machine`,
  );
  for (const one of cases) console.log(line(one.name, together(results.get(one) ?? [])));
  const [bareResult, cachedResult] = [bare, cached].map((one) => together(results.get(one) ?? []));
  if (bareResult !== undefined && cachedResult !== undefined)
    console.log(
      `cached read / bare HTTPS server   ${share(perSecond(cachedResult), perSecond(bareResult))} of the requests`,
    );
  console.log(`cached read at ${steadyRate} /s            p95 ${ms(steady, 0.95)}   p99 ${ms(steady, 0.99)}`);
} finally {
  await stage.stop();
}
process.exit(0);

async function measure({ port, work }: Case): Promise<Result> {
  const before = port === undefined ? undefined : stage.processorTime(port);
  const sample = await closedLoop(work, seconds, concurrency);
  const after = port === undefined ? undefined : stage.processorTime(port);
  return { ...sample, ...(before === undefined || after === undefined ? {} : { processor: after - before }) };
}

function together(results: readonly Result[]): Result {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const processor = results.map((result) => result.processor ?? Number.NaN);
  return {
    times: results.flatMap(({ times }) => times),
    seconds: sum(results.map((result) => result.seconds)),
    ...(processor.some(Number.isNaN) ? {} : { processor: sum(processor) }),
  };
}

/** The client shares the machine and is often what is full; the server's own processor time for a request is not touched by that. */
function line(name: string, result: Result): string {
  const own =
    result.processor === undefined
      ? ''
      : `   server ${((result.processor / result.times.length) * 1e6).toFixed(0).padStart(4)} µs`;
  return `${name.padEnd(20)} ${perSecond(result).toFixed(0).padStart(6)} /s   p50 ${ms(result, 0.5)}   p95 ${ms(result, 0.95)}   p99 ${ms(result, 0.99)}${own}`;
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(0)} %`;
}

function perSecond({ times, seconds }: Sample): number {
  return times.length / seconds;
}

function ms({ times }: Sample, share: number): string {
  return `${percentile(times, share).toFixed(1).padStart(6)} ms`;
}
