// DOC-1 and INP-1: the front matter, which names the document, and its optional `hashira:` block with the inputs that the form has
// no field for. What is not given has a default; what only the author can know is demanded.
import { frontMatterBounds } from '../front-matter-bounds.ts';
import type { LineLedger } from '../lines.ts';
import type { Words } from '../messages/words.ts';
import { fillPlaceholders, findPlaceholders } from '../placeholders.ts';
import type { Design } from '../schema.ts';
import { isRealDate, isTagValue } from './input-keys.ts';
import { type InputsReading, quoteValue, readInputs } from './inputs.ts';
import { stateUnlessMarked } from './list.ts';
import { offered } from './nearest.ts';
import { type Entry, listOf, readYaml, textOf, type YamlBlock } from './yaml-block.ts';

type Head = Pick<Design, 'id' | 'feature' | 'version' | 'created' | 'basedOn' | 'relatedAdr'>;

export interface FrontMatterReading extends InputsReading {
  /** The first line after it. */
  readonly from: number;
  readonly head: Head | undefined;
}

const headKeys = ['id', 'feature', 'type', 'version', 'created', 'based_on', 'related_adr'] as const;
/** The keys whose value may be written as `[one, other]`, where a bracket is no placeholder. */
const listKeys: ReadonlySet<string> = new Set(['related_adr', 'public_holidays']);

/** What a key's text must be like, and how to say so. */
const heads: Readonly<
  Record<
    Exclude<(typeof headKeys)[number], 'related_adr'>,
    { fits: (text: string) => boolean; expected: Words | string; standIn: string }
  >
> = {
  id: { fits: (text) => /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(text), expected: '`WEB-001`', standIn: '[ID]' },
  feature: {
    fits: isTagValue,
    expected: {
      en: '`web-platform` (what a tag of AWS may be: letters, digits, _.:/=+@-)',
      ja: '`web-platform`（AWS のタグに使える文字: 文字、数字、_.:/=+@-）',
    },
    standIn: '[機能名]',
  },
  type: { fits: (text) => text === 'design', expected: '`design`', standIn: 'design' },
  version: { fits: (text) => /^\d+(?:\.\d+){0,2}(?:[-+][\w.-]+)?$/.test(text), expected: '`1.0.0`', standIn: '0.0.0' },
  created: { fits: isRealDate, expected: '`YYYY-MM-DD`', standIn: '[YYYY-MM-DD]' },
  based_on: {
    fits: (text) => /^\S.*\.md$/.test(text),
    expected: '`specs/stories/<ID>-<title>/requirements.md`',
    standIn: 'specs/stories/[ID]-[title]/requirements.md',
  },
};

/** Reads the front matter: its lines, and what they say. Placeholders are replaced by their stand-ins and recorded; so are missing inputs. */
export function readFrontMatter(ledger: LineLedger): FrontMatterReading {
  const nothing = { head: undefined, inputs: undefined, region: undefined };
  const place = frontMatterBounds(ledger);
  if (place.problem !== undefined) {
    const { line, code } = place.problem;
    if (code === 'front-matter-missing') ledger.refuse(line, code, { keys: headKeys });
    else ledger.refuse(line, code, {});
    return { ...nothing, from: place.from };
  }
  const { open, close, from } = place;
  const lines = ledger.source.slice(open, close - 1);
  const yaml = readYaml(lines.map(({ number }) => withoutPlaceholders(ledger, number)).join('\n'), open, ledger);
  if (yaml === undefined) return { ...nothing, from };
  const head = readHead(yaml, close, ledger);
  const inputs = readInputs(yaml, yaml.entries.get('hashira'), close, head?.feature ?? standInOf('feature'), ledger);
  return { ...inputs, head, from };
}

/** Records the placeholders of a line and answers the line that YAML is to read instead. */
function withoutPlaceholders(ledger: LineLedger, number: number): string {
  const { plain } = ledger.line(number);
  const [, key = '', value = ''] = /^\s*([\w-]+)\s*:\s*(.*)$/.exec(plain) ?? [];
  const found = listKeys.has(key) && value.startsWith('[') ? [] : findPlaceholders(plain);
  if (found.length === 0) return plain;
  ledger.mark(number, 'placeholder');
  ledger.refuse(number, 'placeholder', { found });
  // One that the form does not have leaves its key without a value; inside a longer value its brackets would be no YAML.
  return findPlaceholders(fillPlaceholders(plain)).reduce(
    (line, other) => line.replace(other, value === other ? '' : other.replaceAll(/[^\p{L}\p{N}-]/gu, '')),
    fillPlaceholders(plain),
  );
}

const standInOf = (key: keyof typeof heads): string => fillPlaceholders(heads[key].standIn);

/** The document's own keys; `end` is the line of the closing `---`, where missing ones are named. */
function readHead(yaml: YamlBlock, end: number, ledger: LineLedger): Head | undefined {
  for (const [name, { line }] of yaml.entries) {
    if (name !== 'hashira' && !headKeys.some((key) => key === name)) {
      ledger.refuse(line, 'front-matter-key', { found: name, nearest: offered(name, [...headKeys, 'hashira']) });
    }
  }
  const missing = headKeys.filter((key) => !yaml.entries.has(key));
  if (missing.length > 0) ledger.refuse(end, 'front-matter-incomplete', { missing });
  const text = (key: keyof typeof heads, path: string | undefined, kind: 'input' | 'claim' = 'input') =>
    readText(key, yaml.entries.get(key), path, kind, ledger);
  const [id, feature, type, version, created, basedOn] = [
    text('id', 'id'),
    text('feature', 'feature'),
    text('type', undefined),
    text('version', 'version'),
    text('created', 'created'),
    text('based_on', 'basedOn', 'claim'),
  ];
  const relatedAdr = readRelatedAdr(yaml, yaml.entries.get('related_adr'), ledger);
  if (id === undefined || feature === undefined || type === undefined || version === undefined) return undefined;
  if (created === undefined || basedOn === undefined || relatedAdr === undefined) return undefined;
  return { id, feature, version, created, basedOn, relatedAdr };
}

function readText(
  key: keyof typeof heads,
  entry: Entry | undefined,
  path: string | undefined,
  kind: 'input' | 'claim',
  ledger: LineLedger,
): string | undefined {
  if (entry === undefined) return undefined;
  const { fits, expected } = heads[key];
  const text = textOf(entry.value);
  if (ledger.isMarked(entry.line)) return text === undefined || !fits(text) ? standInOf(key) : text;
  if (text === undefined || !fits(text)) {
    ledger.refuse(entry.line, 'front-matter-value', { key, found: quoteValue(text), expected });
    return undefined;
  }
  if (path !== undefined) ledger.state(entry.line, kind, path);
  return text;
}

function readRelatedAdr(yaml: YamlBlock, entry: Entry | undefined, ledger: LineLedger): string[] | undefined {
  if (entry === undefined) return undefined;
  const members = listOf(entry.value);
  if (members === undefined) {
    const expected = '`- specs/adr/<number>-<title>.md`';
    ledger.refuse(entry.line, 'front-matter-value', {
      key: 'related_adr',
      found: quoteValue(textOf(entry.value)),
      expected,
    });
    return undefined;
  }
  members.forEach(({ node }, index) => {
    const line = yaml.lineOf(node);
    if (line !== entry.line) ledger.mark(entry.line, 'heading');
    stateUnlessMarked(ledger, line, 'claim', `relatedAdr.${index}`);
  });
  return members.map(({ text }) => text);
}
