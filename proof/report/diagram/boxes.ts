// The boxes round the cards, and what is told at the foot of a region.

import { around } from '../../../design/messages/words.ts';
import { tiers } from '../../../design/schema.ts';
import {
  type Box,
  type Column,
  cardSize,
  footerItem,
  nameHeight,
  type Placed,
  padding,
  regionMargin,
  rowHeight,
} from './measures.ts';
import type { Card, DiagramRegion, DiagramSubnet } from './model.ts';
import type { Block } from './rows.ts';
import { tierNames } from './words.ts';

export function blockBoxes(
  { region, top, bottom, bands }: Block,
  cards: readonly Placed[],
  width: number,
  column: (name: Column) => number,
) {
  const own = cards.filter((card) => card.region === region.name && card.place !== 'edge');
  const left = column('public') - regionMargin;
  const outer: Box = {
    kind: 'region',
    label: region.name,
    x: left,
    y: top,
    width: width - padding - left,
    height: bottom - top,
  };
  const footer = (y: number) =>
    region.footer.map((item, index) => {
      const x = left + padding + (index % footerItem.perRow) * footerItem.width;
      return {
        ...item,
        x,
        y: y + Math.floor(index / footerItem.perRow) * footerItem.height,
        width: Math.min(footerItem.width, outer.x + outer.width - x),
      };
    });
  const last = bands.at(-1);
  if (last === undefined) {
    const under = Math.max(top + nameHeight, ...own.map(({ y }) => y + rowHeight));
    return { boxes: [outer], footers: footer(under + padding) };
  }
  const networkTop = top + nameHeight;
  const networkBottom = last.top + nameHeight + last.rows * rowHeight + padding;
  const right = column('data') + cardSize.width;
  const network: Box = {
    kind: 'network',
    label: `VPC ${region.cidr ?? ''}`,
    x: left + padding / 2,
    y: networkTop + 6,
    width: right + padding - left,
    height: networkBottom - networkTop,
  };
  const subnets = bands.flatMap((band) => tiers.flatMap((tier) => subnetBox(region.subnets, band, tier, column(tier))));
  const under = Math.max(networkBottom + padding, ...own.map(({ y }) => y + cardSize.height + 4));
  return { boxes: [outer, network, ...tierBoxes(bands, column), ...subnets], footers: footer(under + padding / 2) };
}

/** A tier's column over all zones, so that what stands between the zones is seen to be in the tier. */
function tierBoxes(bands: Block['bands'], column: (tier: (typeof tiers)[number]) => number): readonly Box[] {
  const [first] = bands;
  const last = bands.at(-1);
  if (first === undefined || last === undefined) return [];
  return tiers.map((tier) => ({
    kind: tier,
    labelTop: first.top + nameHeight + first.rows * rowHeight - 6,
    label: bands.length > 1 ? bands.map(({ zone }) => zoneName(zone)).join(' + ') : '',
    x: column(tier) - padding,
    y: first.top - 2,
    width: cardSize.width + padding * 2,
    height: last.top + nameHeight + last.rows * rowHeight - first.top - 4,
  }));
}

/** A zone as documents call it: `AZ-a`. */
const zoneName = (zone: string) => `AZ-${zone.slice(-1)}`;

function subnetBox(
  subnets: readonly DiagramSubnet[],
  { zone, top, rows }: Block['bands'][number],
  tier: (typeof tiers)[number],
  x: number,
): readonly Box[] {
  const found = subnets.filter((subnet) => subnet.tier === tier && subnet.zone === zone);
  if (found.length === 0) return [];
  return [
    {
      kind: 'zone',
      label: around(tierNames[tier], (name) => `${zoneName(zone)} ${name} ${found.map(({ cidr }) => cidr).join(', ')}`),
      x: x - padding,
      y: top - 2,
      width: cardSize.width + padding * 2,
      height: nameHeight + rows * rowHeight - 4,
    },
  ];
}

export function boxAround(edge: readonly Card[], cards: readonly Placed[], region: DiagramRegion) {
  const own = cards.filter(({ id }) => edge.some((card) => card.id === id));
  const [left, top] = [
    Math.min(...own.map(({ x }) => x)) - padding,
    Math.min(...own.map(({ y }) => y)) - nameHeight - 4,
  ];
  const under = Math.max(...own.map(({ y }) => y)) + cardSize.height + padding;
  const height = under + region.footer.length * footerItem.height - top + 6;
  const box: Box = { kind: 'region', label: region.name, x: left, y: top, width: cardSize.width + padding * 2, height };
  return {
    boxes: [box],
    footers: region.footer.map((item, index) => ({
      ...item,
      width: cardSize.width,
      x: left + padding,
      y: under + index * footerItem.height,
    })),
  };
}
