// Whole environments for tests, built by the same function as everywhere else.
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Design, Environment } from '../../../design/schema.ts';
import { type AppOptions, createApp } from '../app.ts';
import { buildPlatform } from '../platform.ts';

/** A directory of its own for a cloud assembly, in the one of the test run, which goes when the run ends (test-setup.ts). */
export const scratch = (): string => mkdtempSync(join(process.env.TEST_SCRATCH ?? tmpdir(), 'hashira-'));

/** An app with the environments, or all of them, not yet synthesized; without the checks unless asked for. */
export function platformOf(design: Design, environments?: readonly Environment[], options: AppOptions = {}): App {
  const app = createApp({ outdir: scratch(), validation: false, ...options });
  buildPlatform(app, design, environments === undefined ? {} : { environments });
  return app;
}

/** The stacks directly under the app, in the order in which they were made. */
export function stacksOf(app: App): Stack[] {
  return app.node.children.filter((child) => Stack.isStack(child));
}

/** Templates of all stacks of an environment. */
export function templatesOf(design: Design, environment: Environment): Template[] {
  return stacksOf(platformOf(design, [environment])).map((stack) => Template.fromStack(stack));
}

/** Content of all files below a directory, by name. */
export function filesOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.map((name) => join(directory, name)).filter((file) => statSync(file).isFile());
  return Object.fromEntries(files.map((file) => [relative(directory, file), readFileSync(file, 'base64')]));
}
