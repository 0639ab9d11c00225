// The project's own document in other shapes that say the same: its headings, order, widths, bullets, fences and blocks as other people
// write them.
import fc from 'fast-check';
import { LineLedger } from '../lines.ts';
import { type OutlineNode, readOutline } from '../outline.ts';
import { type SectionName, sectionNamed } from '../section-titles.ts';
import { readSections, type Section } from '../sections.ts';
import { blockSections } from '../table-shapes.ts';

const forms = ['block', 'bare', 'table'] as const;

const name = <T extends string>(...values: readonly T[]) => fc.constantFrom(...values);

/** What is written in which way. Numbers choose among what the document turns out to have. */
export const shapes = fc.record({
  shift: fc.integer({ min: 0, max: 2 }),
  isTitleShifted: fc.boolean(),
  numbering: name('none', 'dots', 'chapters', 'wide'),
  isCaption: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  order: fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }),
  bullet: name('- ', '* ', '+ ', '・', '• '),
  fence: name('```', '`````', '~~~', '~~~~'),
  language: name('yaml', 'yml', ''),
  isWide: fc.boolean(),
  hasWideBrackets: fc.boolean(),
  forms: fc.array(fc.constantFrom(...forms), { minLength: 12, maxLength: 12 }),
  isFrontMatterBelow: fc.boolean(),
});
export type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

/** The document in a shape. */
export function inShape(document: string, shape: Shape): string {
  const ledger = new LineLedger(document);
  const source = document.split('\n');
  const end = source.indexOf('---', 1);
  const [title, ...sections] = readSections(ledger, end + 2);
  if (title === undefined) throw new Error('the document has no title');
  const linesOf = (section: Section) => bodyOf(section, source, shape);
  const chapters: { head: Section; parts: Section[] }[] = [];
  for (const section of sections) {
    if (section.depth === 2) chapters.push({ head: section, parts: [] });
    else chapters.at(-1)?.parts.push(section);
  }
  let captions = 0;
  const written = inOrder(chapters, shape.order).flatMap(({ head, parts }, chapter) => {
    const isKept = ['criteria', 'tests'].includes(sectionNamed(head.title) ?? '');
    return [
      ...headingOf(head, [chapter + 1], shape, false),
      ...linesOf(head),
      ...(isKept ? parts : inOrder(parts, shape.order.slice(20))).flatMap((part, index) => [
        ...headingOf(part, [chapter + 1, index + 1], shape, shape.isCaption[captions++] === true),
        ...linesOf(part),
      ]),
    ];
  });
  const top = `${'#'.repeat(shape.isTitleShifted ? 1 + shape.shift : 1)} ${title.title}`;
  const head = source.slice(0, end + 1);
  const below = ['', `${'#'.repeat(2 + shape.shift)} メタデータ`, '', shape.fence, ...head.slice(1, -1), shape.fence];
  const whole = shape.isFrontMatterBelow
    ? [top, ...below, ...linesOf(title), ...written]
    : [...head, '', top, ...linesOf(title), ...written];
  return inWidth(whole, shape).join('\n');
}

const inOrder = <T>(items: readonly T[], order: readonly number[]): T[] =>
  items
    .map((item, index) => ({ item, key: order[index] ?? 0 }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);

function headingOf(section: Section, numbers: readonly number[], shape: Shape, isCaption: boolean): string[] {
  const [chapter = 0] = numbers;
  const number = {
    none: '',
    dots: `${numbers.join('.')}${numbers.length === 1 ? '.' : ''} `,
    chapters: numbers.length === 1 ? `第${chapter}章 ` : `${numbers.join('.')}. `,
    wide: `${numbers.join('．')}${numbers.length === 1 ? '．' : '　'}`,
  }[shape.numbering];
  return isCaption
    ? ['', `**${number}${section.title}**：`, '']
    : ['', `${'#'.repeat(section.depth + shape.shift)} ${number}${section.title}`, ''];
}

/** What stands below a heading: its block in the shape, and everything else with other bullets and fences. */
function bodyOf(section: Section, source: readonly string[], shape: Shape): string[] {
  const lines = source.slice(section.line, section.last);
  const name = sectionNamed(section.title);
  const [block] = section.blocks;
  if (name === undefined || block === undefined || !blockSections.has(name))
    return lines.map((line) => inList(line, shape));
  const form = shape.forms[[...blockSections].indexOf(name)] ?? 'block';
  const inside = source
    .slice(block.open, block.close - 1)
    .map((line) => (name === 'subnets' ? line : inBlock(line, shape)));
  if (form === 'bare') return inside;
  if (form === 'table') return tableOf(name, readOutline(block.lines));
  return [
    ...source.slice(section.line, block.open - 1),
    `${shape.fence}${shape.language}`,
    ...inside,
    shape.fence,
    ...source.slice(block.close, section.last),
  ];
}

const inBlock = (line: string, { bullet }: Shape): string => line.replace(/^(\s*)- /, `$1${bullet}`);

const inList = (line: string, shape: Shape): string =>
  line.replace(/^(\s*)```(\w*)$/, `$1${shape.fence}$2`).replace(/^(\s*)- /, `$1${shape.bullet}`);

/** Digits, colons and brackets in full width, outside diagrams, which are kept as they stand, and links. */
function inWidth(lines: readonly string[], { isWide, hasWideBrackets }: Shape): string[] {
  let isDiagram = false;
  return lines.map((line) => {
    if (/^(?:`|~)+mermaid$/.test(line)) isDiagram = true;
    else if (/^(?:`|~)+$/.test(line)) isDiagram = false;
    if (isDiagram) return line;
    const wide = isWide
      ? line
          .replaceAll(/\d/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0))
          .replaceAll(/: /g, '：')
          .replaceAll(/:$/g, '：')
      : line;
    return hasWideBrackets && !line.includes('](') ? wide.replaceAll('(', '（').replaceAll(')', '）') : wide;
  });
}

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const childOf = ({ children }: OutlineNode, key: string) => children.find((child) => child.key === key);
const rowOf = (node: OutlineNode, key: string) => childOf(node, key)?.value ?? '';
/** A row's value, or the lines below it. */
const wholeOf = (node: OutlineNode | undefined): string =>
  node === undefined
    ? ''
    : node.children.length === 0
      ? node.value
      : node.children.map(({ text }) => text).join('<br>');

const afterBracket = (text: string) => /^(.*?)\s*\(([^()]*)\)$/.exec(text)?.slice(1) ?? [text, ''];

function tableOf(name: SectionName, nodes: readonly OutlineNode[]): string[] {
  switch (name) {
    case 'stacks':
      return table(
        ['No', 'スタック', '目的', 'リソース', '出力', '依存', 'ファイル'],
        nodes
          .flatMap(({ children }) => children)
          .map((stack, index) => [
            `${index + 1}`,
            stack.key,
            ...['目的', 'リソース', '出力', '依存', 'ファイル'].map((key) => wholeOf(childOf(stack, key))),
          ]),
      );
    case 'subnets': {
      const routes = ['インターネットゲートウェイ', 'NAT Gateway', 'インターネットアクセス'];
      return table(
        ['サブネット', 'AZ', 'CIDR', '用途', ...routes],
        nodes
          .flatMap((vpc) => [vpc, ...vpc.children])
          .map((node) => {
            const [title = '', zone = ''] = afterBracket(node.key);
            return [
              title,
              zone.replace('AZ-', '') || '-',
              node.value,
              ...['用途', ...routes].map((key) => rowOf(node, key) || '-'),
            ];
          }),
      );
    }
    case 'securityGroups':
      return table(
        ['グループ', '方向', 'Protocol', 'Port', '送信元／送信先', 'Description'],
        nodes.flatMap((group) =>
          group.children.flatMap(({ key, children }) =>
            children.map(({ text }) => [
              group.key,
              key,
              ...(/^Protocol: (.+), Port: (.+), \w+: (.+), Description: "(.+)"$/.exec(text)?.slice(1) ?? []),
            ]),
          ),
        ),
      );
    case 'endpoints':
      return table(
        ['種別', 'エンドポイント', '説明'],
        nodes.flatMap((kind) =>
          kind.children.map(({ key, value }, index) => [index === 0 ? kind.key : '', key, value]),
        ),
      );
    case 'roles':
      return table(
        ['ロール', '目的', '信頼関係', 'ポリシー'],
        nodes.map((role) => [
          role.key,
          rowOf(role, '目的'),
          rowOf(role, '信頼関係'),
          (childOf(role, 'ポリシー')?.children ?? [])
            .flatMap((policy) => (policy.children.length > 0 ? policy.children : [policy]))
            .map(({ text }) => text)
            .join('<br>'),
        ]),
      );
    case 'alarms':
      return table(
        ['監視対象', 'メトリクス', '閾値', '期間', '評価期間'],
        nodes.flatMap((service) =>
          service.children.map((metric) => [
            service.key.replace(/監視$/, ''),
            metric.key,
            ...['閾値', '期間', '評価期間'].map((key) => rowOf(metric, key)),
          ]),
        ),
      );
    case 'logs': {
      const environments = nodes.flatMap(({ children }) => children);
      const logs = environments[0]?.children.map(({ key }) => key) ?? [];
      return table(
        ['ログ', ...environments.map(({ key }) => key)],
        logs.map((log, index) => [log, ...environments.map(({ children }) => children[index]?.value ?? '')]),
      );
    }
    case 'dashboards':
      return table(
        ['ダッシュボード', 'ウィジェット', '種類'],
        nodes
          .flatMap(({ children }) => children)
          .flatMap((board) => board.children.map(({ text }) => [board.key, ...afterBracket(text)])),
      );
    case 'backup':
      return table(
        ['対象', '項目', '内容'],
        nodes.flatMap((part) => part.children.map((row) => [part.key, row.key, wholeOf(row)])),
      );
    case 'recovery':
      return table(
        ['項目', '内容'],
        nodes.map((row) => [
          row.key,
          row.value === ''
            ? row.children
                .flatMap(({ text, children }, index) => [
                  `${index + 1}. ${text}`,
                  ...children.map((child) => `- ${child.text}`),
                ])
                .join('<br>')
            : [row.value, ...row.children.map(({ text }) => `- ${text}`)].join('<br>'),
        ]),
      );
    case 'monthlyCost':
      return table(
        ['分類', 'サービス', '項目', '金額'],
        nodes.flatMap((group) =>
          group.children.length === 0
            ? [[group.key, '', '', group.value]]
            : group.children.flatMap((service) =>
                service.children.length === 0
                  ? [[group.key, service.key, '', service.value]]
                  : service.children.map((line) => [group.key, service.key, line.key, line.value]),
              ),
        ),
      );
    default:
      return table(
        ['環境', '月額', '構成'],
        nodes.map((row) => [row.key, row.value, row.children.map(({ text }) => text).join('<br>')]),
      );
  }
}
