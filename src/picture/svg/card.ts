import type { SceneElement } from '../scene/pod-scene';
import type { Box, GroupItem, Item } from './item';
import { placeRow, ROW_HEIGHT, type Row, splitMarks } from './row';

/** A box with a head and rows. */
export interface Card {
  readonly name: string;
  /** Its classes in the style sheet. */
  readonly look: string;
  readonly element: SceneElement;
  readonly title: string;
  readonly rows: readonly Row[];
  /** The rows before which a fine line stands. */
  readonly breaks?: readonly number[];
}

/** The place of a row that arrows lead to or come from. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

const PADDING = 10;
const BREAK = 7;

/** The marks that stand in the line of a row, and those in a line of their own, in a card of usual width and in a narrow one. */
const WIDE_MARKS = [2, 9] as const;
const NARROW_MARKS = [1, 5] as const;

/** Rows, with lines of their own for marks that have no room. */
export function splitRows(rows: readonly Row[], isNarrow = false): Row[] {
  const [inLine, perLine] = isNarrow ? NARROW_MARKS : WIDE_MARKS;
  return rows.flatMap((row) => splitMarks(row, inLine, perLine));
}

/** Units that a card needs. */
export function measureCard({ rows, breaks = [] }: Card): number {
  return PADDING * 1.4 + rows.length * ROW_HEIGHT + breaks.length * BREAK;
}

/** A card in its box. */
export function placeCard(card: Card, box: Box): GroupItem {
  const { name, look, element, title } = card;
  const inner = box.width - 2 * PADDING;
  const rows = listRowPlaces(card, box).flatMap(({ row, y, isBroken }): Item[] => [
    ...(isBroken ? [toRule(box, y - BREAK / 2)] : []),
    placeRow(row, box.x + PADDING, y, inner),
  ]);
  return {
    type: 'group',
    name,
    element,
    title,
    items: [{ type: 'rect', ...box, radius: 8, look: `card ${look}` }, ...rows],
  };
}

/** The places of the rows of a card that have a name. */
export function listAnchors(card: Card, box: Box): Map<string, Anchor> {
  const named = listRowPlaces(card, box).filter(({ row }) => row.anchor !== undefined);
  return new Map(
    named.map(({ row, y }) => [row.anchor!, { left: box.x, right: box.x + box.width, y: y + ROW_HEIGHT / 2 }]),
  );
}

function listRowPlaces({ rows, breaks = [] }: Card, { y: top }: Box): { row: Row; y: number; isBroken: boolean }[] {
  let y = top + PADDING * 0.7;
  return rows.map((row, index) => {
    const isBroken = breaks.includes(index);
    y += isBroken ? BREAK : 0;
    const place = { row, y, isBroken };
    y += ROW_HEIGHT;
    return place;
  });
}

function toRule({ x, width }: Box, y: number): Item {
  return {
    type: 'line',
    points: [
      [x + PADDING, y],
      [x + width - PADDING, y],
    ],
    tone: 'neutral',
  };
}
