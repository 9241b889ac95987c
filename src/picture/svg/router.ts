import type { Anchor } from './card';
import type { Item, Tone } from './item';

/** A card in the grid. */
interface Cell {
  readonly column: number;
  readonly line: number;
}

/** An arrow from one row to another. */
export interface Route {
  /** The name of the row or place that it comes from. */
  readonly from: string;
  readonly to: string;
  /** The card that it comes from; nothing where it comes from above all. */
  readonly source?: Cell;
  readonly target: Cell;
  readonly tone: Tone;
}

/** A route with the gaps that it takes. */
interface Planned extends Route {
  /** The gap between columns from which it enters the target, and that in which it leaves the source. */
  readonly entry: number;
  readonly exit?: number;
  /** The gap between lines in which it changes columns. */
  readonly crossing?: number;
  /** Its place among those in the same gaps. */
  readonly entryLane: number;
  readonly exitLane: number;
  readonly track: number;
}

const LANE = 7;
const MARGIN = 14;
const INNER_MARGIN = 18;
const ARROW_ROOM = 5;

type Point = readonly [x: number, y: number];

/**
 * Leads arrows at right angles through the gaps between cards: never over a card, each on a lane of its own. The gaps between
 * columns are counted from the left edge, those between lines from above.
 */
export class Router {
  private readonly planned: readonly Planned[];
  private readonly lanes: number[];
  private readonly tracks: number[] = [];
  private readonly columnWidth: number;

  public constructor(
    routes: readonly Route[],
    columns: number,
    private readonly x: number,
    width: number,
  ) {
    this.lanes = Array.from({ length: columns + 1 }, () => 0);
    this.planned = routes.map((route) => this.plan(route));
    const gaps = this.lanes.reduce((sum, _lanes, gap) => sum + this.measureColumnGap(gap), 0);
    this.columnWidth = (width - gaps) / columns;
  }

  /** The place and width of a column. */
  public findColumn(column: number): { readonly x: number; readonly width: number } {
    return { x: this.findGap(column) + this.measureColumnGap(column), width: this.columnWidth };
  }

  /** Units between two lines, so that all arrows have room that change columns there. */
  public measureGap(gap: number, least: number): number {
    const tracks = this.tracks[gap] ?? 0;
    return tracks === 0 ? least : Math.max(least, MARGIN + (tracks + 1) * LANE);
  }

  /** The arrows. */
  public draw(anchors: ReadonlyMap<string, Anchor>, gaps: readonly number[]): Item[] {
    return this.sortTracks(anchors).flatMap((route): Item[] => {
      const [from, to] = [anchors.get(route.from), anchors.get(route.to)];
      return from && to
        ? [
            {
              type: 'line',
              points: this.listPoints(route, from, to, gaps),
              tone: route.tone,
              isDashed: !!route.source,
              hasArrow: true,
            },
          ]
        : [];
    });
  }

  /** The routes with tracks that let arrows from above cross as little as can be: what goes left first, from the left, and so on. */
  private sortTracks(anchors: ReadonlyMap<string, Anchor>): Planned[] {
    const starts = this.planned.filter(({ source }) => source === undefined);
    const places = starts.map((route) => {
      const start = anchors.get(route.from)?.left ?? 0;
      return { route, start, isLeft: this.findLane(route.entry, route.entryLane) < start };
    });
    const sorted = [
      ...places.filter(({ isLeft }) => isLeft).sort((a, b) => a.start - b.start),
      ...places.filter(({ isLeft }) => !isLeft).sort((a, b) => b.start - a.start),
    ].map(({ route }, track) => ({ ...route, track }));
    return [...sorted, ...this.planned.filter(({ source }) => source !== undefined)];
  }

  private plan(route: Route): Planned {
    const { source, target } = route;
    const isLeft = source === undefined || source.column <= target.column;
    const entry =
      isLeft && source?.column !== target.column ? target.column : isLeft ? target.column : target.column + 1;
    const exit = source && (source.column < target.column ? source.column + 1 : source.column);
    const crossing = exit === entry ? undefined : source ? source.line : 0;
    return {
      ...route,
      entry,
      exit,
      crossing,
      entryLane: this.lanes[entry]!++,
      exitLane: exit === undefined || exit === entry ? -1 : this.lanes[exit]!++,
      track: crossing === undefined ? -1 : this.countTrack(crossing),
    };
  }

  private countTrack(gap: number): number {
    const track = this.tracks[gap] ?? 0;
    this.tracks[gap] = track + 1;
    return track;
  }

  private measureColumnGap(gap: number): number {
    const lanes = this.lanes[gap]!;
    const isOuter = gap === 0 || gap === this.lanes.length - 1;
    return lanes === 0 ? (isOuter ? 0 : INNER_MARGIN) : INNER_MARGIN + lanes * LANE;
  }

  /** The left end of a gap between columns. */
  private findGap(gap: number): number {
    const before = this.lanes.slice(0, gap).reduce((sum, _lanes, index) => sum + this.measureColumnGap(index), 0);
    return this.x + before + gap * this.columnWidth;
  }

  /** Lanes are counted from the middle of the gap to its left, so that the first is nearest to where arrows end. */
  private findLane(gap: number, lane: number): number {
    return this.findGap(gap) + this.measureColumnGap(gap) - MARGIN - lane * LANE;
  }

  private listPoints(route: Planned, from: Anchor, to: Anchor, gaps: readonly number[]): Point[] {
    const entersLeft = route.entry === route.target.column;
    const end: Point = [entersLeft ? to.left - ARROW_ROOM : to.right + ARROW_ROOM, to.y];
    const lane = this.findLane(route.entry, route.entryLane);
    const track = route.crossing === undefined ? to.y : gaps[route.crossing]! + MARGIN / 2 + (route.track + 0.5) * LANE;
    if (!route.source) {
      return [[from.left, from.y], [from.left, track], [lane, track], [lane, to.y], end];
    }
    const leavesRight = route.source.column < route.target.column;
    const start: Point = [leavesRight ? from.right : from.left, from.y];
    if (route.exit === route.entry) {
      return [start, [lane, from.y], [lane, to.y], end];
    }
    const exit = this.findLane(route.exit!, route.exitLane);
    return [start, [exit, from.y], [exit, track], [lane, track], [lane, to.y], end];
  }
}
