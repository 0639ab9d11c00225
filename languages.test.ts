// Whatever a room says to a person it says in both languages, and in each in that language alone. Read from the source, so that a table
// that no other file can reach is looked at too.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { englishIn, japaneseIn } from './testing/languages.ts';

/** Every room whose words a person reads; `services` are the workload, whose API speaks English, and `functions` write logs. */
const rooms = ['common', 'aws', 'design', 'assembly', 'infrastructure', 'proof', 'local', 'operations', 'cli'];
const files = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx}`, { cwd: import.meta.dirname }).filter(
  // Words of documents, which use English terms in Japanese, are no words of ours.
  (file) => !/\.test\.tsx?$|\/testing\/|\/fixtures\/|^design\/parts\//.test(file),
);

type Language = 'en' | 'ja';

interface Text {
  readonly place: string;
  readonly language: Language;
  /** With `~` for what is put in. */
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const nodes = (value: unknown): readonly Node[] => [value].flat().filter(isNode);
const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');

/** The texts that a file has in one of the languages: below `en` and `ja`, `english` and `japanese`, in `sentence`, `sayings` and `pick`. */
function textsOf(file: string, source: string): readonly Text[] {
  const texts: Text[] = [];
  walk(parseSync(file, source).program, undefined);
  return texts;

  function walk(value: unknown, language: Language | undefined, ofSayings = false): void {
    if (Array.isArray(value)) for (const each of value) walk(each, language, ofSayings);
    if (!isNode(value) || /^TS(?!As|Satisfies)|^Import|^ExportAll/.test(value.type)) return;
    if (value.type === 'Literal' || value.type === 'JSXText') {
      if (typeof value.value === 'string') take(value, value.value, language);
    } else if (value.type === 'TemplateLiteral') {
      take(value, nodes(value.quasis).map(textOfQuasi).join('~'), language);
      walk(value.expressions, language, ofSayings);
    } else if (value.type === 'Property') {
      walk(value.value, languageOf(nameOf(value.key)) ?? language, ofSayings);
    } else if (value.type === 'VariableDeclarator') {
      walk(value.init, languageOf(nameOf(value.id)) ?? language, ofSayings);
    } else if (value.type === 'ConditionalExpression') {
      walk(value.consequent, branchOf(value.test, '===') ?? language, ofSayings);
      walk(value.alternate, branchOf(value.test, '!==') ?? language, ofSayings);
    } else if (value.type === 'MemberExpression') walk(value.object, language, ofSayings);
    else if (value.type === 'BinaryExpression') {
      if (value.operator === '+') walk([value.left, value.right], language, ofSayings);
    } else if (value.type === 'ArrayExpression' && ofSayings && nodes(value.elements).length === 2) {
      walk(nodes(value.elements)[0], 'en');
      walk(nodes(value.elements)[1], 'ja');
    } else if (value.type === 'CallExpression') walkCall(value, language, ofSayings);
    else for (const [key, each] of Object.entries(value)) if (key !== 'type') walk(each, language, ofSayings);
  }

  function walkCall(call: Node, language: Language | undefined, ofSayings: boolean): void {
    const called = nameOf(call.callee);
    const given = nodes(call.arguments);
    if (called === 'sentence') {
      walk(given[0], 'en');
      walk(given[1], 'ja');
    } else if (called === 'pick') {
      walk(given[1], 'ja');
      walk(given[2], 'en');
    } else if (called === 'reasonIn' || called === 'inLanguage') walk(given[0], language, ofSayings);
    else walk([call.callee, ...given], language, ofSayings || called === 'sayings');
  }

  function take({ start }: Node, text: string, language: Language | undefined): void {
    const place = `${file}:${source.slice(0, start).split('\n').length}`;
    if (language !== undefined) texts.push({ place, language, text });
  }
}

const textOfQuasi = ({ value }: Node): string =>
  typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '';

const languageOf = (name: string): Language | undefined =>
  /^(en|english)$/i.test(name) ? 'en' : /^(ja|japanese)$/i.test(name) ? 'ja' : undefined;

/** Of `language === 'ja' ? … : …`: the language of the branch that is taken where the comparison, or its contrary, holds. */
function branchOf(asked: unknown, where: '===' | '!=='): Language | undefined {
  if (!isNode(asked) || asked.type !== 'BinaryExpression') return undefined;
  const named = languageOf(nameOf(asked.right));
  if (named === undefined || !['===', '!=='].includes(String(asked.operator))) return undefined;
  return asked.operator === where ? named : named === 'en' ? 'ja' : 'en';
}

const texts = files.flatMap((file) => textsOf(file, readFileSync(join(import.meta.dirname, file), 'utf8')));
const wrong = ({ language, text }: Text) => (language === 'en' ? japaneseIn(text) : englishIn(text));

test('no English text has Japanese but quoted words, and no Japanese one English but names', () => {
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.flatMap((text) => wrong(text).map((word) => `${text.place} ${word}`))).toEqual([]);
});

/** Faults of Hashira's own, which end with exit code 70 and for which no person has a remedy; and words of ECS and of Lambda. */
const internalFaults: readonly string[] = [
  "cli/lib/criteria/accept.ts: the project's own document is refused",
  'design/environments.ts: The schema lets no design through without production',
  'design/environments.ts: ~ is no environment of the design',
  'infrastructure/lib/constructs/aurora/aurora-cluster.ts: An Aurora cluster needs at least one instance',
  'infrastructure/lib/constructs/aurora/cluster-origin.ts: A cluster of CDK is a cluster of CloudFormation',
  'infrastructure/lib/constructs/aurora/deletion-protection.ts: A policy of CDK is a policy of CloudFormation',
  'infrastructure/lib/constructs/bucket/guarded-bucket.ts: A bucket of CDK is a bucket of CloudFormation',
  'infrastructure/lib/constructs/network/tiered-network.ts: A subnet in zone ~ goes out through NAT, and no public subnet holds one',
  'infrastructure/lib/constructs/recovery/recovery-machine.ts: A chain has a first link',
  'infrastructure/lib/constructs/recovery/recovery-machine.ts: The state machine knows one schedule',
  "infrastructure/lib/constructs/recovery/recovery-places.ts: A standby's database is serverless, with a least and a most capacity",
  'infrastructure/lib/constructs/recovery/recovery-places.ts: The tasks of a region are a Fargate service',
  'infrastructure/lib/constructs/recovery/recovery-places.ts: ~ is made of ~ resources of a type, expected one',
  'infrastructure/lib/constructs/secret-replica.ts: A secret of CDK is a secret of CloudFormation',
  'infrastructure/lib/constructs/security-group/document-security-groups.ts: The document has no security group ~, and the platform needs one',
  'infrastructure/lib/constructs/table/answers-table.ts: A table of CDK is a global table of CloudFormation',
  'infrastructure/lib/document-values.ts: The security group ~ lets nobody in, so its port is not known',
  'infrastructure/lib/platform-stack.ts: ~ reads nothing of ~',
  'infrastructure/lib/runbook/definition.ts: The recovery stack has a state machine',
  'infrastructure/lib/runbook/definition.ts: The state machine goes on at ~, which is none of its states',
  'infrastructure/lib/runbook/failover-runbook.ts: states.ts has words for ~, which no action passes',
  'infrastructure/lib/runbook/failover-runbook.ts: the state ~ has no words in states.ts',
  'infrastructure/lib/runbook/own-runbook.ts: ~ has no second region, or is refused: ~',
  'infrastructure/lib/schema-validation/validate-templates.ts: the schema validator ended with ~',
  'infrastructure/lib/schema-validation/validate-templates.ts: the schema validator left out ~',
  'infrastructure/lib/security-report.ts: ~ finds something and has no reason: repair it, or say why not in security-reasons.ts',
  'infrastructure/lib/stacks/cache-stack.ts: A CacheStack needs a size, a backup rule and a security group; the design has a CacheStack without them',
  'infrastructure/lib/stacks/compute-stack.ts: A function of CDK is one of CloudFormation',
  'infrastructure/lib/stacks/compute-stack.ts: The document has a role for functions, and no cost line with their memory or no security group for them; the reader refuses that',
  'infrastructure/lib/stacks/database-stack.ts: A database of its own has credentials of its own',
  'infrastructure/lib/stacks/database-stack.ts: A region stands by, and no key waits in it for what is replicated',
  'infrastructure/lib/stacks/database-stack.ts: A region stands by, and the first one has no global database',
  'infrastructure/lib/stacks/database-stack.ts: The credentials are those of another region',
  'infrastructure/lib/stacks/recovery-base-stack.ts: A key of CDK is a key of CloudFormation',
  'infrastructure/lib/stacks/recovery-stack.ts: A document without a second region has no failover',
  'infrastructure/lib/stacks/recovery-stack.ts: A region stands by, and the first one has no global database',
  'infrastructure/lib/stacks/recovery-stack.ts: The topics of alarms are encrypted with a key of the platform',
  'infrastructure/lib/stacks/recovery-stack.ts: ~ is a function of this stack',
  'infrastructure/lib/stacks/references-stack.ts: ~ has another value by the name ~',
  'infrastructure/lib/stacks/security-stack.ts: The document has no ~ role, and the platform needs one',
  "infrastructure/lib/standby-design.ts: ~ has ~ zones for the document's ~; the reader refuses that",
  'infrastructure/lib/standby-design.ts: ~ is no range of addresses; the reader refuses it',
  'local/balancer/match-rule.ts: a listener has a default action',
  'local/functions/runtime.ts: timed out after ~ s',
  'local/functions/runtime.ts: ~ of ~ run already',
  'local/regions/region-host.ts: only the standby region fails over',
  'local/regions/region-host.ts: the region has not started',
  'local/regions/standby-ports.ts: the database is being promoted',
  'local/status/server.ts: the package.json of hashira is not above its code',
  'local/tasks/service.ts: Essential container exited: ~',
  'local/tasks/service.ts: Task failed ELB health checks: ~',
  'proof/report/page/settings.tsx: a part of the page stands outside of it',
  'proof/report/render-page.ts: the page has no place for the data of a report',
];

/** Run by whoever works on this repository, in English as it is. */
const isTool = (file: string): boolean =>
  /^cli\/docs\/|^infrastructure\/bin\/(security-report|runbooks)\.ts$/.test(file);

/** What carries a sentence to a person where an error does not; the builder's reasons are of rules that it leaves, for readers of its code. */
const carriersIn = (file: string): readonly string[] =>
  file.startsWith('infrastructure/') ? [] : ['why', 'reason', 'observed', 'problem', 'failure', 'unread'];

/** English sentences of a file that stand in no language: in an error that is made, or as a reason. */
function unsaidIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const carriers = carriersIn(file);
  walk(parseSync(file, source).program, false);
  return found;

  function walk(value: unknown, isSaid: boolean): void {
    if (Array.isArray(value)) for (const each of value) walk(each, isSaid);
    if (!isNode(value)) return;
    if (value.type === 'NewExpression' && /(?:Error|Fault|Refused|NotYet|Refusal|Problem)$/.test(nameOf(value.callee)))
      nodes(value.arguments).forEach(take);
    const isNow = isSaid || languageOf(nameOf(value.id ?? value.key)) !== undefined;
    if (value.type === 'Property' && !isNow && carriers.includes(nameOf(value.key))) take(value.value);
    for (const [key, each] of Object.entries(value)) if (key !== 'type') walk(each, isNow);
  }

  function take(value: unknown): void {
    if (!isNode(value)) return;
    if (value.type === 'ConditionalExpression') [value.consequent, value.alternate].forEach(take);
    else if (value.type === 'LogicalExpression' || value.type === 'BinaryExpression')
      [value.left, value.right].forEach(take);
    const text =
      value.type === 'Literal' && typeof value.value === 'string'
        ? value.value
        : value.type === 'TemplateLiteral'
          ? nodes(value.quasis).map(textOfQuasi).join('~')
          : '';
    // One word is a code, or a name.
    if (englishIn(text).length > 1) found.push(`${file}: ${text}`);
  }
}

test('no English sentence reaches a person by an error or as a reason: what stands in one language alone is a fault of our own', () => {
  const unsaid = files
    .filter((file) => !isTool(file))
    .flatMap((file) => unsaidIn(file, readFileSync(join(import.meta.dirname, file), 'utf8')));
  expect(unsaid.sort()).toEqual(internalFaults);
});

test('a sentence in one language is found in an error, thrown or not, and in a reason', () => {
  const found = (source: string) => unsaidIn('one.ts', source);
  expect(found("throw new Error('no such page');")).toEqual(['one.ts: no such page']);
  expect(found("x = () => fail(new AwsFault('refused', 'Code', name + ' is gone for good'));")).toEqual([
    'one.ts:  is gone for good',
  ]);
  expect(found('reject(new AwsFault("refused", "Code", `the bucket is gone`))')).toEqual([
    'one.ts: the bucket is gone',
  ]);
  expect(found("const x = { why: a ? 'closed without a word' : b };")).toEqual(['one.ts: closed without a word']);
  expect(
    found("throw new Refusal(refusals.noPage); const x = { why: reasonOf(error), kind: 'no such page' };"),
  ).toEqual([]);
});

test('a text in the wrong language is found wherever it stands', () => {
  const found = (source: string) => textsOf('one.ts', source).flatMap(wrong);
  expect(found("export const x = { en: 'a key', ja: 'the key' };")).toEqual(['the', 'key']);
  expect(found("export const x = { en: '鍵', ja: 'KMS 鍵 hashira build --out cdk.out' };")).toEqual(['鍵']);
  expect(found("const said = sayings({ one: ['a key', 'key です'] });")).toEqual(['key']);
  expect(found(`const said = sentence(({ a }) => \`\${a} 鍵\`, ({ a }) => \`\${a ? 'yes' : '鍵'}\`);`)).toEqual([
    '~ 鍵',
    'yes',
  ]);
  expect(found("const japanese = { one: (a) => a + ' wrong' };")).toEqual(['wrong']);
  expect(found("const x = language === 'ja' ? 'wrong' : '鍵';")).toEqual(['wrong', '鍵']);
});
