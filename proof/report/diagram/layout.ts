// Where everything of a drawing stands.
import { blockBoxes, boxAround } from './boxes.ts';
import { type Column, columnFor, type Layout, nameHeight, padding, rowHeight } from './measures.ts';
import type { Model } from './model.ts';
import { attached, besideColumn, holderOf, routed, wayId } from './routes.ts';
import { blocksOf } from './rows.ts';

/** @param home region that stands first */
export async function layOut(model: Model, home: string): Promise<Layout> {
  const edge = model.cards.filter(({ place }) => place === 'edge');
  const outside = edge.filter(({ region }) => region === '').length;
  const blocks = blocksOf(model, home);
  const edgeRegion = model.regions.find(({ name }) => edge.some(({ region }) => region === name));
  const [first] = blocks;
  const middle = first === undefined ? 0 : first.top + nameHeight * 2 + padding + (first.rows * rowHeight) / 2;
  const edgeTop = Math.max(nameHeight + padding, middle - (edge.length * rowHeight) / 2);
  const rows = new Map([
    // Who comes from outside stands outside of the region's box.
    ...edge.map((card, index) => [card.id, edgeTop + index * rowHeight - (index < outside ? nameHeight : 0)] as const),
    ...blocks.flatMap(({ tops }) => [...tops]),
  ]);
  const { placed, sections, right } = await routed(model, rows);
  const cards = model.cards.map((card) => ({
    ...card,
    // Cards of a column stand in one line, wherever ELK has put them in its room.
    x: placed.get(holderOf(columnFor(card)))?.x ?? 0,
    y: placed.get(card.id)?.y ?? 0,
  }));
  const place = new Map(cards.map((card) => [card.id, card]));
  let lane = 0;
  const lines = model.ways.flatMap((way) => {
    const [from, to] = [place.get(way.from), place.get(way.to)];
    if (from === undefined || to === undefined) return [];
    const points = sections.get(wayId(way)) ?? besideColumn(from, to, cards, lane);
    if (!sections.has(wayId(way)) && points.length > 2) lane++;
    return [{ way, points: attached(points, from, to) }];
  });
  const width = right + padding * 4;
  const xOf = (column: Column) => placed.get(holderOf(column))?.x ?? 0;
  const inner = blocks.map((block) => blockBoxes(block, cards, width, xOf));
  const height = Math.max(...blocks.map(({ bottom }) => bottom), edgeTop + edge.length * rowHeight + 60) + padding;
  const edgeBox = edgeRegion === undefined ? undefined : boxAround(edge.slice(outside), cards, edgeRegion);
  return {
    width,
    height,
    boxes: [...(edgeBox?.boxes ?? []), ...inner.flatMap(({ boxes }) => boxes)],
    cards,
    lines,
    footers: [...(edgeBox?.footers ?? []), ...inner.flatMap(({ footers }) => footers)],
  };
}
