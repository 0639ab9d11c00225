// The architecture as it runs: boxes and arrows, laid out once for a wide window and once for a narrow one, drawn again with each view.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { DiagramNode } from './nodes.ts';

interface Layout {
  readonly columns: readonly number[];
  readonly box: readonly [width: number, height: number];
  readonly rowHeight: number;
  readonly size: readonly [width: number, height: number];
  readonly places: Readonly<Record<string, readonly [column: number, row: number]>>;
}
type Edge = readonly [from: string, to: string];
type Side = 'left' | 'right' | 'top' | 'bottom';
type Point = readonly [x: number, y: number];

/** Columns and rows of the boxes; a name that the platform does not have leaves its place empty. */
const layouts: Readonly<Record<'wide' | 'narrow', Layout>> = {
  wide: {
    columns: [0, 196, 400, 616, 832, 1036],
    box: [164, 74],
    rowHeight: 88,
    size: [1200, 500],
    places: {
      customers: [0, 1.5],
      balancer: [1, 1.5],
      tasks: [2, 1.5],
      'import-orders': [2, 4.8],
      cache: [3, 0],
      database: [3, 1],
      fulfilment: [3, 2],
      work: [3, 3],
      topic: [3, 4],
      'fulfil-order': [4, 2],
      'write-receipt': [4, 4],
      bucket: [5, 4.8],
    },
  },
  narrow: {
    columns: [0, 198],
    box: [152, 74],
    rowHeight: 96,
    size: [350, 554],
    places: {
      customers: [0, 0],
      balancer: [1, 0],
      'import-orders': [0, 1],
      tasks: [1, 1],
      cache: [0, 2],
      database: [1, 2],
      fulfilment: [0, 3],
      'fulfil-order': [1, 3],
      work: [0, 4],
      topic: [1, 4],
      bucket: [0, 5],
      'write-receipt': [1, 5],
    },
  },
};

/** Who sends what to whom. */
const edges: readonly Edge[] = [
  ['customers', 'balancer'],
  ['balancer', 'tasks'],
  ['balancer', 'import-orders'],
  ['tasks', 'cache'],
  ['tasks', 'database'],
  ['tasks', 'fulfilment'],
  ['work', 'tasks'],
  ['tasks', 'topic'],
  ['fulfilment', 'fulfil-order'],
  ['fulfil-order', 'database'],
  ['fulfil-order', 'work'],
  ['topic', 'write-receipt'],
  ['write-receipt', 'bucket'],
  ['import-orders', 'bucket'],
  ['import-orders', 'work'],
];

interface DiagramProps {
  readonly nodes: Readonly<Record<string, DiagramNode>>;
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /** Whether requests come in. */
  readonly flows: boolean;
}

export function Diagram({ nodes, label, flows }: DiagramProps) {
  const [holder, isNarrow] = useNarrow();
  const layout = layouts[isNarrow ? 'narrow' : 'wide'];
  const [width, height] = layout.size;
  const known = Object.keys(layout.places).filter((name) => nodes[name] !== undefined);
  const drawn = edges.filter(([from, to]) => known.includes(from) && known.includes(to));
  const sides = drawn.map(([from, to]) => sidesOf(layout, from, to));
  return (
    <div id="diagram" ref={holder} class={flows ? 'flowing' : ''}>
      <svg viewBox={`-2 -2 ${width + 4} ${height + 4}`} role="img" aria-label={label}>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {drawn.map(([from, to], index) => (
          <path key={`${from} ${to}`} class="edge" d={arrow(layout, drawn, sides, index)} marker-end="url(#tip)" />
        ))}
        {known.map((name) => (
          <Box key={name} name={name} layout={layout} node={nodes[name]} />
        ))}
      </svg>
    </div>
  );
}

/** Whether there is room for the narrow layout only, in pixels of the element. */
function useNarrow() {
  const holder = useRef<HTMLDivElement>(null);
  const [isNarrow, setNarrow] = useState(() => innerWidth < 700);
  useEffect(() => {
    const { current } = holder;
    if (current === null) return;
    const observer = new ResizeObserver(() => setNarrow(current.clientWidth < 700));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [holder, isNarrow] as const;
}

function Box(props: { readonly name: string; readonly layout: Layout; readonly node: DiagramNode | undefined }) {
  const { name, layout, node } = props;
  if (node === undefined) return null;
  const [width, height] = layout.box;
  const [x, y] = cornerOf(layout, name);
  const lines = [
    { text: node.title, kind: 'name' },
    ...node.lines.map((text, index) => ({ text, kind: index === 0 ? 'first' : '' })),
    ...(node.alert === undefined ? [] : [{ text: node.alert, kind: 'alert' }]),
  ];
  return (
    <g class={`box${node.failed ? ' failed' : ''}${node.absent ? ' absent' : ''}`} data-node={name}>
      <rect x={x} y={y} width={width} height={height} rx={3} />
      {lines.map(({ text, kind }, index) => (
        <text key={kind + index} x={x + 10} y={y + 19 + index * 18} class={kind}>
          {text}
        </text>
      ))}
    </g>
  );
}

function cornerOf({ columns, rowHeight, places }: Layout, name: string): Point {
  const [column, row] = places[name] ?? [0, 0];
  return [columns[column] ?? 0, row * rowHeight];
}

/** The sides that an arrow leaves and reaches: those that face each other, or, past boxes of the same column, the inner ones. */
function sidesOf(layout: Layout, from: string, to: string): readonly [leaves: Side, reaches: Side] {
  const [column, row] = layout.places[from] ?? [0, 0];
  const [otherColumn, otherRow] = layout.places[to] ?? [0, 0];
  if (column < otherColumn) return ['right', 'left'];
  if (column > otherColumn) return ['left', 'right'];
  if (Math.abs(row - otherRow) <= 1) return row < otherRow ? ['bottom', 'top'] : ['top', 'bottom'];
  return column === 0 ? ['right', 'right'] : ['left', 'left'];
}

/** Arrows that share a side of a box stand apart there, in the order of where they come from, so that each can be followed. */
function arrow(
  layout: Layout,
  drawn: readonly Edge[],
  sides: readonly (readonly [Side, Side])[],
  index: number,
): string {
  const ends = drawn.flatMap(([from, to], number) => {
    const [leaves, reaches] = sides[number] ?? ['right', 'left'];
    return [
      { number, name: from, other: to, side: leaves },
      { number, name: to, other: from, side: reaches },
    ];
  });
  const rowOf = (name: string) => layout.places[name]?.[1] ?? 0;
  const port = ({ name, side }: { readonly name: string; readonly side: Side }) => {
    const sharing = ends
      .filter((end) => end.name === name && end.side === side)
      .sort((a, b) => rowOf(a.other) - rowOf(b.other) || a.number - b.number);
    const share = (sharing.findIndex(({ number }) => number === index) + 1) / (sharing.length + 1);
    return portOf(layout, name, side, share);
  };
  const [start, end] = ends.filter(({ number }) => number === index);
  if (start === undefined || end === undefined) return '';
  const [[x1, y1], [x2, y2]] = [port(start), port(end)];
  if (start.side === 'bottom' || start.side === 'top')
    return `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
  const reach = start.side === end.side ? 34 : Math.abs(x2 - x1) / 2;
  const [bend, back] = [x1 + (start.side === 'right' ? reach : -reach), x2 + (end.side === 'right' ? reach : -reach)];
  return `M${x1} ${y1}C${bend} ${y1} ${back} ${y2} ${x2} ${y2}`;
}

function portOf(layout: Layout, name: string, side: Side, share: number): Point {
  const [width, height] = layout.box;
  const [x, y] = cornerOf(layout, name);
  if (side === 'left') return [x - 1, y + height * share];
  if (side === 'right') return [x + width + 1, y + height * share];
  return [x + width * share, side === 'top' ? y - 1 : y + height + 1];
}
