import { describe, expect, test } from 'vitest';
import { readCommand } from '../words/command.ts';
import { readSteps } from './deployment.ts';
import { complaints, sectionTitled } from './testing/sections.ts';

const read = (...lines: readonly string[]) => {
  const { section, ledger } = sectionTitled('Steps', `## Steps\n\n${lines.join('\n')}\n`);
  return { steps: readSteps(section, ledger, 'deployment.steps'), ledger };
};
const look = ['1. **Look**', '   - [ ] at the plan', '   - [x] at the backup'];
const go = [
  '2. **Go**',
  '   ```bash',
  '   # from here',
  '   cd infrastructure/',
  '   npx cdk deploy \\',
  '     Stack',
  '   ```',
];

test('DEP-1…6: steps have points and commands, each on its line', () => {
  const { steps, ledger } = read(...look, '', ...go, '', '3. Rest');
  expect(complaints(ledger)).toEqual([]);
  expect(steps).toEqual([
    { title: 'Look', items: ['at the plan', 'at the backup'], commands: [] },
    { title: 'Go', items: [], commands: ['cd infrastructure/', 'npx cdk deploy Stack'].map(readCommand) },
    { title: 'Rest', items: [], commands: [] },
  ]);
  const said = ledger.lines().map(({ kind, statements: [first] }) => first?.path.replace('deployment.', '') ?? kind);
  expect(said.slice(2)).toEqual([
    'heading',
    'steps.0.items.0',
    'steps.0.items.1',
    'prose',
    'heading',
    'prose',
    'prose',
    'steps.1.commands.0',
    'steps.1.commands.1',
    'steps.1.commands.1',
    'prose',
    'prose',
    'steps.2.title',
    'prose',
  ]);
});

test('commands of two blocks of a step follow one another', () => {
  const { steps } = read('1. **Go**', '   ```sh', '   one', '   ```', '   ```', '   two', '   ```');
  expect(steps[0]?.commands).toEqual([{ text: 'one' }, { text: 'two' }]);
});

describe('what is no step is refused', () => {
  test.each([
    ['a number out of order', [...look, '', '3. **Go**', '   - now'], ['7 step-order']],
    ['points before the first step', ['- at the plan', '', ...look], ['3 unknown-line']],
    ['points below a step that lost its number', [...look, '', 'x. **Go**', '   - now'], ['8 unknown-line']],
    ['commands before the first step', ['```bash', 'ls', '```', '', ...look], ['3 unknown-line']],
    ['a block that is no shell', ['1. **Go**', '   ```yaml', '   a: b', '   ```'], ['4 unknown-line']],
    ['a point that lost its bullet', [...look, '   at the alarms'], ['6 unknown-line']],
    ['none at all', ['Nothing to do.'], ['1 row-missing']],
  ])('%s', (_, lines, expected) => {
    expect(complaints(read(...lines).ledger)).toEqual(expected);
  });
});
