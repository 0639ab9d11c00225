// Which row a card stands in: a zone is a band of rows, what is in several zones stands between them, and regions follow one another.

import { tiers } from '../../../design/schema.ts';
import { cardSize, footerItem, nameHeight, padding, rowHeight } from './measures.ts';
import type { Card, Connection, DiagramRegion, Model } from './model.ts';

export interface Block {
  readonly region: DiagramRegion;
  readonly top: number;
  readonly bottom: number;
  /** Rows of cards in its network. */
  readonly rows: number;
  /** Where each zone's band begins and how many rows it has. */
  readonly bands: readonly { readonly zone: string; readonly top: number; readonly rows: number }[];
  /** Upper edge of each card. */
  readonly tops: ReadonlyMap<string, number>;
}

/** Regions below one another: home first, then those with a network. The edge stands before them. */
export function blocksOf({ regions, cards, ways }: Model, home: string): readonly Block[] {
  const rank = ({ name, cidr }: DiagramRegion) => (name === home ? 0 : cidr === undefined ? 2 : 1);
  const own = regions
    .filter(({ name }) => name === home || !cards.some(({ region, place }) => region === name && place === 'edge'))
    .toSorted((one, other) => rank(one) - rank(other));
  let top = padding;
  return own.map((region): Block => {
    const block = blockOf(
      region,
      cards.filter((card) => card.region === region.name && card.place !== 'edge'),
      ways,
      top,
    );
    top = block.bottom + padding * 2;
    return block;
  });
}

function blockOf(region: DiagramRegion, cards: readonly Card[], ways: readonly Connection[], top: number): Block {
  const inZone = (zone: string) => cards.filter(({ zones }) => zones.length === 1 && zones[0] === zone);
  const most = (found: readonly Card[]) =>
    Math.max(0, ...tiers.map((tier) => found.filter(({ place }) => place === tier).length));
  const spanning = cards.filter(({ zones, place }) => zones.length !== 1 && tiers.some((tier) => tier === place));
  const below = (['trigger', 'worker'] as const).map((place) => cards.filter((card) => card.place === place));
  const between = most(spanning);
  const regional = cards.filter(({ place }) => place === 'regional');
  const [firstZone, ...otherZones] = region.zones;
  const tops = new Map<string, number>();
  const bands: { zone: string; top: number; rows: number }[] = [];
  const begin = top + nameHeight * 2 + padding;
  let at = begin;
  const band = (zone: string) => {
    const rows = Math.max(1, most(inZone(zone)));
    bands.push({ zone, top: at, rows });
    at += nameHeight;
    for (const tier of tiers) {
      for (const [index, card] of inZone(zone)
        .filter(({ place }) => place === tier)
        .entries())
        tops.set(card.id, at + index * rowHeight);
    }
    at += rows * rowHeight;
  };
  if (firstZone !== undefined) band(firstZone);
  at += nameHeight / 2;
  const middle = at + (between * rowHeight) / 2;
  at += between * rowHeight;
  for (const zone of otherZones) band(zone);
  const networkBottom = region.cidr === undefined ? begin : at;
  for (const found of below) {
    for (const [index, { id }] of found.entries()) tops.set(id, networkBottom + padding * 2.5 + index * rowHeight);
  }
  const rows = Math.max((networkBottom - begin) / rowHeight, regional.length);
  const put = (found: readonly Card[], centre: number) => {
    for (const [index, card] of ordered(found, ways, tops).entries()) {
      tops.set(card.id, centre + (index - found.length / 2) * rowHeight + (rowHeight - cardSize.height) / 2);
    }
  };
  for (const tier of tiers)
    put(
      spanning.filter(({ place }) => place === tier),
      middle,
    );
  put(regional, begin + (rows * rowHeight) / 2);
  const footer =
    region.footer.length === 0 ? 0 : Math.ceil(region.footer.length / footerItem.perRow) * footerItem.height + padding;
  const foot = Math.max(
    networkBottom + Math.max(...below.map(({ length }) => length)) * rowHeight,
    begin + (regional.length === 0 ? 0 : rows * rowHeight),
  );
  const content = region.cidr === undefined && regional.length === 0 ? top + nameHeight - padding : foot + padding;
  return { region, top, bottom: content + footer + padding, rows, bands, tops };
}

/** Those that reach, or are reached by, something further up stand further up: fewer ways cross. */
function ordered(
  cards: readonly Card[],
  ways: readonly Connection[],
  tops: ReadonlyMap<string, number>,
): readonly Card[] {
  const mean = ({ id }: Card) => {
    const others = ways.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const known = others.flatMap((key) => tops.get(key) ?? []);
    return known.length === 0 ? Number.POSITIVE_INFINITY : known.reduce((sum, y) => sum + y, 0) / known.length;
  };
  return cards.toSorted((one, other) => {
    const [left, right] = [mean(one), mean(other)];
    return left === right ? 0 : left - right;
  });
}
