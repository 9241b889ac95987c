import { escapeControls } from '../../rules/command/formats/text';
import { type DiffReport, Effect, type ObjectReport } from '../report';
import { formatFound, formatHeadline, formatReportPlace, formatTitle, LABELS, listHints } from './words';

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 } as const;
type Paint = (style: keyof typeof STYLES, text: string) => string;

const EFFECT_STYLES: Readonly<Partial<Record<Effect, keyof typeof STYLES>>> = {
  [Effect.REPLACE]: 'red',
  [Effect.DOWN]: 'red',
  [Effect.DELETE]: 'red',
  [Effect.ROLL]: 'yellow',
  [Effect.RESTART]: 'yellow',
  [Effect.RESIZE]: 'yellow',
  [Effect.REROUTE]: 'yellow',
  [Effect.CREATE]: 'green',
};

const WIDTH = Math.max(...Object.values(LABELS).map((label) => label.length));
const INDENT = ' '.repeat(WIDTH + 2);

/** For people: what I need to know in the first line, then object by object in the order in which it happens. */
export function* formatDiffText(report: DiffReport, hasColour: boolean): Generator<string> {
  const paint: Paint = (style, text) => (hasColour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
  yield `${paint('bold', escapeControls(formatHeadline(report)))}\n`;
  for (const object of report.objects) {
    yield `\n${formatBlock(object, paint)}`;
  }
  const { begun, ceased } = report;
  if (begun.length + ceased.length > 0) {
    yield `\nfindings of the rules\n`;
    yield begun.map((found) => `  ${paint('red', '+')} ${escapeControls(formatFound(found))}\n`).join('');
    yield ceased.map((found) => `  ${paint('green', '-')} ${escapeControls(formatFound(found))}\n`).join('');
  }
  yield formatRest(report, paint);
}

function formatRest(report: DiffReport, paint: Paint): string {
  const passed = report.passedOver.map(({ place, reason }) => {
    const where = [place.file, place.line].filter((part) => part !== undefined).join(':');
    return `  ${escapeControls(`${where}: ${reason}`)}\n`;
  });
  const hints = listHints(report).map((hint) => `\n${hint}\n`);
  return paint('dim', [passed.length > 0 ? '\npassed over\n' : '', ...passed, ...hints].join(''));
}

function formatBlock(object: ObjectReport, paint: Paint): string {
  const { effect, namespace, summary, reasons, notes } = object;
  const label = LABELS[effect].padEnd(WIDTH);
  const title = escapeControls(`${formatTitle(object)}${namespace === undefined ? '' : ` in ${namespace}`}`);
  const place = formatReportPlace(object);
  const style = EFFECT_STYLES[effect];
  const head = `${style ? paint(style, label) : label}  ${paint('bold', title)}${place === '' ? '' : paint('dim', `  ${escapeControls(place)}`)}`;
  return `${[head, `${INDENT}${escapeControls(summary)}`, ...formatList('why', reasons), ...formatList('and', notes)].join('\n')}\n`;
}

function formatList(word: string, sentences: readonly string[]): string[] {
  return sentences.map(
    (sentence, index) => `${INDENT}${index === 0 ? word : ' '.repeat(word.length)}  ${escapeControls(sentence)}`,
  );
}
