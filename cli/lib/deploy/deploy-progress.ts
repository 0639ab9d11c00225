// What a deployment tells while it runs: on a terminal a list of the stacks that moves, elsewhere a line for whatever is new.
import { Listr } from 'listr2';
import { showLine } from '../../../design/show.ts';
import type { Progress } from '../../../operations/deploy/progress.ts';
import { printAside, whileDrawing } from '../output.ts';
import type { DeployMessages } from './messages.ts';

export interface ProgressDisplay {
  readonly tell: (progress: Progress) => void;
  /** Lets what is shown come to its end, so that something else can be printed below it. Whatever is still shown as going on is left as it is. */
  pause(): Promise<void>;
}

/** Lines on the given output, by default standard error: standard output is for the answer. */
export function lineDisplay(
  say: DeployMessages,
  write: (line: string) => void = (line) => printAside(line),
): ProgressDisplay {
  // A wait is told again only when it is for something else, or every minute.
  const waiting = new Map<string, string>();
  const tell = (progress: Progress): void => {
    if (progress.at === 'waiting') {
      const { stack, busy, status } = progress;
      const [first] = busy;
      const now = `${status} ${first?.logicalId ?? ''} ${Math.floor((first?.seconds ?? 0) / 60)}`;
      if (waiting.get(stack) === now) return;
      waiting.set(stack, now);
    }
    write(sentence(progress, say));
  };
  return { tell, pause: async () => {} };
}

function sentence(progress: Progress, say: DeployMessages): string {
  switch (progress.at) {
    case 'planning':
    case 'publishing':
      return say[progress.at](progress.stack);
    case 'wave':
      return say.wave(progress.stacks.join(', '));
    case 'stack':
      return `${progress.stack}: ${say.stack[progress.does]}`;
    case 'waiting':
      return `${progress.stack}: ${say.waiting(progress.status, progress.busy)}`;
    case 'fault':
      return say.faults[progress.kind](say.told(progress.message));
    default:
      return say.phases[progress.at];
  }
}

/** A stack of the wave that is under way. */
interface Row {
  /** What it is doing, told to the list as soon as the list shows it. */
  say(text: string): void;
  end(failure?: string): void;
  task(wrapper: Output): Promise<void>;
}
interface Output {
  output: string;
}

/** A list for each wave of stacks, in which each shows what it waits for; between waves, lines. */
export function liveDisplay(say: DeployMessages): ProgressDisplay {
  const lines = lineDisplay(say);
  let rows = new Map<string, Row>();
  let shown: Promise<unknown> = Promise.resolve();
  const endAll = () => {
    for (const row of rows.values()) row.end();
    rows = new Map();
  };
  const begin = (stacks: readonly string[]) => {
    endAll();
    rows = new Map(stacks.map((stack) => [stack, newRow()]));
    const list = new Listr(
      [...rows].map(([stack, row]) => ({
        title: showLine(stack),
        task: (_: unknown, wrapper: Output) => row.task(wrapper),
      })),
      { concurrent: true, exitOnError: false, registerSignalListeners: false },
    );
    // One list after the other: two at a time would write over each other.
    shown = shown.then(() => whileDrawing(() => list.run()));
  };
  const tell = (progress: Progress): void => {
    if (progress.at === 'wave') {
      begin(progress.stacks);
      return;
    }
    const row = 'stack' in progress ? rows.get(progress.stack) : undefined;
    if (progress.at === 'fault') for (const each of rows.values()) each.say(sentence(progress, say));
    if (row === undefined) {
      if (rows.size === 0 || progress.at !== 'fault') lines.tell(progress);
    } else if (progress.at === 'stack' && progress.does !== 'starts') {
      row.end(progress.does === 'failed' ? `${progress.stack}: ${say.stack.failed}` : undefined);
    } else row.say(sentence(progress, say));
  };
  return {
    tell,
    async pause() {
      endAll();
      await shown;
    },
  };
}

function newRow(): Row {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Whoever fails before the list shows it is no unhandled error.
  promise.catch(() => {});
  let latest = '';
  let shown: Output | undefined;
  return {
    say(text) {
      latest = showLine(text);
      if (shown !== undefined) shown.output = latest;
    },
    end: (failure) => (failure === undefined ? resolve() : reject(new Error(showLine(failure)))),
    task(wrapper) {
      shown = wrapper;
      if (latest !== '') shown.output = latest;
      return promise;
    },
  };
}
