// Whoever writes a document, a template or an answer of AWS gives no command to the reader's terminal, to a CI system or to a Markdown page:
// hostile words are put wherever words come from, and what each command prints and writes is looked at.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draw } from '../proof/report/diagram/draw.ts';
import { cost } from './lib/cost/cost.ts';
import { accept } from './lib/criteria/accept.ts';
import { lineDisplay } from './lib/deploy/deploy-progress.ts';
import { deployCatalogues } from './lib/deploy/messages.ts';
import { resultTable } from './lib/deploy/print-deploy.ts';
import { print } from './lib/output.ts';
import { read } from './lib/read/read.ts';
import { UsageError } from './lib/usage-error.ts';

const workshop = mkdtempSync(join(tmpdir(), 'hashira-hostile-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

const out: string[] = [];
const keep = (text: string | Uint8Array) => out.push(String(text)) > 0;
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

/** Everything that was printed since the last time. */
const printed = () => out.splice(0).join('');

const hostile = fc
  .array(
    fc.constantFrom(
      '\u001b]52;c;aGk=\u0007',
      '\u009b2J',
      '\n::error::x',
      '\r\n  ::add-mask::y',
      '::stop-commands::z',
      '##[add-mask]z',
      '##vso[task.complete]',
      '\u202e\u2066',
      '\u200b',
      '\u0085',
      '\u2028::warning::x',
      '</script><script>alert(1)</script>',
      '| a | b |\n|---|---|',
      '`code` ``more',
      '\\|\\',
      '\n# heading',
      '[x](javascript:alert(1))',
      '&<>"\'',
      '\u0000\ufffe',
      'plain',
      '名前',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe]/u;

function expectHarmless(text: string): void {
  expect(text).not.toBe('');
  for (const line of text.split('\n')) {
    expect(line).not.toMatch(/^\s*::|##(?:vso|teamcity)?\[/);
    expect(line).not.toMatch(hidden);
  }
}

const own = readFileSync('specs/stories/WEB-001-web-platform/design.md', 'utf8');
/** As it can stand on a line of a document. */
const onOneLine = (words: string) => words.replaceAll(/[\n\r\u2028]/g, ' ');

/** A refusal is printed by the entry point, a line for each of its lines. */
async function run(work: () => number | Promise<number>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    print(...error.lines);
  }
  return printed();
}

const some = { numRuns: 12 };

describe('whatever a document says', () => {
  const places: readonly [string, (words: string) => string][] = [
    ['in its title', (words) => own.replace(/^# .*$/m, `# ${words}`)],
    ['in its front matter', (words) => own.replace(/^feature: .*$/m, `feature: ${JSON.stringify(words)}`)],
    ['in a criterion', (words) => own.replace(/(\*\*AC-SEC-1\*\*.*)$/m, `$1 ${words}`)],
    ['in a line of its own', (words) => `${own}\n${words}\n    - ${words}\n`],
    ['in a value', (words) => own.replace('10.0.1.0/24', words)],
    ['in the name of a stack', (words) => own.replace('NetworkStack', words)],
  ];

  test('`read` shows it', async () => {
    const file = join(workshop, 'design.md');
    const lang = fc.constantFrom('ja' as const, 'en' as const);
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom(...places), fc.boolean(), lang, async (words, [, write], json, of) => {
        writeFileSync(file, write(onOneLine(words).replaceAll('$', '$$$$')));
        expectHarmless(await run(() => read(file, { json, lang: of })));
      }),
      { numRuns: 3 * places.length },
    );
  });

  test('a name of a file is shown by every command that takes one', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (words) => {
        const name = join(workshop, words);
        const environment = ['production'];
        for (const call of [() => read(name, {}), () => accept(name, {}), () => cost(name, { environment })])
          expectHarmless(await run(call));
      }),
      some,
    );
  });
});

/** An assembly of one template that has the words wherever an assembly has words. */
function templates(
  name: string,
  words: string,
  resources: Readonly<Record<string, unknown>> = judgedWith(words),
): string {
  const place = join(workshop, name);
  mkdirSync(place, { recursive: true });
  const template = { Description: words, Resources: resources };
  const templateFile = `${words.replaceAll(/[/\0]/g, '')}.template.json`;
  writeFileSync(join(place, templateFile), JSON.stringify(template));
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/ap-northeast-1',
    properties: { templateFile, stackName: words },
    displayName: words,
  };
  writeFileSync(join(place, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts: { [words]: stack } }));
  return place;
}

function judgedWith(words: string) {
  const bucket = {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: words, Tags: [{ Key: words, Value: words }] },
    Metadata: { 'aws:cdk:path': words },
  };
  const group = {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: words,
      SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: words }],
    },
  };
  return { [words]: bucket, [`G${words}`]: group };
}

/** Addresses: they cost by the hour, and no usage has to be told. */
const pricedWith = (...words: readonly string[]) =>
  Object.fromEntries(words.map((one) => [one, { Type: 'AWS::EC2::EIP', Metadata: { 'aws:cdk:path': one } }]));

let count = 0;

describe('whatever a template says', () => {
  test('`accept` shows it, and so do JUnit and SARIF', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (words, json) => {
        const place = templates(`accept-${count++}`, words);
        const [junit, sarif] = [join(workshop, 'junit.xml'), join(workshop, 'found.sarif')];
        expectHarmless(await run(() => accept(place, { json, junit, sarif })));
        const xml = readFileSync(junit, 'utf8');
        expect(xml.replaceAll('\n', '')).not.toMatch(hidden);
        expect(xml.replaceAll(/<\/?(?:testsuites?|testcase|failure|skipped)\b[^<>]*>|<\?xml[^<>]*>/g, '')).not.toMatch(
          /[<>]/,
        );
        expectHarmless(readFileSync(sarif, 'utf8'));
      }),
      some,
    );
  });

  test('`cost` shows it', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (words, json) => {
        const place = templates(`cost-${count++}`, words, pricedWith(words));
        const text = await run(() => cost(place, { json, date: '2026-11-30' }));
        expectHarmless(text);
        expect(text).toContain('ipv4.hour');
      }),
      some,
    );
  });

  test('`cost --compare` puts it into as many rows and columns as there are changes and heads', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (words) => {
        const [before, after] = [
          templates(`before-${count++}`, words, pricedWith('plain')),
          templates(`after-${count++}`, words, pricedWith(words, `${words}2`)),
        ];
        const text = await run(() => cost(before, { compare: [after] }));
        expectHarmless(text);
        const lines = text.split('\n');
        expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(1);
        const table = lines.filter((line) => line.startsWith('|'));
        expect(table.length).toBeGreaterThan(2);
        for (const row of table) expect(row.split('|')).toHaveLength(7);
        // What a code span does not hold is ours.
        const rest = text.replaceAll(/`[^`]*`/g, '');
        expect(rest).not.toMatch(/[`<[]|javascript/);
      }),
      some,
    );
  });
});

describe('whatever AWS answers', () => {
  const say = deployCatalogues.en;

  test('a deployment shows it while it runs and at its end', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const display = lineDisplay(say);
        display.tell({ at: 'stack', stack: words, does: 'failed' });
        display.tell({ at: 'fault', kind: 'throttled', message: words });
        print(...resultTable([{ id: words, region: words, result: 'failed', status: words, why: words }], say));
        const text = printed();
        expectHarmless(text);
        expect(text.trimEnd().split('\n')).toHaveLength(4);
      }),
    );
  });
});

const point = { x: 0, y: 0 };

test('whatever a part is called, the drawing says it and nothing else', () => {
  fc.assert(
    fc.property(hostile, (words) => {
      const card = {
        ...point,
        id: 'a',
        title: words,
        detail: words,
        icon: '',
        region: words,
        place: 'edge' as const,
        zones: [],
      };
      const box = { ...point, kind: 'region' as const, label: words, width: 900, height: 90 };
      const { svg } = draw({ width: 900, height: 90, boxes: [box], cards: [card], lines: [], footers: [] }, words, 'a');
      expect(svg).not.toMatch(hidden);
      expect(svg).not.toMatch(/<script|<(?!\/?(?:svg|title|defs|marker|path|rect|g|use|text|symbol)\b)/);
    }),
  );
});
