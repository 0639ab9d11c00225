// `npm run bench`: how long a document is read, by its length. The project's own document grows in every kind of line that it may have many
// of; the medians of a thousand, ten thousand and as many lines as there may be are to grow with the lines and no faster.
import { limits } from '../design/file-check.ts';
import { readDesign } from '../design/read-design.ts';
import { ownDocument } from '../design/testing/documents.ts';
import { grown } from '../design/testing/grown.ts';

const rounds = 7;

const milliseconds = (text: string): number => {
  const start = performance.now();
  readDesign(text);
  return performance.now() - start;
};

for (const lines of [1000, 2500, 5000, 10_000, limits.lines]) {
  const size = ownDocument.split('\n').length;
  const text = lines < size ? ownDocument.split('\n').slice(0, lines).join('\n') : grown(lines - size - 1);
  milliseconds(text);
  const times = Array.from({ length: rounds }, () => milliseconds(text)).toSorted((one, other) => one - other);
  const { problems } = readDesign(text);
  console.log(
    `${String(text.split('\n').length).padStart(6)} lines: median ${(times[Math.floor(rounds / 2)] ?? 0).toFixed(0)} ms, least ${(times[0] ?? 0).toFixed(0)} ms, ${problems.length} problems`,
  );
}
