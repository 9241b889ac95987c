import { Marks } from '../marks';
import type { PodScene } from '../scene/pod-scene';
import { placeFindings } from './findings-panel';
import type { Block, Box, Item } from './item';
import { placeLifecycle } from './lifecycle-panel';
import { HEADING, SMALL, TITLE, wrapText } from './measure';
import { placeNetwork } from './network-panel';
import { placeRow, ROW_HEIGHT, type Segment, splitMarks } from './row';
import { placeStorage } from './storage-panel';

/** A whole drawing. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

/** The width of a README on GitHub, and a little more. */
const WIDTH = 880;
const MARGIN = 16;
const LIFECYCLE_WIDTH = 214;
const GAP = 12;
const PADDING = 12;
/** From the top of a panel to its content. */
const HEAD = 32;

/** The drawing of a pod: LifeCycle beside, Network across, Storage below. */
export function placeScene(scene: PodScene, listsFindings = true): Drawing {
  const marks = new Marks(scene);
  const head = placeHead(scene, marks);
  const top = MARGIN + head.height + GAP;
  const right = placeRightSide(scene, marks, top);
  const life = placeLifecycle(scene, marks, MARGIN + PADDING, top + HEAD, LIFECYCLE_WIDTH - 2 * PADDING);
  const bottom = Math.max(right.bottom, top + HEAD + life.height + PADDING);
  const findings = placeFindings(listsFindings ? scene.findings : [], MARGIN, bottom + GAP, WIDTH - 2 * MARGIN);
  const beside: Box = { x: MARGIN, y: top, width: LIFECYCLE_WIDTH, height: bottom - top };
  return {
    width: WIDTH,
    height: Math.ceil(bottom + (findings.height > 0 ? GAP + findings.height : 0) + MARGIN),
    items: [...head.items, toPanel('LifeCycle', '', beside, life.items), ...right.draw(bottom), ...findings.items],
  };
}

/** The network and, below it, the storage, which goes down as far as the lifecycle does. */
function placeRightSide(scene: PodScene, marks: Marks, top: number) {
  const x = MARGIN + LIFECYCLE_WIDTH + GAP;
  const width = WIDTH - MARGIN - x;
  const inner = width - 2 * PADDING;
  const network = placeNetwork(scene, marks, x + PADDING, top + HEAD, inner);
  const height = HEAD + network.height + PADDING;
  const y = top + height + GAP;
  const storage = placeStorage(scene, marks, x + PADDING, y + HEAD, inner);
  const note = scene.volumes.length === 0 ? 'no volumes' : '';
  return {
    bottom: y + HEAD + (note === '' ? storage.height + PADDING : 4),
    draw: (bottom: number): Item[] => [
      toPanel('Network', describeDots(scene), { x, y: top, width, height }, network.items),
      toPanel('Storage', note, { x, y, width, height: bottom - y }, storage.items),
    ],
  };
}

function describeDots({ containers }: PodScene): string {
  return containers.some(({ listeners }) => listeners.length > 0)
    ? 'one address and one localhost for all containers; ● open to others, ○ not'
    : 'no container is known to open a port';
}

function toPanel(title: string, note: string, box: Box, items: readonly Item[]): Item {
  const segments: Segment[] = [
    { text: title, style: HEADING, tone: 'text' },
    { text: note, style: SMALL, tone: 'dim', isFlexible: true },
  ];
  const row = placeRow({ name: 'head', segments }, box.x + PADDING, box.y + 6, box.width - 2 * PADDING);
  const panel: Item = { type: 'rect', ...box, radius: 10, look: 'panel' };
  return { type: 'group', name: `panel panel-${title.toLowerCase()}`, items: [panel, ...row.items, ...items] };
}

/** Kind and name, and the facts about the pod as a whole. */
function placeHead(scene: PodScene, marks: Marks): Block {
  const width = WIDTH - 2 * MARGIN;
  const findings = marks.list(scene);
  const rows = splitMarks(
    { name: 'title', segments: [{ text: scene.object, style: TITLE, tone: 'text', isFlexible: true }], findings },
    8,
    30,
  );
  const titles = rows.flatMap((row, index) => placeRow(row, MARGIN, MARGIN + index * ROW_HEIGHT, width).items);
  const top = MARGIN + (rows.length - 1) * ROW_HEIGHT;
  const facts = scene.facts.map(({ text }) => text).join(' · ');
  const lines = facts === '' ? [] : wrapText(facts, width, SMALL, 2);
  const texts = lines.map((text, index): Item => {
    return { type: 'text', x: MARGIN, y: top + 38 + index * 16, text, style: SMALL, tone: 'dim', full: facts };
  });
  return {
    items: [{ type: 'group', name: 'pod', element: scene, title: scene.object, items: [...titles, ...texts] }],
    height: top - MARGIN + 24 + lines.length * 17,
  };
}
