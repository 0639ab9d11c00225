// Claims about what commands declare.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { commandIn } from './program.ts';

test('every file of commands/ is in the list, under the name that is typed', async () => {
  const files = globSync('*.ts', { cwd: join(import.meta.dirname, 'commands') }).map((file) => basename(file, '.ts'));
  expect(Object.keys(commands).sort()).toEqual(files.sort());
  for (const [name, load] of Object.entries(commands)) expect((await load()).command.name).toBe(name);
});

test('a word that every object knows is no command', () => {
  expect([commandIn(['read']), commandIn(['constructor']), commandIn([])]).toEqual(['read', undefined, undefined]);
});
