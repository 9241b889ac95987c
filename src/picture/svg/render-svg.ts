import { describeScene } from '../describe-scene';
import type { PodScene } from '../scene/pod-scene';
import { placeScene } from './drawing';
import { renderItems } from './render-items';
import { renderStyleSheet } from './style-sheet';
import { escapeXml, renderElement } from './xml';

/** Ways to draw. */
export interface SvgOptions {
  /** Begins the ids within the drawing, so that several can stand in one page. */
  readonly idPrefix?: string;
  /** Whether the findings are listed below the pod; their marks are there anyway. */
  readonly listsFindings?: boolean;
}

/**
 * The picture of a pod as SVG: one text without scripts or anything from elsewhere, light or dark as the reader prefers. Each
 * part says in `data-object` and `data-path` which field is behind it, each mark in `data-finding` which finding it is.
 */
export function renderSvg(scene: PodScene, { idPrefix = 'pod', listsFindings = true }: SvgOptions = {}): string {
  const { width, height, items } = placeScene(scene, listsFindings);
  const [title, description] = [`${idPrefix}-title`, `${idPrefix}-description`];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'pod-picture',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': `${title} ${description}`,
  };
  const content = [
    '',
    renderElement('title', { id: title }, escapeXml(`${scene.object}: its network, storage and lifecycle`)),
    renderElement('desc', { id: description }, escapeXml(describeScene(scene))),
    renderElement('style', {}, renderStyleSheet()),
    renderElement('rect', { class: 'page', width, height, rx: 12 }),
    renderItems(items),
    '',
  ].join('\n');
  return `${renderElement('svg', attributes, content)}\n`;
}
