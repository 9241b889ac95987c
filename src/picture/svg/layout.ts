import { Marks } from '../marks';
import type { PodScene } from '../scene/pod-scene';
import { layoutFindings } from './findings-panel';
import type { Block, Item } from './item';
import { layoutLifecycle } from './lifecycle-panel';
import { HEADING, SMALL, TITLE, wrapText } from './measure';
import { layoutNetwork } from './network-panel';
import { placeRow, ROW_HEIGHT, splitMarks } from './row';
import { layoutStorage } from './storage-panel';

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

/** The drawing of a pod: LifeCycle beside, Network across, Storage below, and what rules found at the end. */
export function layoutScene(scene: PodScene, listsFindings: boolean): Drawing {
  const marks = new Marks(scene);
  const head = layoutHead(scene, marks);
  const top = MARGIN + head.height + GAP;
  const right = MARGIN + LIFECYCLE_WIDTH + GAP;
  const rightWidth = WIDTH - MARGIN - right;
  const network = layoutNetwork(scene, marks, right + PADDING, top + HEAD, rightWidth - 2 * PADDING);
  const networkHeight = HEAD + network.height + PADDING;
  const storageTop = top + networkHeight + GAP;
  const storage = layoutStorage(scene, marks, right + PADDING, storageTop + HEAD, rightWidth - 2 * PADDING);
  const storageHeight = scene.volumes.length === 0 ? HEAD + 4 : HEAD + storage.height + PADDING;
  const life = layoutLifecycle(scene, marks, MARGIN + PADDING, top + HEAD, LIFECYCLE_WIDTH - 2 * PADDING);
  const bodyHeight = Math.max(networkHeight + GAP + storageHeight, HEAD + life.height + PADDING);
  const findings = layoutFindings(
    listsFindings ? scene.findings : [],
    MARGIN,
    top + bodyHeight + GAP,
    WIDTH - 2 * MARGIN,
  );
  return {
    width: WIDTH,
    height: Math.ceil(top + bodyHeight + (findings.height > 0 ? GAP + findings.height : 0) + MARGIN),
    items: [
      ...head.items,
      toPanel('LifeCycle', '', MARGIN, top, LIFECYCLE_WIDTH, bodyHeight, life.items),
      toPanel('Network', describeDots(scene), right, top, rightWidth, networkHeight, network.items),
      toPanel(
        'Storage',
        scene.volumes.length === 0 ? 'no volumes' : '',
        right,
        storageTop,
        rightWidth,
        top + bodyHeight - storageTop,
        storage.items,
      ),
      ...findings.items,
    ],
  };
}

function describeDots({ containers }: PodScene): string {
  return containers.some(({ listeners }) => listeners.length > 0)
    ? 'one address and one localhost for all containers; ● open to others, ○ not'
    : 'no container is known to open a port';
}

function toPanel(
  title: string,
  note: string,
  x: number,
  y: number,
  width: number,
  height: number,
  items: readonly Item[],
): Item {
  const row = placeRow(
    {
      name: 'head',
      segments: [
        { text: title, style: HEADING, tone: 'text' },
        { text: note, style: SMALL, tone: 'dim', isFlexible: true },
      ],
    },
    x + PADDING,
    y + 6,
    width - 2 * PADDING,
  );
  const box: Item = { type: 'rect', x, y, width, height, radius: 10, look: 'panel' };
  return { type: 'group', name: `panel panel-${title.toLowerCase()}`, items: [box, ...row.items, ...items] };
}

/** Kind and name, and the facts about the pod as a whole. */
function layoutHead(scene: PodScene, marks: Marks): Block {
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
