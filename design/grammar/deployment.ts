// DEP-1…6 and RBK-1…2: the numbered steps of a deployment and of the way back, each with points to see to and commands to run.
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import type { CodeBlock, Section } from '../sections.ts';
import { type Command, readCommand } from '../words/command.ts';
import { type ListItem, readMarkdownList, refuseStrays, stateUnlessMarked, unbold, walkList } from './list.ts';

type Steps = Design['deployment']['steps'];

const example = {
  en: '`1. **…**`, and below it `- …` or a ```bash block',
  ja: '`1. **…**` と、その下の `- …` または ```bash のブロック',
};
const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'shell', 'console', '']);

/** The steps of one procedure; `path` is where they go in the design, `deployment.steps` or `deployment.rollback`. */
export function readSteps(section: Section, ledger: LineLedger, path: string): Steps {
  const list = readMarkdownList(section.body);
  const steps: Steps = [];
  const starts: number[] = [];
  for (const item of list.items) {
    if (item.number === undefined) refuseAll(item, ledger);
    else {
      const expected = steps.length + 1;
      if (item.number !== expected) ledger.refuse(item.line, 'step-order', { found: item.number, expected });
      const items = [...walkList(item.children)];
      items.forEach(({ line }, index) => {
        stateUnlessMarked(ledger, line, 'procedure', `${path}.${steps.length}.items.${index}`);
      });
      starts.push(item.line);
      steps.push({ title: unbold(item.words), items: items.map(({ words }) => words), commands: [] });
    }
  }
  refuseStrays(list, ledger, example);
  for (const block of section.blocks) {
    const index = starts.findLastIndex((line) => line < block.open);
    const step = steps[index];
    if (step === undefined || !shells.has(block.language.toLowerCase())) ledger.unknown(block.open, example);
    else step.commands.push(...readCommands(block, ledger, `${path}.${index}.commands`, step.commands.length));
  }
  steps.forEach(({ items, commands }, index) => {
    const line = starts[index] ?? section.line;
    // A step with nothing below is what is to be done itself.
    if (items.length + commands.length > 0) ledger.mark(line, 'heading');
    else stateUnlessMarked(ledger, line, 'procedure', `${path}.${index}.title`);
  });
  if (steps.length === 0) ledger.refuse(section.line, 'row-missing', { rows: example });
  return steps;
}

/** The commands of a block; a line that ends in `\` goes on in the next, and comments are prose. */
function readCommands(block: CodeBlock, ledger: LineLedger, path: string, before: number): Command[] {
  const commands: string[] = [];
  let started = '';
  for (const { number, plain } of block.lines) {
    const words = plain.trim();
    if (started === '' && (words === '' || words.startsWith('#'))) continue;
    stateUnlessMarked(ledger, number, 'procedure', `${path}.${before + commands.length}`);
    const whole = `${started}${words.replace(/^\$\s+/, '')}`;
    if (whole.endsWith('\\')) started = `${whole.slice(0, -1).trimEnd()} `;
    else {
      commands.push(whole);
      started = '';
    }
  }
  if (started !== '') commands.push(started.trim());
  return commands.map(readCommand);
}

function refuseAll(item: ListItem, ledger: LineLedger): void {
  for (const { line } of walkList([item])) ledger.unknown(line, example);
}
