// One line of a cost estimate: `vCPU: 2 vCPU × 2 タスク × 730時間 × $0.04048/vCPU時間 = $118`, or `ALB to ECS: 無料(同一AZ)`.
import type { OutlineNode } from '../outline.ts';
import { free } from '../parts/cost.ts';
import { isCalled } from '../parts/term.ts';
import type { Design } from '../schema.ts';
import { readAmount, readMoney } from './values.ts';

export type CostGroup = Design['cost']['groups'][number];
export type CostLine = CostGroup['services'][number]['lines'][number];
type Figure = CostLine['factors'][number];

/** What a line says; a remark in brackets (`Multi-AZ`) is its note. Undefined when a factor or the total cannot be read. */
export function readCostLine({ key, value }: OutlineNode): CostLine | undefined {
  const gratis = /^(?<word>[^()]+?)\s*(?:\((?<note>[^()]+)\))?$/.exec(value)?.groups;
  if (gratis !== undefined && isCalled(gratis.word ?? '', free)) {
    return { label: key, factors: [], ...(gratis.note === undefined ? {} : { note: gratis.note }), total: 0 };
  }
  const [product = '', result = '', ...more] = value.split('=');
  const total = readMoney(result.trim());
  if (total?.unit !== '' || more.length > 0) return undefined;
  const notes: string[] = [];
  const factors = product.split('×').map((words) => {
    const match = /^(?<figure>[^()]+?)\s*(?:\((?<note>[^()]+)\))?$/.exec(words.trim())?.groups;
    if (match?.note !== undefined) notes.push(match.note);
    return readFactor(match?.figure ?? '');
  });
  if (factors.some((factor) => factor === undefined)) return undefined;
  const labelNote = /\(([^()]+)\)$/.exec(key)?.[1];
  const note = [labelNote, ...notes].filter((words) => words !== undefined).join('、');
  const read = factors.filter((factor) => factor !== undefined);
  return { label: key, factors: read, ...(note === '' ? {} : { note }), total: total.value };
}

/** `2 タスク`, `100万リクエスト`, or a price per something: `$0.20/100万`. A price's unit begins with `$`. */
function readFactor(words: string): Figure | undefined {
  const money = readMoney(words);
  return money === undefined ? readAmount(words) : { value: money.value, unit: `$${money.unit}` };
}

/** The factor of a line that has that unit. */
export const factorOf = (line: CostLine, unit: string): number | undefined =>
  line.factors.find((factor) => factor.unit === unit)?.value;
