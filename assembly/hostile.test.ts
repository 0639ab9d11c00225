// Hostile assemblies: whatever somebody hands in is read, said to be unresolved, or refused, within a time that a person waits. The
// figure is a bound against hanging, far above what any of them takes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../design/refusal.ts';
import { at, isSettled, isUnresolved, type Value } from './graph.ts';
import { readAssembly } from './read-assembly.ts';
import { parseTemplate } from './template-file.ts';

const hang = 60_000;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A directory with these files: text as it is, all else as JSON. */
function directory(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hashira-hostile-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.said.ja).toMatch(/[ぁ-ん]/);
    return error.message;
  }
  throw new Error('it was taken');
}

const vpc = (cidr: unknown) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } });
const numbered = <T>(count: number, each: (index: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, each(index)]));
const read = (template: object) => readAssembly(directory({ 'a.json': template }));
const valueAt = (template: object, logicalId: string, ...path: string[]): Value | undefined =>
  at(read(template).resources.find((one) => one.logicalId === logicalId)?.properties, ...path);
const twice = (node: unknown) => ({ 'Fn::Join': ['', [node, node]] });
const within = (levels: number, inner: unknown, wrap: (node: unknown) => unknown): unknown =>
  Array.from({ length: levels }).reduce(wrap, inner);

describe('what refers to one another many times over is worked out once', () => {
  const doubling = (count: number, last: unknown) => ({
    Resources: numbered(count, (index) =>
      vpc(index === 0 ? last : twice({ 'Fn::GetAtt': [`R${index - 1}`, 'CidrBlock'] })),
    ),
  });
  test.each([
    [18, 2 ** 18],
    [22, 2 ** 22],
  ])('%d resources whose Join holds two GetAtt', { timeout: hang }, (count, length) => {
    expect(valueAt(doubling(count + 1, 'x'), `R${count}`, 'CidrBlock')).toHaveLength(length);
  });
  test.each([27, 60, 500])('%d of them are longer than is looked at, and not resolved', { timeout: hang }, (count) => {
    expect(isUnresolved(valueAt(doubling(count, 'x'), 'R26', 'CidrBlock'))).toBe(false);
    expect(() => read(doubling(count, { Ref: 'R0' }))).not.toThrow();
  });

  const output = (value: unknown) => ({ Value: value });
  const other = (index: number) => ({ 'Fn::GetStackOutput': { StackName: 'a', OutputName: `R${index}` } });
  test.each([
    ['lists', (index: number) => [other(index - 1), other(index - 1)]],
    ['texts', (index: number) => twice(other(index - 1))],
    ['objects', (index: number) => ({ a: other(index - 1), b: { c: other(index - 1) } })],
    ['what is unresolved', (index: number) => ({ 'Fn::Cidr': [other(index - 1), other(index - 1)] })],
    ['conditions', (index: number) => ({ 'Fn::If': ['C', other(index - 1), other(index - 1)] })],
    ['deeper lists', (index: number) => within(80, other(index - 1), (node) => [node])],
  ])('outputs: %s', { timeout: hang }, (_, value) => {
    const names = numbered(300, (index) => output(index === 0 ? { Ref: 'R0' } : value(index)));
    const graph = read({
      Parameters: { P: { Type: 'String' } },
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
      Resources: { R0: vpc('10.0.0.0/8'), R1: vpc(other(299)) },
      Outputs: names,
    });
    expect(graph.stacks[0]?.outputs.R0?.value).toEqual({ $ref: 'a/R0' });
    // Whoever walks through the graph walks through as much as was counted.
    expect(JSON.stringify(graph).length).toBeLessThan(100_000_000);
  });

  test('conditions made of conditions, and mappings made of mappings', { timeout: hang }, () => {
    const both = (index: number) => ({ 'Fn::And': [{ Condition: `R${index - 1}` }, { Condition: `R${index - 1}` }] });
    const map = (index: number) => ({ 'Fn::FindInMap': ['M', `k${index}`, 'v'] });
    const entries = Array.from({ length: 60 }, (_, index) => [
      `k${index}`,
      { v: index === 0 ? 'x' : twice(map(index - 1)) },
    ]);
    const template = {
      Conditions: numbered(60, (index) => (index === 0 ? { 'Fn::Equals': ['a', 'a'] } : both(index))),
      Mappings: { M: Object.fromEntries(entries) },
      Resources: { A: { ...vpc(map(59)), Condition: 'R59' } },
    };
    expect(isSettled(valueAt(template, 'A', 'CidrBlock'))).toBe(false);
  });
});

describe('what is made from itself is not resolved, and says so', () => {
  const circle = /refers to itself/;
  const map = { 'Fn::FindInMap': ['M', 'k', 'v'] };
  test.each<[string, object]>([
    ['a GetAtt of itself', { Resources: { A: vpc({ 'Fn::GetAtt': ['A', 'CidrBlock'] }) } }],
    [
      'two of one another',
      { Resources: { A: vpc({ 'Fn::GetAtt': ['B', 'CidrBlock'] }), B: vpc({ 'Fn::GetAtt': 'A.CidrBlock' }) } },
    ],
    ['by Sub', { Resources: { A: vpc({ 'Fn::Sub': `\${A.CidrBlock}` }) } }],
    ['a mapping', { Mappings: { M: { k: { v: map } } }, Resources: { A: vpc(map) } }],
    [
      'outputs',
      {
        Resources: { A: vpc({ 'Fn::ImportValue': 'x' }) },
        Outputs: { O: { Value: { 'Fn::ImportValue': 'x' }, Export: { Name: 'x' } } },
      },
    ],
  ])('%s', (_, template) => {
    expect(JSON.stringify(valueAt(template, 'A', 'CidrBlock'))).toMatch(circle);
  });
  test('a condition of itself', () => {
    const template = {
      Conditions: { C: { 'Fn::Not': [{ Condition: 'C' }] } },
      Resources: { A: { ...vpc('x'), Condition: 'C' } },
    };
    expect(read(template).resources[0]?.condition).toBe('C');
  });
});

describe('what goes deep ends where nobody is brought down', () => {
  test.each<[string, (index: number) => unknown]>([
    ['GetAtt', (index) => ({ 'Fn::GetAtt': [`R${index + 1}`, 'CidrBlock'] })],
    ['Join of GetAtt', (index) => ({ 'Fn::Join': ['', ['', { 'Fn::GetAtt': [`R${index + 1}`, 'CidrBlock'] }]] })],
    ['Sub', (index) => ({ 'Fn::Sub': `\${R${index + 1}.CidrBlock}` })],
  ])('a chain of 9,000: %s', { timeout: hang }, (_, link) => {
    const graph = read({ Resources: numbered(9000, (index) => vpc(index === 8999 ? '10.0.0.0/8' : link(index))) });
    expect(graph.resources).toHaveLength(9000);
    expect(graph.resources.at(-2)?.properties.CidrBlock).toBe('10.0.0.0/8');
  });
  test('a chain of conditions, and one of outputs', { timeout: hang }, () => {
    const next = (index: number) => ({ 'Fn::GetStackOutput': { StackName: 'a', OutputName: `R${index + 1}` } });
    expect(() =>
      read({
        Conditions: numbered(9000, (index) => ({ 'Fn::Not': [{ Condition: `R${index + 1}` }] })),
        Resources: { A: { ...vpc(next(0)), Condition: 'R0' } },
        Outputs: numbered(9000, (index) => ({ Value: next(index) })),
      }),
    ).not.toThrow();
  });
  test.each<[string, (node: unknown) => unknown]>([
    ['If', (node) => ({ 'Fn::If': ['C', node, node === 'x' ? 'y' : 'z'] })],
    ['Base64', (node) => ({ 'Fn::Base64': node })],
    ['Select', (node) => ({ 'Fn::Select': [0, [node]] })],
    ['lists', (node) => [node]],
    ['objects', (node) => ({ a: node })],
  ])('%s within one another', { timeout: hang }, (_, wrap) => {
    expect(() => read({ Resources: { A: vpc(within(30, 'x', wrap)) } })).not.toThrow();
    expect(refusal(() => read({ Resources: { A: vpc(within(1000, 'x', wrap)) } }))).toMatch(/more than 100 deep/);
    const text = (levels: number) => `{"Resources":{"A":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    expect(refusal(() => readAssembly(directory({ 'a.json': text(200_000) })))).toMatch(/more than 100 deep/);
  });
  test('texts that double in place', { timeout: hang }, () => {
    const doubled = (node: unknown) => ({ 'Fn::Join': ['xx', { 'Fn::Split': ['x', node] }] });
    expect(() => read({ Resources: { A: vpc(within(20, 'x'.repeat(1000), doubled)) } })).not.toThrow();
    expect(() =>
      read({ Resources: { A: vpc({ 'Fn::Sub': [`\${a}`.repeat(5000), { a: 'x'.repeat(10_000) }] }) } }),
    ).not.toThrow();
  });
});

describe('YAML', () => {
  const bomb = (levels: number) =>
    [
      'Resources:',
      '  A: &a0 {Type: x}',
      ...Array.from({ length: levels }, (_, index) => `  A${index}: &a${index + 1} [*a${index}, *a${index}]`),
    ].join('\n');
  test('aliases count as what they stand for', { timeout: hang }, () => {
    expect(parseTemplate(bomb(3), 'a')).toMatchObject({ Resources: { A0: [{ Type: 'x' }, { Type: 'x' }] } });
    for (const levels of [20, 25, 60])
      expect(refusal(() => parseTemplate(bomb(levels), 'a.yaml'))).toMatch(/a\.yaml: .*(values)/);
  });
  test('an alias is its own anchor, and the nearest above it', () => {
    expect(() => parseTemplate('a: &a [*a]', 'a')).toThrow('contains itself');
    expect(parseTemplate('a: &x 1\nb: *x\nc: &x 2\nd: *x', 'a')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
    expect(() => parseTemplate('a: *x\nb: &x 1', 'a')).toThrow(/alias \*x has no anchor/);
  });
  test('many aliases of a large anchor', { timeout: hang }, () => {
    const text = `a: &a [${'1,'.repeat(2000)}]\nb: [${'*a,'.repeat(20_000)}]`;
    expect(refusal(() => parseTemplate(text, 'a'))).toMatch(/more than 1000000 values/);
    expect(() => parseTemplate(`a: &a 1\nb: [${'*a,'.repeat(100_000)}]`, 'a')).not.toThrow();
  });
  test.each([
    ['brackets', `a: ${'['.repeat(100_000)}`],
    ['mappings', `a: ${'{a: '.repeat(50_000)}`],
    ['dashes', `${'- '.repeat(50_000)}a`],
    ['questions', `${'? '.repeat(50_000)}a`],
    ['ever deeper keys', Array.from({ length: 1900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a long one', `a: |\n${'  some text\n'.repeat(200_000)}`],
  ])('too much: %s', { timeout: hang }, (_, text) => {
    expect(refusal(() => parseTemplate(text, 'a.yaml'))).toContain('a.yaml: ');
  });
  test.each([
    '!!str ',
    '&a ',
    '*a ',
    '"',
    "'",
    '|',
    '>',
    '%',
    '@',
    '`',
    ': ',
    '# ',
    ', ',
    '!',
    '\t',
    '<<: ',
    '---\n',
    '...\n',
    '\\',
  ])('a long run of %j', { timeout: hang }, (unit) => {
    try {
      parseTemplate(`a: ${unit.repeat(20_000)}`, 'a.yaml');
    } catch (error) {
      expect(String(error)).toContain('a.yaml');
    }
  });
});

describe('nothing is read out of the directory, and no more than there is to read', () => {
  const stack = (templateFile: unknown) => ({ type: 'aws:cdk:stack', properties: { templateFile } });
  const manifest = (artifacts: object) => ({ artifacts });
  const named = (templateFile: unknown) => ({
    'manifest.json': manifest({ A: { ...stack(templateFile), type: 'aws:cloudformation:stack' } }),
  });
  test.each(['../../../../../../etc/passwd', '..', '../x.json', '/etc/passwd', 'a/../../x', 'link/passwd', 'out.json'])(
    'a manifest that names %s',
    (file) => {
      const folder = directory(named(file));
      symlinkSync('/etc', join(folder, 'link'));
      symlinkSync('/etc/hostname', join(folder, 'out.json'));
      expect(() => readAssembly(folder)).toThrow(/outside of it|cannot be read/);
      try {
        readAssembly(folder);
      } catch (error) {
        expect(String(error)).not.toContain('root:');
      }
    },
  );
  test('further metadata and nested assemblies, neither', () => {
    const artifact = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'a.json' },
      additionalMetadataFile: '../x',
    };
    const outside = { type: 'cdk:cloud-assembly', properties: { directoryName: '../..' } };
    const itself = { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } };
    expect(() => readAssembly(directory({ 'manifest.json': manifest({ A: artifact }), 'a.json': {} }))).toThrow();
    expect(() => readAssembly(directory({ 'manifest.json': manifest({ A: outside }) }))).toThrow();
    expect(refusal(() => readAssembly(directory({ 'manifest.json': manifest({ A: itself }) })))).toMatch(/nested/);
    expect(
      refusal(() => readAssembly(directory({ 'manifest.json': manifest({ A: itself, B: itself, C: itself }) }))),
    ).toMatch(/nested|files/);
  });
  test('a link within the directory is followed', () => {
    const folder = directory({ 'templates/a.json': { Resources: { A: vpc('x') } } });
    symlinkSync('templates/a.json', join(folder, 'a.json'));
    expect(readAssembly(folder).resources).toHaveLength(1);
  });
  test.each<[string, (place: string) => void, RegExp]>([
    ['a pipe', (place) => execFileSync('mkfifo', [place]), /is a pipe/],
    ['an endless device', (place) => symlinkSync('/dev/zero', place), /outside of it/],
    ['a link in a circle', (place) => symlinkSync(place, place), /ELOOP/],
    ['a link to nowhere', (place) => symlinkSync('nowhere', place), /ENOENT/],
    [
      'a gigabyte',
      (place) => {
        writeFileSync(place, '');
        truncateSync(place, 2 ** 30);
      },
      /has 1073741824 bytes; expected at most/,
    ],
    [
      'another encoding',
      (place) => writeFileSync(place, Buffer.from('{"Resources":{}}', 'utf16le')),
      /cannot be parsed|UTF-8/,
    ],
  ])('%s', (_, make, expected) => {
    const bare = directory({});
    make(join(bare, 'a.json'));
    expect(() => readAssembly(bare)).toThrow(expected);
    const listed = directory(named('a.json'));
    make(join(listed, 'a.json'));
    expect(() => readAssembly(listed)).toThrow(expected);
  });
  test('thousands of files and of resources', { timeout: hang }, () => {
    const files = Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`${index}.json`, { Resources: {} }]));
    expect(refusal(() => readAssembly(directory(files)))).toMatch(/2001 files; expected at most 2000/);
    expect(refusal(() => read({ Resources: numbered(10_001, () => vpc('x')) }))).toMatch(/10001 resources/);
  });
});

test('names that JavaScript has for itself are names like any other', () => {
  const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then'];
  for (const name of names) {
    const text = JSON.stringify({
      Resources: {
        A: {
          Type: 'AWS::S3::Bucket',
          Properties: { a: { NAME: { x: 1 } }, b: { Ref: 'NAME' }, c: { 'Fn::FindInMap': ['NAME', 'NAME', 'NAME'] } },
        },
      },
      Outputs: { NAME: { Value: { Ref: 'A' } } },
    }).replaceAll('NAME', name);
    const graph = readAssembly(directory({ 'a.json': text }));
    const { a, b, c } = graph.resources[0]?.properties ?? {};
    expect(String(a), name).toBeTypeOf('string');
    expect(isUnresolved(b), name).toBe(true);
    expect(isUnresolved(c), name).toBe(true);
    expect(Object.keys(graph.stacks[0]?.outputs ?? {})).toEqual([name]);
  }
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('whatever functions are put together, a template is read or refused', { timeout: 2 * hang }, () => {
  const names = ['R0', 'R1', 'R2', 'R3'];
  const name = fc.constantFrom(...names);
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('x', 1, true, null),
      fc.oneof(
        name.map((Ref) => ({ Ref })),
        name.map((one) => ({ 'Fn::GetAtt': [one, 'CidrBlock'] })),
        name.map((one) => ({ 'Fn::Sub': `\${${one}.CidrBlock}-\${${one}.CidrBlock}` })),
        name.map((one) => ({ 'Fn::ImportValue': one })),
        name.map((OutputName) => ({ 'Fn::GetStackOutput': { StackName: 'a', OutputName } })),
      ),
      fc
        .tuple(
          fc.constantFrom(
            'Fn::Join',
            'Fn::Select',
            'Fn::Split',
            'Fn::If',
            'Fn::FindInMap',
            'Fn::Sub',
            'Fn::Base64',
            'Fn::Equals',
            'Fn::Cidr',
            'Ref',
            'toString',
          ),
          fc.oneof(
            tie('node'),
            fc.array(tie('node'), { maxLength: 4 }),
            fc.tuple(name, tie('node'), tie('node')),
            fc.tuple(fc.constant(''), fc.array(tie('node'), { maxLength: 4 })),
          ),
        )
        .map(([key, argument]) => ({ [key]: argument })),
    ),
  }));
  fc.assert(
    fc.property(fc.array(node, { minLength: 12, maxLength: 12 }), (nodes) => {
      const each = <T>(from: number, make: (value: unknown) => T) => numbered(4, (index) => make(nodes[from + index]));
      const graph = read({
        Conditions: each(0, (value) => value),
        Mappings: { R0: { R1: each(0, (value) => value) } },
        Resources: each(4, vpc),
        Outputs: each(8, (Value) => ({ Value, Export: { Name: Value } })),
      });
      JSON.stringify(graph);
    }),
    { numRuns: 300, seed: 20_261_130 },
  );
});
