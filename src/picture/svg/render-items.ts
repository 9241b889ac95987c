import type { DotItem, GroupItem, Item, LineItem, MarkItem, RectItem, TextItem } from './item';
import { escapeXml, formatNumber, renderElement } from './xml';

/** Items as elements of SVG. */
export function renderItems(items: readonly Item[]): string {
  return items.map(renderItem).join('\n');
}

function renderItem(item: Item): string {
  switch (item.type) {
    case 'text':
      return renderText(item);
    case 'rect':
      return renderRect(item);
    case 'line':
      return renderLine(item);
    case 'dot':
      return renderDot(item);
    case 'mark':
      return renderMark(item);
    case 'group':
      return renderGroup(item);
  }
}

function renderGroup({ name, element, title, items }: GroupItem): string {
  const attributes = { class: name, 'data-object': element?.object, 'data-path': element?.path };
  const label = title === undefined ? '' : `${renderElement('title', {}, escapeXml(title))}\n`;
  return renderElement('g', attributes, `${label}${renderItems(items)}`);
}

/** A whole text that was shortened is what a pointer shows. */
function renderText({ x, y, text, style, tone, full }: TextItem): string {
  const whole = full === undefined || full === text ? '' : renderElement('title', {}, escapeXml(full));
  return text === ''
    ? ''
    : renderElement('text', { class: `${style.name} t-${tone}`, x, y }, `${escapeXml(text)}${whole}`);
}

function renderRect({ x, y, width, height, radius, look }: RectItem): string {
  return renderElement('rect', { class: look, x, y, width, height, rx: radius });
}

function renderDot({ x, y, radius, tone, isHollow }: DotItem): string {
  return renderElement('circle', { class: isHollow ? `hollow l-${tone}` : `t-${tone}`, cx: x, cy: y, r: radius });
}

function renderLine({ points, tone, isDashed, hasArrow }: LineItem): string {
  const path = points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${formatNumber(x)} ${formatNumber(y)}`)
    .join('');
  const line = renderElement('path', { class: `line l-${tone}${isDashed ? ' dashed' : ''}`, d: path });
  return hasArrow ? `${line}\n${renderArrowHead(points, tone)}` : line;
}

const ARROW_LENGTH = 7;
const ARROW_WIDTH = 3.5;

/** The head of an arrow, which ends a little beyond its last point. */
function renderArrowHead(points: LineItem['points'], tone: string): string {
  const [[fromX, fromY], [x, y]] = points.slice(-2) as [readonly [number, number], readonly [number, number]];
  const [stepX, stepY] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const tip = [x + stepX * 4, y + stepY * 4] as const;
  const back = [tip[0] - stepX * ARROW_LENGTH, tip[1] - stepY * ARROW_LENGTH] as const;
  const corners = [
    tip,
    [back[0] + stepY * ARROW_WIDTH, back[1] + stepX * ARROW_WIDTH],
    [back[0] - stepY * ARROW_WIDTH, back[1] - stepX * ARROW_WIDTH],
  ];
  const list = corners.map(([left, top]) => `${formatNumber(left!)},${formatNumber(top!)}`).join(' ');
  return renderElement('polygon', { class: tone === 'neutral' ? 'arrow-neutral' : `t-${tone}`, points: list });
}

/** The outline of a mark around its middle: an octagon for an error, a triangle for a warning, a circle for what is worth knowing. */
function renderMark({ x, y, finding }: MarkItem): string {
  const { number, severity, rule } = finding;
  const text = String(number);
  const label = renderElement('title', {}, escapeXml(`finding ${number}, ${severity}: ${rule}`));
  const shift = text.length * 3.4;
  const sign = renderElement('text', { class: 'digit', x: x - shift, y: y + (severity === 'warning' ? 7 : 4.3) }, text);
  return renderElement(
    'g',
    { class: 'mark', 'data-finding': number, 'data-rule': rule },
    `${label}${renderOutline(severity, x, y)}${sign}`,
  );
}

function renderOutline(severity: MarkItem['finding']['severity'], x: number, y: number): string {
  if (severity === 'info') {
    return renderElement('circle', { class: 'mark-info', cx: x, cy: y, r: 9.5 });
  }
  const corners =
    severity === 'warning'
      ? [
          [0, -10.5],
          [12.5, 10],
          [-12.5, 10],
        ]
      : [
          [-4, -10],
          [4, -10],
          [10, -4],
          [10, 4],
          [4, 10],
          [-4, 10],
          [-10, 4],
          [-10, -4],
        ];
  const points = corners.map(([dx, dy]) => `${formatNumber(x + dx!)},${formatNumber(y + dy!)}`).join(' ');
  return renderElement('polygon', { class: `mark-${severity}`, points });
}
