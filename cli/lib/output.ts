// The one way to a terminal or a log. A call prints lines; a line break or control character within one was written by somebody else,
// and is shown, not sent.
import { createInterface } from 'node:readline/promises';
import { showJson, showLine } from '../../design/show.ts';

/** Prints lines on standard output, which is for the answer. */
export const print = (...lines: readonly string[]): void => send(process.stdout, lines);

/** Prints lines on standard error, which is for what happens on the way and for refusals. */
export const printAside = (...lines: readonly string[]): void => send(process.stderr, lines);

function send(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  stream.write(lines.map((line) => `${showLine(line)}\n`).join(''));
}

/** JSON for a file or for standard output: it reads as the value that it was, and nothing in it is unseen. */
export const toJson = (value: unknown): string => `${showJson(JSON.stringify(value, undefined, 2))}\n`;

export function writeJson(value: unknown): void {
  writeMadeJson(toJson(value));
}

/** What `toJson` has made already. */
export function writeMadeJson(text: string): void {
  process.stdout.write(text);
}

/** A text of several lines as it stands, tabs too, but for what is unseen; whoever needs that has it written to a file. */
export function writeText(text: string): void {
  process.stdout.write(makeGuard(() => false)(text));
}

/** Asks a person on standard error; empty when nobody answers or `signal` comes first. */
export async function ask(question: string, signal = new AbortController().signal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C reaches the terminal's reader and not the process while it reads.
  const halted = new AbortController();
  terminal.on('SIGINT', () => halted.abort());
  terminal.on('close', () => halted.abort());
  try {
    return await whileDrawing(() =>
      terminal.question(showLine(question), { signal: AbortSignal.any([signal, halted.signal]) }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return '';
    throw error;
  } finally {
    terminal.close();
  }
}

let drawing = 0;

/** Does `work`, in which a library moves the cursor about. Whatever others wrote and it shows has been through `showLine`. */
export async function whileDrawing<T>(work: () => Promise<T>): Promise<T> {
  drawing++;
  try {
    return await work();
  } finally {
    drawing--;
  }
}

/** Puts a guard before both streams, which holds what libraries and Node itself write to the same. */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    const guard = makeGuard(() => drawing > 0);
    stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) =>
      Reflect.apply(write, stream, [guard(chunk), ...rest]);
  }
}

const colour = String.raw`\u001b\[[\d;]*m|\t`;
const move = String.raw`\u001b\[\??[\d;]*[A-Za-z]|[\r\u0007]`;

/**
 * Makes a filter for what is written to one stream. Colours and tabs pass; what moves the cursor does while something of ours is drawn.
 * @param isDrawing asked at each write
 */
export function makeGuard(isDrawing: () => boolean): (chunk: string | Uint8Array) => string {
  const decoder = new TextDecoder();
  /** What stands on the line already, but for spaces. */
  let begun = '';
  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const passing = new RegExp(`(${isDrawing() ? `${colour}|${move}` : colour})`);
    const lines = text.split('\n').map((line, index) => {
      if (index > 0) begun = '';
      return line
        .split(passing)
        .map((part, place) => {
          const shown = place % 2 === 1 ? part : showLine(part, begun);
          // A colour leaves a line as empty as it was, and so does whatever moves the cursor.
          if (place % 2 === 0) begun ||= part.trim();
          return shown;
        })
        .join('');
    });
    return lines.join('\n');
  };
}
