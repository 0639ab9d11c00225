// What the environments cost together in a year, and what is left after savings: claims, held against what was built.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { numberPattern } from '../parts/place.ts';
import { type Design, formEnvironments, type PerForm } from '../schema.ts';
import { distinct } from './blocks.ts';
import { readMoney, readNumber } from './values.ts';

type Cost = Design['cost'];

const money = String.raw`\$\s*${numberPattern}`;
const yearlyPattern = new RegExp(
  `^\\(\\s*(?<terms>${money}(?:\\s*\\+\\s*${money})*)\\s*\\)\\s*×\\s*(?<months>\\d+)\\s*=\\s*(?<total>${money}/年)$`,
);

/** `($1,451.7 + $725.9 + $362.9) × 12 = $30,486/年` */
export function readYearly({ value, line }: OutlineNode, ledger: LineLedger): Cost['yearly'] | undefined {
  const match = yearlyPattern.exec(value)?.groups;
  const terms = match?.terms?.split('+').map((term) => readMoney(term.trim())?.value ?? 0);
  const months = readNumber(match?.months ?? '');
  const total = readMoney(match?.total ?? '');
  if (terms === undefined || months === undefined || total === undefined) return undefined;
  ledger.state(line, 'claim', 'cost.yearly');
  return { terms, months, total: total.value };
}

/** The year's terms are the environments' monthly costs again. */
export function checkTerms(
  costs: PerForm<Cost['environments'][string]>,
  { terms }: Cost['yearly'],
  ledger: LineLedger,
): void {
  const here = terms.map((term) => `$${term}`).join(' + ');
  for (const [index, name] of formEnvironments.entries()) {
    const { monthly } = costs[name];
    if (terms[index] === monthly && terms.length === formEnvironments.length) continue;
    const line = ledger.lineOf(`cost.environments.${name}.monthly`);
    ledger.refuse(ledger.lineOf('cost.yearly'), 'figures-disagree', {
      what: '月間コスト',
      ...{ here, there: `$${monthly}`, line },
    });
  }
}

const percent = `(?<percent>${numberPattern})%\\s*削減`;
const amount = `(?<total>${money}(?<unit>/[月年]))`;
const savingPatterns = [new RegExp(`^${percent}\\s*→\\s*${amount}$`), new RegExp(`^${amount}\\s*\\(${percent}\\)$`)];

/** What AWS sells at a discount to those who commit to it, and what it takes back. */
const commitments =
  /^(?:Reserved (?:Instances?|Nodes?)|RI|リザーブド(?:インスタンス|ノード)|(?:(?:Compute|Database|EC2 Instance) )?Savings Plans?|SP|(?:Fargate )?(?:Spot(?: Instances?)?|スポット(?:インスタンス)?))$/i;

/** `コスト削減策適用後 (Reserved Instances、Savings Plans)`: the commitments in brackets are read to the last word. */
export function isSavings({ key }: OutlineNode): boolean {
  const match = /^コスト削減策適用後\s*(?:\((?<by>[^()]*)\))?$/.exec(key)?.groups;
  return (
    match !== undefined && (match.by ?? 'RI').split(/\s*[、,・/+]\s*/).every((words) => commitments.test(words.trim()))
  );
}

/** `30%削減 → $1,016/月`, `$25,017/年(17%削減)`; none when the document has no such part. */
export function readSavings(parent: OutlineNode | undefined, ledger: LineLedger): Cost['savings'] | undefined {
  if (parent === undefined) return [];
  if (parent.value !== '') return undefined;
  ledger.mark(parent.line, 'heading');
  const savings = distinct(parent.children, ledger).map(({ key, value, line }, index) => {
    const match = savingPatterns.map((pattern) => pattern.exec(value)).find((found) => found !== null)?.groups;
    const total = readMoney(match?.total ?? '');
    const share = readNumber(match?.percent ?? '');
    if (total === undefined || share === undefined) return undefined;
    ledger.state(line, 'claim', `cost.savings.${index}`);
    return { label: key, percent: share, total: total.value, unit: total.unit };
  });
  const read = savings.filter((saving) => saving !== undefined);
  return read.length === savings.length ? read : undefined;
}
