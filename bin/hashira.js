#!/usr/bin/env node
// Starts the compiled command under a Node that can run it, compiling first when a source is newer than what was compiled.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// What nobody catches would end with 1, which says that something was judged and failed. The command itself says it in its own words.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    console.error(error);
    process.exit(70);
  });
}

// Node ends with 13 when nothing is left to wait for and the command has not come to its end: that is a fault of ours, too.
process.on('exit', (code) => {
  if (code === 13) process.exitCode = 70;
});

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 14)) {
  await start();
} else {
  const node = bundledNode();
  if (node === undefined)
    fail(
      `Node ${process.versions.node} is too old: run \`npm ci\` here, which brings Node 24 on Linux, or install Node 22.14 or newer`,
    );
  hand(node);
}

async function start() {
  if (!existsSync(join(root, 'node_modules'))) fail('nothing is installed yet: run `npm ci` in the repository');
  const { compileIfStale } = await import('./compile.js');
  await compileIfStale();
  const main = join(root, 'dist', 'hashira.js');
  if (!existsSync(main)) fail('nothing is compiled yet: run `npm ci` in the repository');
  // What V8 made of the sources last time is taken again; where nothing can be written, it goes without.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.(join(root, 'dist', 'compile-cache'));
  await import(pathToFileURL(main).href);
}

/**
 * Goes on under another Node, and stays as long as that does: who ends the one ends the other. The channel tells it when this process is
 * killed without a word.
 */
function hand(node) {
  const words = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(node, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // A terminal sends Ctrl-C to both.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.once('error', (error) => fail(error.message));
  // Ended by a signal (out of memory, say): as a shell counts it, and never 1, which is a verdict.
  child.once('exit', (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));
}

/** The Node that npm installed as an optional dependency, where there is one for this machine. */
function bundledNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-linux-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

function fail(message) {
  console.error(`hashira: ${message}`);
  process.exit(2);
}
