// The drawing as SVG: a file of its own, and part of the page. Everything in it stands in attributes, so that it looks the same in a
// browser, an editor and a converter.

import { inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { show } from '../../../design/show.ts';
import { symbolId, symbolOf } from './icons.ts';
import { type Box, cardSize, type Layout, type Point } from './measures.ts';
import { meanings } from './words.ts';

const fonts = "'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic',system-ui,sans-serif";
const ink = '#1c2530';
const soft = '#586473';

const boxStyles: Readonly<Record<Box['kind'], string>> = {
  region: 'fill="none" stroke="#00868a" stroke-width="1.2" stroke-dasharray="5 4"',
  network: 'fill="none" stroke="#7a45d6" stroke-width="1.2"',
  zone: 'fill="none" stroke="#8fa0ae" stroke-width="1" stroke-dasharray="3 3"',
  public: 'fill="#f1f6e6"',
  private: 'fill="#e8f4f6"',
  data: 'fill="#eeedf9"',
};
const labelColours: Partial<Record<Box['kind'], string>> = { region: '#00686b', network: '#5f2ec0', zone: soft };

const lineStyles = {
  request: `stroke="#33475b" stroke-width="1.5"`,
  message: `stroke="#b0086f" stroke-width="1.5" stroke-dasharray="6 3"`,
  copy: `stroke="#00686b" stroke-width="1.5" stroke-dasharray="2 3"`,
  guard: `stroke="#33475b" stroke-width="1.5"`,
} as const;

const tips = { request: '#33475b', message: '#b0086f', copy: '#00686b', guard: '#33475b' } as const;
const legendHeight = 34;

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** @param id tells the symbols of drawings on one page apart */
export function draw({ width, height, boxes, cards, lines, footers }: Layout, title: string, id: string): Drawing {
  const icons = [...new Set([...cards, ...footers].map(({ icon }) => icon))].filter((icon) => icon !== '');
  const whole = height + legendHeight;
  const prefix = (icon: string) => `${id}-${symbolId(icon)}`;
  const use = (icon: string, x: number, y: number, size: number) =>
    `<use href="#${prefix(icon)}" x="${x}" y="${y}" width="${size}" height="${size}"/>`;
  const markers = Object.entries(tips).map(
    ([kind, colour]) =>
      `<marker id="${id}-tip-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 .5 8 4 0 7.5z" fill="${colour}"/></marker>`,
  );
  const symbols = icons.map((icon) => symbolOf(icon).replace(`id="${symbolId(icon)}"`, `id="${prefix(icon)}"`));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(whole)}" width="${round(width)}" height="${round(whole)}" font-family="${fonts}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<defs>${markers.join('')}${symbols.join('')}</defs>`,
    `<rect width="${round(width)}" height="${round(whole)}" fill="#ffffff"/>`,
    ...boxes.map(boxOf),
    ...lines.map(({ way, points }) => {
      const tip = way.kind === 'guard' ? '' : ` marker-end="url(#${id}-tip-${way.kind})"`;
      return `<path d="${pathOf(points)}" fill="none" ${lineStyles[way.kind]} stroke-linejoin="round"${tip}/>`;
    }),
    ...cards.map(
      ({ x, y, title: name, detail, icon }) =>
        `<g transform="translate(${round(x)} ${round(y)})"><rect width="${cardSize.width}" height="${cardSize.height}" rx="4" fill="#ffffff" stroke="#c9d1d8"/>${use(icon, 7, 7, 32)}${text(name, { x: 46, y: detail === '' ? 27 : 20 }, 12, ink, 600, 94)}${text(detail, { x: 46, y: 35 }, 10, soft, 400, 94)}</g>`,
    ),
    ...boxes.map(labelOf),
    ...footers.map(
      ({ x, y, icon, words, width: room }) =>
        `<rect x="${round(x)}" y="${round(y)}" width="16" height="16" fill="#ffffff"/>` +
        use(icon, x, y, 16) +
        text(words, { x: x + 21, y: y + 12 }, 10, soft, 400, room - 26, '#ffffff'),
    ),
    ...legend(padded(boxes), height + 16, id),
    '</svg>',
  ];
  return { svg: svg.join(''), width: round(width), height: round(whole) };
}

const padded = (boxes: readonly Box[]) => Math.min(...boxes.map(({ x }) => x), 40);

function boxOf({ kind, x, y, width, height }: Box): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${boxStyles[kind]}/>`;
}

/** A box's name stands above the ways that cross it. */
function labelOf({ kind, label, labelTop, x, y, width }: Box): string {
  const isOuter = kind === 'region' || kind === 'network';
  const place = { x: x + 8, y: (labelTop ?? y) + 16 };
  const colour = labelColours[kind] ?? soft;
  const ground = /fill="(#\w+)"/.exec(boxStyles[kind])?.[1];
  return text(label, place, isOuter ? 11.5 : 10, colour, isOuter ? 600 : 400, width - 12, ground);
}

function legend(left: number, y: number, id: string): readonly string[] {
  return meanings.map(({ kind, words }, index) => {
    const x = left + 8 + index * 130;
    const style = lineStyles[kind];
    return `<path d="M${round(x)} ${y}h34" fill="none" ${style} marker-end="url(#${id}-tip-${kind})"/>${text(words, { x: x + 42, y: y + 4 }, 10.5, soft, 400, 140)}`;
  });
}

/** Rounded corners, so that a reader can follow a way round the bend. */
function pathOf(points: readonly Point[]): string {
  const parts = points.map(({ x, y }, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${round(x)} ${round(y)}`;
    if (after === undefined) return `L${round(x)} ${round(y)}`;
    const into = towards({ x, y }, before);
    const out = towards({ x, y }, after);
    return `L${round(into.x)} ${round(into.y)}Q${round(x)} ${round(y)} ${round(out.x)} ${round(out.y)}`;
  });
  return parts.join('');
}

const radius = 5;

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(radius, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * Text of at most so many units: what is longer is pressed together a little, and cut when that would not be readable.
 * @param ground colour round the letters, so that a way that passes behind them does not strike them out
 */
function text(
  said: Words | string,
  place: Point,
  size: number,
  fill: string,
  weight: number,
  most: number,
  ground?: string,
): string {
  const write = (words: string, language = '') =>
    lettersOf(words, language, place, { size, fill, weight, most, ground });
  if (typeof said === 'string' || said.en === said.ja) return write(inLanguage(said, 'en'));
  return `${write(said.en, 'en')}${write(said.ja, 'ja')}`;
}

interface Letters {
  readonly size: number;
  readonly fill: string;
  readonly weight: number;
  readonly most: number;
  readonly ground: string | undefined;
}

function lettersOf(
  words: string,
  language: string,
  { x, y }: Point,
  { size, fill, weight, most, ground }: Letters,
): string {
  if (words === '') return '';
  const width = widthOf(words, size);
  const longest = Math.floor((words.length * most) / width / 0.86);
  const shown = width * 0.86 > most ? `${words.slice(0, Math.max(1, longest - 1))}…` : words;
  const pressed = widthOf(shown, size) > most ? ` textLength="${round(most)}" lengthAdjust="spacingAndGlyphs"` : '';
  const halo =
    ground === undefined ? '' : ` stroke="${ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;
  const of = language === '' ? '' : ` lang="${language}"`;
  return `<text${of} x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${halo}${pressed}>${escaped(shown)}</text>`;
}

/** A drawing with the texts of one language alone, for a file of its own: a page hides those of the other by its own language. */
export function inOneLanguage(svg: string, language: Language): string {
  const other = language === 'ja' ? 'en' : 'ja';
  return svg.replaceAll(new RegExp(`<text lang="${other}"[^>]*>[^<]*</text>`, 'g'), '');
}

/** About as wide as a sans serif sets it; characters beyond Latin are as wide as they are high. */
const widthOf = (words: string, size: number): number =>
  [...words].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.56), 0) * size;

const escaped = (words: string): string =>
  show(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
