import type { PodScene } from '../scene/pod-scene';
import { readGraceBudget } from '../words';
import type { Block, Item } from './item';
import { SMALL, wrapText } from './measure';

const HEIGHT = 10;
const LINE_HEIGHT = 16;

/** The grace period as a bar, with as much of it as the manifest shows to be spoken for. */
export function placeGraceBar(scene: PodScene, x: number, y: number, width: number): Block {
  const { parts, text, total } = readGraceBudget(scene);
  if (parts.length === 0) {
    return { items: [], height: 0 };
  }
  const scale = width / Math.max(total, scene.stop.graceSeconds, 1);
  let left = x;
  const bars = parts.map(({ seconds, tone }): Item => {
    const bar = { x: left, y, width: Math.max(seconds * scale - 1, 1), height: HEIGHT };
    left += seconds * scale;
    return { type: 'rect', ...bar, radius: 2, look: `bar bar-${tone}` };
  });
  const lines = wrapText(text, width, SMALL, 3).map((line, index): Item => {
    return { type: 'text', x, y: y + HEIGHT + 16 + index * LINE_HEIGHT, text: line, style: SMALL, tone: 'dim' };
  });
  const whole: Item = {
    type: 'rect',
    x,
    y,
    width: Math.max(scene.stop.graceSeconds * scale, 1),
    height: HEIGHT,
    radius: 2,
    look: 'bar bar-whole',
  };
  return { items: [whole, ...bars, ...lines], height: HEIGHT + 8 + lines.length * LINE_HEIGHT };
}
