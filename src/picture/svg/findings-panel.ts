import type { FindingScene } from '../scene/pod-scene';
import type { Block, Item, TextItem, Tone } from './item';
import { measureText, NAME, SMALL, shortenMiddle, wrapText } from './measure';

const PADDING = 12;
const LINE_HEIGHT = 17;
const HEAD = 34;
const INDENT = 34;
const GAP = 8;
const MAX_LINES = 3;
const LEAST_ROOM = 60;

/** The findings by their numbers: how bad, which rule, what is wrong and what to do. */
export function placeFindings(findings: readonly FindingScene[], x: number, y: number, width: number): Block {
  if (findings.length === 0) {
    return { items: [], height: 0 };
  }
  let top = y + HEAD;
  const entries: Item[] = [];
  for (const finding of findings) {
    const entry = placeFinding(finding, x + PADDING, top, width - 2 * PADDING);
    entries.push(...entry.items);
    top += entry.height + GAP;
  }
  const height = top - GAP + PADDING - y;
  const panel: Item = { type: 'rect', x, y, width, height, radius: 10, look: 'panel' };
  const title: Item = { type: 'text', x: x + PADDING, y: y + 21, text: 'Findings', style: NAME, tone: 'text' };
  return { items: [{ type: 'group', name: 'panel panel-findings', items: [panel, title, ...entries] }], height };
}

function placeFinding(finding: FindingScene, x: number, y: number, width: number): Block {
  const { message, fix, number, severity, rule, object, path } = finding;
  const inner = width - INDENT;
  const texts = [...wrapWhole(message, inner, 'text'), ...wrapWhole(`fix: ${fix}`, inner, 'dim')].map(
    (text, index): Item => ({ ...text, x: x + INDENT, y: y + 14 + (index + 1) * LINE_HEIGHT }),
  );
  const mark: Item = { type: 'mark', x: x + 13, y: y + 10, finding };
  const entry: Item = {
    type: 'group',
    name: 'finding',
    element: { object, path },
    title: `${number}. ${severity}, ${rule}: ${message}; ${fix}`,
    items: [mark, ...listTitleItems(finding, x + INDENT, y + 14, inner), ...texts],
  };
  return { items: [entry], height: 16 + texts.length * LINE_HEIGHT };
}

/** The severity and the rule, and the field where there is room. */
function listTitleItems({ severity, rule, object, path }: FindingScene, x: number, y: number, width: number): Item[] {
  const head = shortenMiddle(`${severity}: ${rule}`, width, NAME);
  const left = measureText(head, NAME) + 10;
  const place = width - left > LEAST_ROOM ? shortenMiddle(path || object, width - left, SMALL) : '';
  return [
    { type: 'text', x, y, text: head, style: NAME, tone: severity },
    { type: 'text', x: x + left, y, text: place, style: SMALL, tone: 'dim' },
  ];
}

/** The lines of a text, of which the last knows the whole where it was shortened. */
function wrapWhole(text: string, width: number, tone: Tone): Omit<TextItem, 'x' | 'y'>[] {
  const lines = wrapText(text, width, SMALL, MAX_LINES);
  return lines.map((line, index) => {
    const full = index === lines.length - 1 && line.includes('…') ? text : undefined;
    return { type: 'text', text: line, style: SMALL, tone, full };
  });
}
