import { describe, expect, test } from 'vitest';
import { form } from './grammar/testing/sections.ts';
import { readDesign } from './read-design.ts';
import { edit, lineWith, ownDocument, problemsOf } from './testing/documents.ts';
import { valueAt } from './testing/figures.ts';

const own = readDesign(ownDocument);

describe('the project’s own document', () => {
  test('is read without a problem', () => {
    expect(own.problems).toEqual([]);
    expect(own.design).toMatchObject({ id: 'WEB-001', feature: 'web-platform', region: 'ap-northeast-1' });
  });

  test('has every line accounted for, once and in order', () => {
    expect(own.lines.map(({ text }) => text).join('\n')).toBe(ownDocument);
    expect(own.lines.map(({ number }) => number)).toEqual(own.lines.map((_, index) => index + 1));
    expect(own.lines.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    for (const { kind, statements } of own.lines) expect(kind === 'statement').toBe(statements.length > 0);
  });

  test('states only what the design has', () => {
    const missing = own.lines
      .flatMap(({ statements }) => statements)
      .filter(({ path }) => valueAt(own.design, path) === undefined);
    expect(missing).toEqual([]);
  });
});

describe.skipIf(form === undefined)('the form itself', () => {
  const text = form ?? '';
  const strict = readDesign(text);
  const lenient = readDesign(text, { lenient: true });

  test('has all of its 856 lines accounted for, none of them unknown', () => {
    expect(strict.lines).toHaveLength(856);
    expect(strict.lines.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });

  test('is refused for its placeholders and missing inputs, and for nothing else', () => {
    expect(strict.design).toBeUndefined();
    expect(new Set(strict.problems.map(({ code }) => code))).toEqual(new Set(['placeholder', 'missing-input']));
    expect(strict.problems.filter(({ code }) => code === 'placeholder').map(({ line }) => line)).toEqual(
      strict.lines.filter(({ kind }) => kind === 'placeholder').map(({ number }) => number),
    );
  });

  test('INP-1: is read in lenient mode, with stand-ins, and the problems stay in sight', () => {
    expect(lenient.problems).toEqual(strict.problems);
    expect(lenient.problems.every(({ forgivable }) => forgivable)).toBe(true);
    expect(lenient.design).toMatchObject({
      id: 'INFRA-000',
      feature: 'platform',
      title: 'infra-INFRA-000-platform-design',
      inputs: { owner: 'platform', alertEmail: 'alerts@example.com', domain: 'example.com' },
      region: 'ap-northeast-1',
      requestsPerSecond: 100,
      tables: [{ name: 'DynamoDB' }],
      functions: [{ name: 'Lambda Functions' }],
      workingHours: { production: false, staging: false, development: true },
      multiAz: { production: true, staging: false, development: false },
    });
    expect(lenient.design?.criteria).toHaveLength(28);
    expect(lenient.design?.alarms).toHaveLength(16);
    expect(lenient.design?.stacks).toHaveLength(8);
    expect(lenient.design?.checklist).toHaveLength(14);
  });
});

describe('a document is read the same', () => {
  const lines = ownDocument.split('\n');
  const diagrams = new Set(own.lines.filter(({ section }) => section.endsWith('図')).map(({ number }) => number));
  /** Diagrams are kept as they stand, so they stay. */
  const outsideDiagrams = (change: (line: string) => string): string =>
    lines.map((line, index) => (diagrams.has(index + 1) ? line : change(line))).join('\n');
  const wide = (line: string): string =>
    line
      .replaceAll(/\d/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0))
      .replaceAll(/: /g, '：')
      .replaceAll(/:$/g, '：');
  const wideBrackets = (line: string): string =>
    line.includes('](') ? line : line.replaceAll('(', '（').replaceAll(')', '）');
  /** The chapters, and the sections within each, in the opposite order. */
  const reordered = (): string => {
    const [head = '', ...chapters] = ownDocument.split(/^(?=## )/m);
    const turned = chapters.map((chapter) => {
      const [title = '', ...sections] = chapter.split(/^(?=### )/m);
      // Criteria and tests are numbered in the order in which they stand.
      return /^## (?:受入条件|テスト戦略)/.test(chapter) ? chapter : [title, ...sections.toReversed()].join('\n');
    });
    return [head, ...turned.toReversed()].join('\n');
  };

  test.each([
    ['with the line ends of Windows', ownDocument.replaceAll('\n', '\r\n')],
    ['with the line ends of old', ownDocument.replaceAll('\n', '\r')],
    ['with a byte order mark', `\uFEFF${ownDocument}`],
    ['with full-width digits and colons', outsideDiagrams(wide)],
    ['with full-width brackets', outsideDiagrams(wideBrackets)],
    ['with tabs', outsideDiagrams((line) => line.replace(/^ +/, (indent) => indent.replaceAll('  ', '\t')))],
    ['with trailing spaces', outsideDiagrams((line) => `${line}  `)],
    ['with its sections in another order', reordered()],
    [
      'with comments that nobody sees',
      edit(ownDocument, '### 信頼性', '<!--\n- [ ] **AC-SEC-98** (遍在型): [later]\n-->\n\n### 信頼性'),
    ],
    ['with numbered headings', edit(ownDocument, '### VPC設計', '### 4.1. VPC設計')],
    ['with its headings at other depths', edit(ownDocument, '### VPC設計', '## VPC設計')],
  ])('%s', (_, text) => {
    const { design, problems } = readDesign(text);
    expect(problems.map(({ line, code, text: found }) => `${line} ${code} ${found}`)).toEqual([]);
    expect(design).toEqual(own.design);
  });
});

/** The text without its lines from the one with `first` up to the one before `next`. */
function without(text: string, first: string, next: string): string {
  const lines = text.split('\n');
  const from = lineWith(text, first) - 1;
  const to = lines.findIndex((line, index) => index > from && line.includes(next));
  if (to === -1) throw new Error(`No line with ${next} after ${first}`);
  return [...lines.slice(0, from), ...lines.slice(to)].join('\n');
}

describe('a part that a document may leave out', () => {
  const withoutRecovery = without(ownDocument, '### ディザスタリカバリ', '## コスト見積もり');
  const withoutCopies = withoutRecovery.replaceAll('有効（us-west-2）', '無効');

  const withoutCache = [
    ['  4. CacheStack:', '  4. StorageStack:'],
    ['ElastiCache Security Group (cache-sg):', '```'],
    ['ElastiCache Redis監視:', '```'],
    ['ElastiCache Redis:', '```'],
    ['  ElastiCache Redis:', '  合計'],
  ].reduce(
    (text, [first = '', next = '']) => without(text, first, next),
    ownDocument
      .replaceAll(/, (?:CacheStack|ElastiCache)\b/g, '')
      .replaceAll(/^.*Destination: Cache Security Group.*\n/gm, '')
      .replaceAll(/^ {2}([5-8])\. (?=\w+Stack:)/gm, (_, number: string) => `  ${Number(number) - 1}. `),
  );
  const withoutFunctions = [
    ['Lambda Security Group (lambda-sg):', 'RDS Security Group (rds-sg):'],
    ['Lambda Execution Role (', 'RDS Enhanced'],
    ['Lambda監視:', 'RDS Aurora監視:'],
    ['  Lambda:', '  合計'],
  ].reduce(
    (text, [first = '', next = '']) => without(text, first, next),
    ownDocument.replaceAll(
      /^.*(?:Lambda Security Group$|lambdaSecurityGroup|Lambda Functions|apiFunctions|Source: Lambda|Lambda Errors).*\n/gm,
      '',
    ),
  );

  test('the second region', () => {
    const { design, problems } = readDesign(withoutCopies);
    expect(problems).toEqual([]);
    expect(design?.recovery).toBeUndefined();
    expect(design?.region).toBe('ap-northeast-1');
  });

  test('the second region, the first being named in the front matter', () => {
    const { design } = readDesign(edit(withoutCopies, '  owner:', '  region: eu-central-1\n  owner:'));
    expect(design?.region).toBe('eu-central-1');
  });

  test('the endpoints', () => {
    const { design, problems } = readDesign(without(ownDocument, '### VPC Endpoints', '## IAM設計'));
    expect(problems.map(({ code, text }) => `${code} ${text}`)).toEqual([]);
    expect(design?.network).toMatchObject({
      gatewayEndpoints: [],
      interfaceEndpoints: { optional: true, services: [] },
    });
  });

  test('the example of least privilege', () => {
    expect(problemsOf(without(ownDocument, '### IAM最小権限', '## 監視・ログ設計'))).toEqual([]);
  });

  test('the cache', () => {
    const { design, problems } = readDesign(withoutCache);
    expect(problems.map(({ code, text }) => `${code} ${text}`)).toEqual([]);
    expect(design?.sizes.production?.cache).toBeUndefined();
    expect(design?.backup.cache).toBeUndefined();
    expect(design?.stacks.map(({ name }) => name)).not.toContain('CacheStack');
  });

  test('the functions', () => {
    const { design, problems } = readDesign(withoutFunctions);
    expect(problems.map(({ code, text }) => `${code} ${text}`)).toEqual([]);
    expect(design?.functions).toEqual([]);
    expect(design?.sizes.production?.functions).toBeUndefined();
  });

  test('the table', () => {
    expect(readDesign(edit(ownDocument, /^.*DynamoDB: Query.*\n/m, '')).design?.tables).toEqual([]);
  });

  test('working hours', () => {
    const { design } = readDesign(edit(ownDocument, /^.*自動停止（70%削減）\n/m, ''));
    expect(design?.workingHours).toEqual({ production: false, staging: false, development: false });
  });
});

describe('a document is refused', () => {
  const at = (words: string): number => lineWith(ownDocument, words);
  test.each<[string, string, string[]]>([
    ['that is empty', '', ['1 empty-file']],
    ['of white space', '\uFEFF \r\n\t\n', ['1 empty-file']],
    ['that is an image', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', ['3 binary-file']],
    ['in another encoding', `title\n${'\uFFFD'.repeat(40)}`, ['2 binary-file']],
    [
      'without a section',
      without(ownDocument, '### ログ保持期間', '### CloudWatch Dashboard'),
      [`${at('# infra-WEB-001')} section-missing`],
    ],
    [
      'with a section twice',
      edit(ownDocument, '## 関連情報', '## 参考資料\n\n- https://example.com/\n\n## 関連情報'),
      [`${at('## 関連情報')} section-twice`],
    ],
    [
      'with a code fence that never ends',
      `${ownDocument}\n\`\`\`bash\nls\n`,
      [`${ownDocument.split('\n').length + 1} unclosed-fence`],
    ],
    [
      'whose title names another feature',
      edit(ownDocument, '# infra-WEB-001-web-platform-design', '# infra-WEB-001-shop-design'),
      [`${at('# infra-WEB-001')} title-shape`],
    ],
    ['without a title', edit(ownDocument, '# infra-WEB-001-web-platform-design', ''), ['1 title-missing']],
    [
      'with a criterion outside its chapter',
      edit(ownDocument, '## 参考資料', '## 補足\n\n- [ ] **AC-SEC-99** (遍在型): it is safe\n\n## 参考資料'),
      [`${at('## 参考資料') + 2} criterion-outside`],
    ],
    [
      'with a block that no section reads',
      edit(ownDocument, '## 参考資料', '## 補足\n\n```yaml\nNAT Gateway: 3\n```\n\n## 参考資料'),
      [`${at('## 参考資料') + 2} section-unread`],
    ],
    [
      'with a placeholder left',
      edit(ownDocument, '## 参考資料', '## 参考資料\n\n[最新情報]\n'),
      [`${at('## 参考資料') + 2} placeholder`],
    ],
    [
      'whose regions disagree',
      edit(ownDocument, '  owner:', '  region: eu-west-1\n  owner:'),
      [`${at('  owner:')} figures-disagree`],
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    expect(readDesign(text).design).toBeUndefined();
  });

  test('whose optional section has a mistyped heading, with the heading that may be meant', () => {
    const text = edit(ownDocument, '### ディザスタリカバリ', '### ディザスターリカバリー');
    const { problems, design } = readDesign(text);
    expect(design).toBeUndefined();
    expect(problems.find(({ code }) => code === 'section-unread')?.message.en).toContain('"ディザスタリカバリ"');
  });

  test('whose section has a mistyped heading, which is named', () => {
    const { problems } = readDesign(edit(ownDocument, '### VPC設計', '### VPC設定'));
    const [missing] = problems;
    expect(problems.map(({ code }) => code)).toEqual(['section-missing']);
    expect(missing?.line).toBe(at('### VPC設計'));
    expect(missing?.message.en).toContain('"VPC設計"');
    expect(missing?.message.en).toContain('"VPC設定"');
  });

  test('as a whole: lenient mode forgives placeholders and missing inputs, and nothing beside them', () => {
    const careless = edit(edit(ownDocument, /^ {2}owner:.*\n/m, ''), '## 参考資料', '## 参考資料\n\n[最新情報]\n');
    expect(readDesign(careless).design).toBeUndefined();
    expect(readDesign(careless, { lenient: true }).design?.inputs.owner).toBe('platform');
    const wrong = edit(careless, 'version: 1.0.0', 'version: one');
    expect(readDesign(wrong, { lenient: true }).design).toBeUndefined();
  });
});

describe('what nobody sees is named by code and column, once, at its line', () => {
  test.each<[string, string, string, string]>([
    [
      'full-width spaces before an item',
      '        - VPC (10.0.0.0/16)',
      '\u3000\u3000\u3000\u3000- VPC (10.0.0.0/16)',
      'column 1 has U+3000',
    ],
    [
      'a tab where spaces lie deeper',
      '    - Application Log (ECS/Lambda): 90日',
      '\t- Application Log (ECS/Lambda): 90日',
      'column 1 has U+0009',
    ],
    ['a space without width', '  本番環境:\n    - App', '  本番環境\u200b:\n    - App', 'column 7 has U+200B'],
    ['one in a heading', '### VPC設計', '### VPC\u2060設計', 'column 8 has U+2060'],
    [
      'a byte order mark within',
      '```yaml\nVPC: 10.0.0.0/16\n',
      '```yaml\nVPC: \uFEFF10.0.0.0/16\n',
      'column 6 has U+FEFF',
    ],
  ])('%s', (_, found, instead, message) => {
    const text = edit(ownDocument, found, instead);
    const { problems } = readDesign(text);
    expect(problems.map(({ code }) => code)).toEqual(['strange-character']);
    expect(problems[0]?.message.en).toContain(message);
    expect(text.split('\n').indexOf(problems[0]?.text ?? '') + 1).toBe(problems[0]?.line);
    expect(instead).toContain(problems[0]?.text);
  });
});

describe('a caption in bold letters stands for a heading', () => {
  const captioned = edit(ownDocument, '### VPC設計', '**4.1 VPC設計**：');

  test('where no heading names that section', () => {
    const { design, problems } = readDesign(captioned);
    expect(problems).toEqual([]);
    expect(design).toEqual(own.design);
  });

  test('and is prose where one does', () => {
    const { lines } = readDesign(edit(ownDocument, '### VPC設計', '### VPC設計\n\n**VPC設計**:'));
    expect(lines.find(({ text }) => text === '**VPC設計**:')?.kind).toBe('prose');
  });
});

test('problems come in the order of their lines, in both languages', () => {
  const { problems } = readDesign(
    edit(ownDocument, '## 参考資料', '## 参考資料\n\n[最新情報]\n').replace('type: design', 'type: x'),
  );
  expect(problems.map(({ line }) => line)).toEqual(problems.map(({ line }) => line).toSorted((a, b) => a - b));
  for (const { message } of problems) {
    expect(message.en).not.toBe('');
    expect(message.ja).toMatch(/[\u3041-\u30fa]/);
  }
});
