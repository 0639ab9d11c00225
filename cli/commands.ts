// All commands, in the order of the help. A further one is a file of commands/ and a line here.
import type { Command, CommandGroup } from './lib/command.ts';

/** Each is loaded when it is typed, or when all are listed. */
export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command | CommandGroup }>>> = {
  build: () => import('./commands/build.ts'),
  read: () => import('./commands/read.ts'),
  accept: () => import('./commands/accept.ts'),
  up: () => import('./commands/up.ts'),
  load: () => import('./commands/load.ts'),
  drill: () => import('./commands/drill.ts'),
  queue: () => import('./commands/queue.ts'),
  secret: () => import('./commands/secret.ts'),
  scale: () => import('./commands/scale.ts'),
  'working-hours': () => import('./commands/working-hours.ts'),
  document: () => import('./commands/document.ts'),
  preflight: () => import('./commands/preflight.ts'),
  smoke: () => import('./commands/smoke.ts'),
  drift: () => import('./commands/drift.ts'),
  deploy: () => import('./commands/deploy.ts'),
  rollback: () => import('./commands/rollback.ts'),
  destroy: () => import('./commands/destroy.ts'),
  prove: () => import('./commands/prove.ts'),
  history: () => import('./commands/history.ts'),
  cost: () => import('./commands/cost.ts'),
  prices: () => import('./commands/prices.ts'),
};
