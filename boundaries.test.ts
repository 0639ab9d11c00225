// The two rules between rooms: the half that builds and the half that proves never import each other; arrows point one way.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const root = import.meta.dirname;
const rooms: readonly string[] = JSON.parse(readFileSync(join(root, 'rooms.json'), 'utf8'));
const intruders: string[] = [];

afterEach(() => {
  for (const directory of intruders.splice(0)) rmSync(directory, { recursive: true });
});

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
  };
}

/** Runs dependency-cruiser over the rooms that exist; it exits with the number of violations, so output counts, not the code. */
function cruise(...places: string[]): Cruise['summary'] {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const words = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...places];
  const report: Cruise = JSON.parse(
    execFileSync(process.execPath, words, {
      cwd: root,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString(),
  );
  return report.summary;
}

/** Puts a file with one import into a room for the length of a test. */
function intrude(room: string, source: string): string {
  const directory = mkdtempSync(join(root, room, 'boundary-'));
  intruders.push(directory);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'intruder.ts'), source);
  return directory.slice(root.length + 1);
}

describe('the boundaries of the house', () => {
  test('every room imports only what it may', () => {
    const { violations, totalCruised } = cruise(...rooms.filter((room) => existsSync(join(root, room))));
    expect(violations.map(({ rule }) => rule.name)).toEqual([]);
    // dependency-cruiser passes over TypeScript in silence when it finds no transpiler for it.
    expect(totalCruised).toBeGreaterThan(100);
  });

  test.each([
    [
      'proof',
      "import { buildPlatform } from '../../infrastructure/lib/platform.ts';\nexport const x = buildPlatform;\n",
      'proof-imports-only-what-it-may',
    ],
    ['proof', "import type { App } from 'aws-cdk-lib';\nexport type X = App;\n", 'only-the-builder-knows-the-cdk'],
    [
      'local',
      "import { doWork } from '../../services/orders/do-work.ts';\nexport const x = doWork;\n",
      'local-imports-only-what-it-may',
    ],
    [
      'functions',
      "import { deadlineIn } from '../../services/clients/deadline.ts';\nexport const x = deadlineIn;\n",
      'functions-imports-only-what-it-may',
    ],
    [
      'operations',
      "import { freePort } from '../../testing/ports.ts';\nexport const x = freePort;\n",
      'only-tests-import-what-is-for-tests',
    ],
    [
      'infrastructure',
      "import type { Verdict } from '../../proof/judges/judge.ts';\nexport type X = Verdict;\n",
      'infrastructure-imports-only-what-it-may',
    ],
    [
      'assembly',
      "import type { Design } from '../../cli/lib/version.ts';\nexport type X = Design;\n",
      'assembly-imports-only-what-it-may',
    ],
    ['cli', "import { command } from '../commands/read.ts';\nexport const x = command;\n", 'nothing-imports-a-command'],
    [
      'design',
      "import { readAssembly } from '../../assembly/read-assembly.ts';\nexport const x = readAssembly;\n",
      'design-imports-only-what-it-may',
    ],
  ])('a file in %s that breaks the rule is found: %s', (room, source, rule) => {
    const { violations } = cruise(intrude(room, source));
    expect(violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});
