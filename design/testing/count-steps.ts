// Counts the steps in which the reader reads documents: how often each block of its code is run, as V8 counts them. Run by itself, since
// a process has one counter: a JSON list of documents on stdin, one of step counts on stdout.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { readDesign } from '../read-design.ts';

const isReader = (url: string) =>
  url.includes('/design/') && !url.includes('/testing/') && !url.includes('/node_modules/');

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const counts: number[] = [];
for (const text of JSON.parse(readFileSync(0, 'utf8')) as readonly string[]) {
  readDesign(text, { lenient: true });
  // Each taking sets the counters to nothing.
  const { result } = await session.post('Profiler.takePreciseCoverage');
  counts.push(
    result
      .filter(({ url }) => isReader(url))
      .flatMap(({ functions }) => functions)
      .flatMap(({ ranges }) => ranges)
      .reduce((sum, { count }) => sum + count, 0),
  );
}
process.stdout.write(JSON.stringify(counts));
