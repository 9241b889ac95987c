import type { FindingScene, SceneElement } from '../scene/pod-scene';
import type { GroupItem, Item, Tone } from './item';
import { MONO, measureText, SMALL, shortenMiddle, type TextStyle } from './measure';

/** A piece of text in a row. */
export interface Segment {
  readonly text: string;
  readonly style: TextStyle;
  readonly tone: Tone;
  /** The whole of what the text stands for. */
  readonly full?: string;
  /** Whether it is shortened where there is no room; otherwise it is of a length that always fits. */
  readonly isFlexible?: boolean;
  /** Whether it is left out where there is no room. */
  readonly isOptional?: boolean;
  /** Whether it stands at the right end. */
  readonly isRight?: boolean;
}

/** A line of text in a card, of one or several pieces. */
export interface Row {
  readonly name: string;
  readonly element?: SceneElement;
  readonly title?: string;
  readonly segments: readonly Segment[];
  /** A dot before the text: full or hollow. */
  readonly dot?: { readonly tone: Tone; readonly isHollow: boolean };
  readonly findings?: readonly FindingScene[];
  /** A name by which arrows find the row. */
  readonly anchor?: string;
  /** Units that its text stands further to the right. */
  readonly indent?: number;
}

export const ROW_HEIGHT = 20;
const MARK_WIDTH = 26;
const MARK_GAP = 6;
const GAP = 7;
const DOT_WIDTH = 14;
/** From the top of a row to the line that letters stand on. */
const BASELINE = 14;

/** A piece of plain small text. */
export function toSmall(text: string, tone: Tone = 'dim', options: Partial<Segment> = {}): Segment {
  return { text, style: SMALL, tone, isFlexible: true, ...options };
}

/** A piece of small text of fixed width: ports, paths, commands. */
export function toMono(text: string, tone: Tone = 'text', options: Partial<Segment> = {}): Segment {
  return { text, style: MONO, tone, isFlexible: true, ...options };
}

/** A row, and below it the marks for which it has no room. */
export function splitMarks(row: Row, inLine: number, perLine: number): Row[] {
  const { findings = [] } = row;
  const others = findings.slice(findings.length > inLine ? 0 : findings.length);
  const lines = Array.from({ length: Math.ceil(others.length / perLine) }, (_, index): Row => {
    return { name: 'marks', segments: [], findings: others.slice(index * perLine, (index + 1) * perLine) };
  });
  return lines.length === 0 ? [row] : [{ ...row, findings: [] }, ...lines];
}

/** A row as a group, with its text where there is room for it. */
export function placeRow(row: Row, x: number, y: number, width: number): GroupItem {
  const { name, element, title, dot, findings = [], indent = 0 } = row;
  const left = x + indent + (dot ? DOT_WIDTH : 0);
  const right = x + width - findings.length * MARK_WIDTH - (findings.length > 0 ? MARK_GAP : 0);
  const marks = findings.map((finding, index): Item => {
    return { type: 'mark', x: right + MARK_GAP + (index + 0.5) * MARK_WIDTH, y: y + ROW_HEIGHT / 2, finding };
  });
  const dots: Item[] = dot ? [{ type: 'dot', x: x + indent + 4, y: y + ROW_HEIGHT / 2, radius: 3.5, ...dot }] : [];
  return {
    type: 'group',
    name,
    element,
    title,
    items: [...dots, ...placeSegments(row.segments, left, y + BASELINE, right - left), ...marks],
  };
}

function placeSegments(segments: readonly Segment[], x: number, y: number, width: number): Item[] {
  const shown = fitSegments(
    segments.filter(({ text }) => text !== ''),
    width,
  );
  let left = x;
  return shown.map(({ text, full, style, tone, isRight, width: taken }): Item => {
    const start = isRight ? x + width - taken : left;
    left += taken + GAP;
    return { type: 'text', x: start, y, text, style, tone, full };
  });
}

interface Fitted extends Segment {
  readonly width: number;
}

/** The segments as they fit: the optional ones go first, and then the longest are shortened. */
function fitSegments(segments: readonly Segment[], width: number): Fitted[] {
  const measured = segments.map((segment) => ({ ...segment, width: measureText(segment.text, segment.style) }));
  const space = width - GAP * (segments.length - 1);
  const sum = measured.reduce((total, segment) => total + segment.width, 0);
  if (sum <= space) {
    return measured;
  }
  const optional = [...segments].reverse().find(({ isOptional }) => isOptional);
  if (optional) {
    return fitSegments(
      segments.filter((segment) => segment !== optional),
      width,
    );
  }
  const fixed = measured.filter(({ isFlexible }) => !isFlexible).reduce((total, segment) => total + segment.width, 0);
  const share = findShare(
    measured.filter(({ isFlexible }) => isFlexible).map((segment) => segment.width),
    space - fixed,
  );
  return measured.map((segment) =>
    segment.isFlexible && segment.width > share ? shortenSegment(segment, share) : segment,
  );
}

/** The width above which widths are cut, so that all together take this space. */
function findShare(widths: readonly number[], space: number): number {
  const sorted = [...widths].sort((a, b) => a - b);
  let left = Math.max(space, 0);
  for (const [index, width] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (width > share) {
      return share;
    }
    left -= width;
  }
  return left;
}

function shortenSegment(segment: Fitted, width: number): Fitted {
  const text = shortenMiddle(segment.text, width, segment.style);
  return { ...segment, text, full: segment.full ?? segment.text, width: measureText(text, segment.style) };
}
