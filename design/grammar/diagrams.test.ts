import { describe, expect, test } from 'vitest';
import { readArchitecture, readDataFlow } from './diagrams.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const flow = (lines: string) => {
  const part = sectionOf(`graph TB\n${lines}`, 'mermaid');
  return { source: readArchitecture(part.section, part.ledger), ...part };
};
const talk = (lines: string) => {
  const part = sectionOf(`sequenceDiagram\n${lines}`, 'mermaid');
  return { source: readDataFlow(part.section, part.ledger), ...part };
};

describe('ARC: a flow chart may say', () => {
  test.each([
    'A',
    'A[Client]',
    'DB[(Aurora)]',
    'A(["Client (web)"])',
    'A{{Choice}}:::wide',
    'A@{ shape: cyl, label: "Disk" }',
    'A-->B',
    'A --> B --> C',
    'A[Client] -->|HTTPS| B{Gate}',
    'A & B --> C & D',
    'A -- writes --> B',
    'A -.監視.- B',
    'A-.watches.->B',
    'A ==> B',
    'A == much ==> B',
    'A <--> B',
    'A --o B',
    'A --- B',
    'A ~~~ B',
    '利用者 --> 入口',
    'my-node.1 --> B;',
    '%% anything at all',
    'style A fill:#fff',
    'classDef wide stroke:#000',
    'direction LR',
    'subgraph One\nA\nend',
    'subgraph One ["A (b)"]\nsubgraph Two[C]\nend\nend',
  ])('%s', (lines) => {
    const { source, ledger } = flow(lines);
    expect(complaints(ledger)).toEqual([]);
    expect(source).toBe(`graph TB\n${lines}`);
  });
});

describe('ARC: a flow chart is refused at the line of', () => {
  test.each<[string, string]>([
    ['A -> B', '5 unknown-line'],
    ['A --> ', '5 unknown-line'],
    ['--> B', '5 unknown-line'],
    ['A B', '5 unknown-line'],
    ['A[Client', '5 unknown-line'],
    ['A[Client)', '5 unknown-line'],
    ['A[(Aurora]', '5 unknown-line'],
    ['A -->|words B', '5 unknown-line'],
    ['利用者がアクセスする。', '5 unknown-line'],
    ['subgraph One ["A"', '5 unknown-line'],
    ['A\nend', '6 diagram-surplus-end'],
    ['subgraph One\nA', '5 diagram-unclosed'],
  ])('%j', (lines, expected) => {
    const { source, ledger } = flow(lines);
    expect(complaints(ledger)).toEqual([expected]);
    expect(source).toBeUndefined();
  });
});

describe('ARC: a sequence may say', () => {
  test.each([
    'participant A',
    'actor 利用者 as User of the shop',
    'A->>B: 要求',
    'A->>+B: ask\nB-->>-A: answer',
    'A-)B: send',
    'A--xB: lose',
    'A<<->>B: talk',
    'Note over A,B: words',
    'note right of A: words',
    'activate A\ndeactivate A',
    'autonumber',
    'alt hit\nA->>B: x\nelse miss\nA->>C: y\nend',
    'par one\nA->>B: x\nand two\nA->>C: y\nend',
    'loop each minute\nopt maybe\nA->>B: x\nend\nend',
  ])('%j', (lines) => {
    const { source, ledger } = talk(lines);
    expect(complaints(ledger)).toEqual([]);
    expect(source).toBe(`sequenceDiagram\n${lines}`);
  });

  test.each<[string, string]>([
    ['A->>B', '5 unknown-line'],
    ['A=>B: x', '5 unknown-line'],
    ['A speaks to B', '5 unknown-line'],
    ['alt hit\nA->>B: x', '5 diagram-unclosed'],
    ['end', '5 diagram-surplus-end'],
  ])('but is refused at the line of %j', (lines, expected) => {
    expect(complaints(talk(lines).ledger)).toEqual([expected]);
  });
});

test('ARC-3: a caption that gives the VPC a range claims it, a comment does not', () => {
  const part = flow('subgraph Net ["VPC: 10.9.0.0/16"]\nA["Public Subnet 10.9.1.0/24"]\nend\n%% VPC: 10.8.0.0/16');
  expect(account(part)).toEqual(['diagram', 'claim network.cidr', 'diagram', 'diagram', 'diagram']);
});

describe('a section without its diagram is refused', () => {
  test.each<[string, string, string, string[]]>([
    ['for another kind of block', 'graph TB', 'yaml', ['1 diagram-missing', '4 unknown-line']],
    ['for another kind of diagram', 'pie', 'mermaid', ['4 unknown-line']],
    ['for an empty one', '', 'mermaid', ['3 unknown-line']],
  ])('%s', (_, block, language, expected) => {
    const { section, ledger } = sectionOf(block, language);
    expect(readArchitecture(section, ledger)).toBeUndefined();
    expect(complaints(ledger)).toEqual(expected);
  });
});

describe.skipIf(form === undefined)('ARC-1…5: the form is read whole', () => {
  test.each([
    ['アーキテクチャ図', readArchitecture, 50],
    ['データフロー図', readDataFlow, 29],
  ] as const)('%s', (title, read, lines) => {
    const part = sectionTitled(title, form ?? '');
    expect(read(part.section, part.ledger)).toContain('ECS');
    expect(complaints(part.ledger)).toEqual([]);
    expect(
      account(part).filter((entry) => entry === 'diagram' || entry === 'claim network.cidr').length,
    ).toBeGreaterThan(lines - 10);
    expect(account(part)).not.toContain('unclaimed');
  });
});
