import type { FindingScene } from '../scene/pod-scene';
import type { Block, Item, TextItem, Tone } from './item';
import { measureText, NAME, SMALL, shortenMiddle, wrapText } from './measure';

const PADDING = 12;
const LINE_HEIGHT = 17;
const HEAD = 34;
const INDENT = 34;
const GAP = 8;
const MAX_LINES = 3;

/** The findings by their numbers: how bad, which rule, what is wrong and what to do. */
export function layoutFindings(findings: readonly FindingScene[], x: number, y: number, width: number): Block {
  if (findings.length === 0) {
    return { items: [], height: 0 };
  }
  let top = y + HEAD;
  const entries: Item[] = [];
  for (const finding of findings) {
    const entry = layoutFinding(finding, x + PADDING, top, width - 2 * PADDING);
    entries.push(...entry.items);
    top += entry.height + GAP;
  }
  const height = top - GAP + PADDING - y;
  return {
    items: [
      { type: 'rect', x, y, width, height, radius: 10, look: 'panel' },
      { type: 'text', x: x + PADDING, y: y + 21, text: 'Findings', style: NAME, tone: 'text' },
      ...entries,
    ],
    height,
  };
}

function layoutFinding(finding: FindingScene, x: number, y: number, width: number): Block {
  const { severity, rule, message, fix, number, object, path } = finding;
  const inner = width - INDENT;
  const head = shortenMiddle(`${severity}: ${rule}`, inner, NAME);
  const room = inner - measureText(head, NAME) - 10;
  const place = room > 60 ? shortenMiddle(path || object, room, SMALL) : '';
  const texts = [...wrapWhole(message, inner, 'text'), ...wrapWhole(`fix: ${fix}`, inner, 'dim')].map(
    (text, index): Item => ({ ...text, x: x + INDENT, y: y + 14 + (index + 1) * LINE_HEIGHT }),
  );
  return {
    items: [
      {
        type: 'group',
        name: 'finding',
        element: { object, path },
        title: `${number}. ${severity}, ${rule}: ${message}; ${fix}`,
        items: [
          { type: 'mark', x: x + 13, y: y + 10, finding },
          { type: 'text', x: x + INDENT, y: y + 14, text: head, style: NAME, tone: severity },
          {
            type: 'text',
            x: x + INDENT + measureText(head, NAME) + 10,
            y: y + 14,
            text: place,
            style: SMALL,
            tone: 'dim',
          },
          ...texts,
        ],
      },
    ],
    height: 16 + texts.length * LINE_HEIGHT,
  };
}

/** The lines of a text, of which the last knows the whole where it was shortened. */
function wrapWhole(text: string, width: number, tone: Tone): Omit<TextItem, 'x' | 'y'>[] {
  const lines = wrapText(text, width, SMALL, MAX_LINES);
  return lines.map((line, index) => {
    const full = index === lines.length - 1 && line.includes('…') ? text : undefined;
    return { type: 'text', text: line, style: SMALL, tone, full };
  });
}
