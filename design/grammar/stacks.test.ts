import { describe, expect, test } from 'vitest';
import { readStacks } from './stacks.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const kinds = ['Network', 'Security', 'Database', 'Storage', 'Compute', 'Messaging', 'Monitoring'];
const stack = (name: string, order: number, more: { outputs?: string; needs?: string; file?: string } = {}) =>
  [
    `  ${order}. ${name}:`,
    '      目的: a part',
    '      リソース:',
    '        - Thing x2 (two)',
    `      出力: ${more.outputs ?? 'なし'}`,
    `      依存: ${more.needs ?? 'なし'}`,
    `      ファイル: ${more.file ?? 'lib/stacks/a-stack.ts'}`,
  ].join('\n');
const all = (changed: Record<string, string> = {}) =>
  ['スタック構成:', ...kinds.map((kind, index) => changed[kind] ?? stack(`${kind}Stack`, index + 1))].join('\n');
const read = (block: string) => {
  const part = sectionOf(block);
  return { stacks: readStacks(part.section, part.ledger), ...part };
};

test('STK: a stack is read with all that it says, each line for its own path', () => {
  const outputs = '\n        - vpc: IVpc\n        - zones: ISubnet[]';
  const part = read(all({ Security: stack('SecurityStack', 2, { outputs, needs: 'NetworkStack、 StorageStack' }) }));
  expect(complaints(part.ledger)).toEqual([]);
  expect(part.stacks?.[1]).toEqual({
    order: 2,
    name: 'SecurityStack',
    purpose: 'a part',
    resources: [{ text: 'Thing x2 (two)', kind: 'unread', name: 'Thing', count: 2, qualifiers: [] }],
    outputs: [
      { name: 'vpc', type: 'IVpc' },
      { name: 'zones', type: 'ISubnet[]' },
    ],
    dependsOn: ['NetworkStack', 'StorageStack'],
    file: 'lib/stacks/a-stack.ts',
  });
  expect(account(part).slice(0, 17)).toEqual([
    'heading',
    'input stacks.0.name',
    'input stacks.0.purpose',
    'heading',
    'claim stacks.0.resources.0',
    'claim stacks.0.outputs',
    'claim stacks.0.dependsOn',
    'claim stacks.0.file',
    'input stacks.1.name',
    'input stacks.1.purpose',
    'heading',
    'claim stacks.1.resources.0',
    'heading',
    'claim stacks.1.outputs.0',
    'claim stacks.1.outputs.1',
    'claim stacks.1.dependsOn',
    'claim stacks.1.file',
  ]);
});

describe('other ways of writing the same are read', () => {
  test.each([
    [
      'full-width digits and colons',
      all().replaceAll(/(\d)\. (\w+):/g, (_, digit, name) => `${fullWidth(digit)}. ${name}：`),
    ],
    ['tabs', all().replaceAll('  ', '\t')],
    ['less indentation', all().replaceAll(/^ {6}/gm, '   ')],
    ['items in the column of their label', all().replaceAll(/^ {8}-/gm, '      -')],
    ['no line above the stacks', all().replace('スタック構成:\n', '')],
  ])('%s', (_, block) => {
    const { stacks, ledger } = read(block);
    expect(complaints(ledger)).toEqual([]);
    expect(stacks).toEqual(read(all()).stacks);
  });
});

const fullWidth = (digit: string) => '０１２３４５６７８９'[Number(digit)] ?? digit;

describe('a document is refused at the line', () => {
  test.each<[string, string, string[]]>([
    [
      'of an unknown stack, whose other lines are not complained of',
      all({ Storage: stack('StrageStack', 4) }),
      ['26 unknown-name'],
    ],
    ['of a stack stated twice', `${all()}\n${stack('NetworkStack', 8)}`, ['54 row-twice']],
    ['of a stack out of order', all({ Storage: stack('StorageStack', 5) }), ['26 step-order']],
    ['of a stack without a number', all({ Storage: stack('StorageStack', 4).replace('4. ', '') }), ['26 unknown-line']],
    [
      'that depends on an unknown stack',
      all({ Compute: stack('ComputeStack', 5, { needs: 'NetworkStac' }) }),
      ['38 unknown-name'],
    ],
    [
      'that depends on a stack which the document does not have',
      all({ Compute: stack('ComputeStack', 5, { needs: 'CacheStack' }) }),
      ['38 stack-absent'],
    ],
    [
      'that names a dependency twice',
      all({ Compute: stack('ComputeStack', 5, { needs: 'NetworkStack, NetworkStack' }) }),
      ['38 row-twice'],
    ],
    [
      'that depends on itself',
      all({ Compute: stack('ComputeStack', 5, { needs: 'ComputeStack' }) }),
      ['38 stack-circle'],
    ],
    [
      'that depends on one which cannot do without it',
      all({ Messaging: stack('MessagingStack', 6, { needs: 'ComputeStack' }) }),
      ['45 stack-circle'],
    ],
    [
      'of a file outside the tree',
      all({ Network: stack('NetworkStack', 1, { file: '../../secrets.ts' }) }),
      ['11 unknown-line'],
    ],
    [
      'of an output without a type',
      all({ Network: stack('NetworkStack', 1, { outputs: '\n        - vpc' }) }),
      ['10 unknown-line'],
    ],
    ['of a stack that says no dependencies', all().replace('      依存: なし\n', ''), ['5 row-missing']],
    [
      'of a line that nobody asked for',
      all().replace('目的: a part', '目的: a part\n      予算: 3'),
      ['7 unknown-line'],
    ],
    ['above the stacks when there is none', 'スタック構成:', ['4 row-missing']],
  ])('%s', (_, block, expected) => {
    const { stacks, ledger } = read(block);
    expect(complaints(ledger)).toEqual(expected);
    expect(stacks).toBeUndefined();
  });

  test('of the first stack in a circle, once, with the whole circle', () => {
    const { ledger } = read(
      all({
        Network: stack('NetworkStack', 1, { needs: 'StorageStack' }),
        Database: stack('DatabaseStack', 3, { needs: 'NetworkStack' }),
        Storage: stack('StorageStack', 4, { needs: 'SecurityStack, DatabaseStack' }),
      }),
    );
    expect(complaints(ledger)).toEqual(['10 stack-circle']);
    expect(ledger.problems[0]?.message.en).toContain('NetworkStack → StorageStack → SecurityStack → NetworkStack');
  });
});

test.skipIf(form === undefined)('STK-1…8: the form is read whole', () => {
  const part = sectionTitled('CDKスタック構成', form ?? '');
  const stacks = readStacks(part.section, part.ledger);
  expect(complaints(part.ledger)).toEqual([]);
  expect(stacks?.map(({ name, outputs }) => [name, outputs.length])).toEqual([
    ['NetworkStack', 4],
    ['SecurityStack', 4],
    ['DatabaseStack', 3],
    ['CacheStack', 2],
    ['StorageStack', 3],
    ['ComputeStack', 3],
    ['MessagingStack', 2],
    ['MonitoringStack', 0],
  ]);
  expect(stacks?.[7]?.dependsOn).toEqual(['ComputeStack', 'DatabaseStack']);
  expect(account(part)).not.toContain('unclaimed');
  expect(account(part)).not.toContain('unknown');
});
