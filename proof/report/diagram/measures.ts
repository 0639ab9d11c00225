// What the parts of a layout share: measures, and the shapes of what is placed.
import type { Words } from '../../../design/messages/words.ts';
import { tiers } from '../../../design/schema.ts';
import type { Card, Connection } from './model.ts';

export const cardSize = { width: 150, height: 46 } as const;
export const rowHeight = 66;
export const padding = 12;
/** What a box's own name takes at its top. */
export const nameHeight = 26;
export const footerItem = { width: 232, height: 22, perRow: 4 } as const;

/** From a region's left border to its first column. */
export const regionMargin = padding * 2.5;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly kind: 'region' | 'network' | 'zone' | 'public' | 'private' | 'data';
  readonly label: Words | string;
  /** Where its label stands, when not at its top. */
  readonly labelTop?: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From the outermost to the innermost. */
  readonly boxes: readonly Box[];
  readonly cards: readonly (Card & Point)[];
  readonly lines: readonly { readonly way: Connection; readonly points: readonly Point[] }[];
  readonly footers: readonly (Point & {
    readonly icon: string;
    readonly words: Words | string;
    readonly width: number;
  })[];
}

export const columns = ['edge', ...tiers, 'regional'] as const;
export type Column = (typeof columns)[number];
export const columnFor = ({ place }: Pick<Card, 'place'>): Column =>
  place === 'trigger' ? 'public' : place === 'worker' ? 'private' : place;
export const columnOf = (card: Card) => columns.indexOf(columnFor(card));

export type Placed = Card & Point;
