import type { Marks } from '../marks';
import type { PodScene, VolumeScene, VolumeUseScene } from '../scene/pod-scene';
import { findContainer } from '../words';
import { type Card, measureCard, placeCard, splitRows } from './card';
import type { Block, Item } from './item';
import { NAME } from './measure';
import { type Row, toMono, toSmall } from './row';
import { findTone } from './tones';

const GAP = 12;
const COLUMNS = 2;

/** The volumes of a pod, each with those that write and read it. */
export function placeStorage(scene: PodScene, marks: Marks, x: number, y: number, width: number): Block {
  const own = (width - GAP * (COLUMNS - 1)) / COLUMNS;
  const ends = Array.from({ length: COLUMNS }, () => y);
  const items = scene.volumes.map((volume): Item => {
    const card = createVolumeCard(volume, scene, marks);
    const column = ends.indexOf(Math.min(...ends));
    const box = { x: x + column * (own + GAP), y: ends[column]!, width: own, height: measureCard(card) };
    ends[column] = box.y + box.height + GAP;
    return placeCard(card, box);
  });
  return { items, height: Math.max(...ends) - GAP - y };
}

function createVolumeCard(volume: VolumeScene, scene: PodScene, marks: Marks): Card {
  const { name, source, limit = '', uses } = volume;
  const head: Row = {
    name: 'head',
    segments: [
      { text: name, style: NAME, tone: 'text', isFlexible: true },
      toSmall(limit, 'text', { isRight: true, isFlexible: false }),
    ],
    findings: marks.list(volume),
  };
  const unused: Row = { name: 'use', segments: [toSmall('mounted by none')] };
  const rows = uses.map((use) => createUseRow(use, volume, scene, marks));
  return {
    name: 'volume',
    look: 'volume',
    element: volume,
    title: `volume ${name}: ${source}${limit && `, ${limit}`}`,
    rows: splitRows([head, { name: 'source', segments: [toSmall(source)] }, ...(rows.length > 0 ? rows : [unused])]),
  };
}

function createUseRow(use: VolumeUseScene, { name: volume }: VolumeScene, scene: PodScene, marks: Marks): Row {
  const container = findContainer(scene, use.container)!;
  const part = use.subPath === undefined ? '' : `, of it ${use.subPath}`;
  return {
    name: 'use',
    element: use,
    title: `${container.name} ${use.access} ${volume} at ${use.mountPath}${part}`,
    dot: { tone: findTone(container), isHollow: use.access === 'reads' },
    segments: [
      toSmall(use.access, 'dim', { isFlexible: false }),
      toSmall(container.name, findTone(container)),
      toMono(use.mountPath, 'text', { full: `${use.mountPath}${part}` }),
    ],
    findings: marks.list(use),
  };
}
