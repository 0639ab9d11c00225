// How ways lead from card to card: ELK finds the columns' room and the ways between columns; within a column they are straight, or lead
// round what stands between.
import elk, { type ElkExtendedEdge } from 'elkjs/lib/elk.bundled.js';
import {
  type Column,
  cardSize,
  columnOf,
  columns,
  type Placed,
  type Point,
  regionMargin,
  rowHeight,
} from './measures.ts';
import type { Connection, Model } from './model.ts';

export const wayId = ({ from, to }: Connection) => `${from} ${to}`;
export const holderOf = (column: Column) => `column ${column}`;

/** Between what stands at the edge and the regions behind it. */
const edgeRoom = 40;

/** ELK keeps the rows as they are (its interactive mode), finds the room between columns and routes what leads from one to another. */
export async function routed({ cards, ways }: Model, rows: ReadonlyMap<string, number>) {
  const column = new Map(cards.map((card) => [card.id, columnOf(card)]));
  const between = ways.filter(({ from, to }) => column.get(from) !== column.get(to));
  // A column without a card would close up: an empty one holds its place. Behind the edge a region begins, which needs room.
  const holders = columns.map((name, index) => ({
    id: holderOf(name),
    x: index * 1_000,
    y: -2 * rowHeight,
    width: cardSize.width + (name === 'edge' ? edgeRoom : 0),
    height: cardSize.height,
  }));
  const graph = await new elk.default().layout({
    id: 'platform',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.separateConnectedComponents': 'false',
      'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
      'elk.layered.layering.strategy': 'INTERACTIVE',
      'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
      'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
      'elk.layered.spacing.nodeNodeBetweenLayers': '44',
      'elk.layered.spacing.edgeNodeBetweenLayers': '24',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
      'elk.spacing.nodeNode': '4',
      'elk.spacing.edgeNode': '5',
      'elk.spacing.edgeEdge': '5',
      'elk.padding': '[left=14,top=0,right=0,bottom=0]',
    },
    children: [
      ...holders,
      ...cards.map((card) => ({ id: card.id, x: columnOf(card) * 1_000, y: rows.get(card.id) ?? 0, ...cardSize })),
    ],
    edges: between.map((way) => ({ id: wayId(way), sources: [way.from], targets: [way.to] })),
  });
  const found = new Map(graph.children?.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  // ELK moves the whole so that it begins at nought.
  const shift = (found.get(holderOf('edge'))?.y ?? 0) + 2 * rowHeight;
  const placed = new Map([...found].map(([id, { x, y }]) => [id, { x, y: y - shift }]));
  // What comes from the edge turns before a region's border, not upon it.
  const entrance = found.get(holderOf('public'))?.x ?? 0;
  const doorstep = (found.get(holderOf('edge'))?.x ?? 0) + cardSize.width + edgeRoom;
  const pointsOf = ({ sections = [] }: ElkExtendedEdge) =>
    sections
      .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
      .map(({ x, y }) => ({ x: x > doorstep && x < entrance ? x - regionMargin : x, y: y - shift }));
  return {
    placed,
    right: (placed.get(holderOf('regional'))?.x ?? 0) + cardSize.width,
    sections: new Map(graph.edges?.map((edge) => [edge.id, pointsOf(edge)])),
  };
}

/** The ends of a way reach the cards themselves. */
export function attached(points: readonly Point[], from: Placed, to: Placed): readonly Point[] {
  if (from.x === to.x) return points;
  const isForward = from.x < to.x;
  const start = from.x + (isForward ? cardSize.width : 0);
  const end = to.x + (isForward ? 0 : cardSize.width);
  return points.map((point, index) =>
    index === 0 ? { ...point, x: start } : index === points.length - 1 ? { ...point, x: end } : point,
  );
}

/** Ways beside a column, each in a lane of its own as long as there is room. */
const lanes = 6;

/** Within a column: straight to the neighbour, else round those that stand between, on the right. */
export function besideColumn(from: Placed, to: Placed, cards: readonly Placed[], lane: number): readonly Point[] {
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const isBetween = (card: Placed) => card.x === from.x && card.y > upper.y && card.y < lower.y;
  if (!cards.some(isBetween)) {
    const x = from.x + cardSize.width / 2;
    const [start, end] = from === upper ? [from.y + cardSize.height, to.y] : [from.y, to.y + cardSize.height];
    return [
      { x, y: start },
      { x, y: end },
    ];
  }
  const side = from.x + cardSize.width;
  const lead = side + 8 + (lane % lanes) * 5;
  const [start, end] = [from.y + cardSize.height * 0.7, to.y + cardSize.height * 0.7];
  return [
    { x: side, y: start },
    { x: lead, y: start },
    { x: lead, y: end },
    { x: side, y: end },
  ];
}
