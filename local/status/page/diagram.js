// The architecture as it runs: boxes and arrows, laid out once for a wide window and once for a narrow one, redrawn with each view.

const svg = 'http://www.w3.org/2000/svg';

/** Columns and rows of the boxes; a name that the platform does not have leaves its place empty. */
const layouts = {
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
const edges = [
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

/**
 * Draws into `place`. `nodes` by name: `{ title, lines: string[], alert?: string, bad?: boolean, off?: boolean }`.
 * @param {HTMLElement} place
 */
export function drawDiagram(place, nodes, label) {
  const layout = place.clientWidth < 700 ? layouts.narrow : layouts.wide;
  const [width, height] = layout.size;
  const drawing = element('svg', { viewBox: `-2 -2 ${width + 4} ${height + 4}`, role: 'img', 'aria-label': label });
  const marker = element('marker', {
    id: 'tip',
    viewBox: '0 0 8 8',
    refX: 7,
    refY: 4,
    markerWidth: 7,
    markerHeight: 7,
    orient: 'auto',
  });
  marker.append(element('path', { d: 'M0 0 8 4 0 8z' }));
  const defs = element('defs');
  defs.append(marker);
  drawing.append(defs);
  const known = Object.keys(layout.places).filter((name) => nodes[name] !== undefined);
  const drawn = edges.filter(([from, to]) => known.includes(from) && known.includes(to));
  const sides = drawn.map(([from, to]) => sidesOf(layout, from, to));
  drawn.forEach((_, index) => {
    drawing.append(arrow(layout, drawn, sides, index));
  });
  for (const name of known) drawing.append(boxOf(layout, name, nodes[name]));
  place.replaceChildren(drawing);
}

function cornerOf({ columns, rowHeight, places }, name) {
  const [column, row] = places[name];
  return [columns[column], row * rowHeight];
}

/** The sides that an arrow leaves and reaches: those that face each other, or, past boxes of the same column, the inner ones. */
function sidesOf(layout, from, to) {
  const [[column, row], [otherColumn, otherRow]] = [layout.places[from], layout.places[to]];
  if (column < otherColumn) return ['right', 'left'];
  if (column > otherColumn) return ['left', 'right'];
  if (Math.abs(row - otherRow) <= 1) return row < otherRow ? ['bottom', 'top'] : ['top', 'bottom'];
  return column === 0 ? ['right', 'right'] : ['left', 'left'];
}

/** Arrows that share a side of a box stand apart there, in the order of where they come from, so that each can be followed. */
function arrow(layout, drawn, sides, index) {
  const [start, end] = [0, 1].map((which) => {
    const [name, side] = [drawn[index][which], sides[index][which]];
    const sharing = drawn
      .flatMap((ends, number) => ends.map((one, at) => ({ number, one, other: ends[1 - at], side: sides[number][at] })))
      .filter((entry) => entry.one === name && entry.side === side)
      .sort((a, b) => layout.places[a.other][1] - layout.places[b.other][1] || a.number - b.number);
    const share = (sharing.findIndex(({ number }) => number === index) + 1) / (sharing.length + 1);
    return portOf(layout, name, side, share);
  });
  const [[x1, y1], [x2, y2]] = [start, end];
  const [leaves, reaches] = sides[index];
  if (leaves === 'bottom' || leaves === 'top')
    return edge(`M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`);
  const reach = leaves === reaches ? 34 : Math.abs(x2 - x1) / 2;
  const [bend, back] = [x1 + (leaves === 'right' ? reach : -reach), x2 + (reaches === 'right' ? reach : -reach)];
  return edge(`M${x1} ${y1}C${bend} ${y1} ${back} ${y2} ${x2} ${y2}`);
}

function portOf(layout, name, side, share) {
  const [width, height] = layout.box;
  const [x, y] = cornerOf(layout, name);
  if (side === 'left') return [x - 1, y + height * share];
  if (side === 'right') return [x + width + 1, y + height * share];
  return [x + width * share, side === 'top' ? y - 1 : y + height + 1];
}

const edge = (d) => element('path', { class: 'edge', d, 'marker-end': 'url(#tip)' });

function boxOf(layout, name, { title, lines, alert, bad, off }) {
  const [width, height] = layout.box;
  const [x, y] = cornerOf(layout, name);
  const group = element('g', { class: `box${bad ? ' bad' : ''}${off ? ' off' : ''}`, 'data-node': name });
  group.append(element('rect', { x, y, width, height, rx: 7 }));
  const write = (text, line, className) => {
    const words = element('text', { x: x + 10, y: y + 19 + line * 18, class: className });
    words.textContent = text;
    group.append(words);
  };
  write(title, 0, 'name');
  lines.forEach((line, index) => {
    write(line, index + 1, index === 0 ? 'first' : '');
  });
  if (alert !== undefined) write(alert, lines.length + 1, 'alert');
  return group;
}

function element(name, attributes = {}) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
